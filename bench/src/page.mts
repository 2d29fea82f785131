import { readFileSync } from 'node:fs';

import { HEADINGS, cells, type JudgedRow, type Result, type Results } from './report.mts';

const line = (given: readonly string[]) =>
	`| ${given.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

function notes(rows: readonly JudgedRow[]): string[] {
	const told = rows.flatMap(({ subject, remark, holds, why }) => [
		...(remark === undefined ? [] : [`- ${subject}: ${remark}.`]),
		...(holds === false && why !== undefined
			? [`- ${subject}, the budget does not hold: ${why}.`]
			: []),
	]);
	return told.length === 0 ? [] : ['', ...told];
}

function chapter({ title, method, date, rows }: Result): string[] {
	return [
		`## ${title}`,
		'',
		`${method} Measured on ${date}.`,
		'',
		line(HEADINGS),
		line(HEADINGS.map(() => '---')),
		...rows.map((row) => line(cells(row))),
		...notes(rows),
		'',
	];
}

/** The measured part of docs/performance.md. */
export function page({ n8n, node, cores, results }: Results): string[] {
	const broken = results.flatMap(({ title, rows }) =>
		rows.filter(({ holds }) => holds === false).map(({ subject }) => `${title}: ${subject}`),
	);
	return [
		`n8n ${n8n}, Node ${node}, ${cores} cores.`,
		'',
		broken.length === 0
			? 'Every budget holds.'
			: `Every budget holds but these; the reason stands below its table:\n\n${broken.map((text) => `- ${text}`).join('\n')}`,
		'',
		...results.flatMap(chapter),
	];
}

/** Figures that are kept. */
export const KEPT = 'bench/results.json';

/** The same of the figures that are kept. */
export const performanceTable = () => page(JSON.parse(readFileSync(KEPT, 'utf8')) as Results);
