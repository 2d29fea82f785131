import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { root, type Mutant } from './tree.mts';

export type Fate = 'killed' | 'survived' | 'unreached' | 'untried';

export interface Result {
	readonly file: string;
	/** Line and column from 1, as editors count. */
	readonly place: string;
	readonly mutator: string;
	readonly original: string;
	readonly replacement: string;
	fate: Fate;
	killedBy?: string;
}

const store = join(root, '.reports', 'mutation', 'results.json');
const page = join(root, 'docs', 'mutation.md');

/** The same for the same mutant as long as its file does not change. */
export function keyOf({ file, place, mutator, replacement }: Result): string {
	return [file, place, mutator, replacement].join('\n');
}

export function resultOf(mutant: Mutant): Result {
	const { start, end } = mutant.location;
	const lines = readFileSync(join(root, mutant.fileName), 'utf8').split('\n');
	const text = lines.slice(start.line, end.line + 1);
	text[text.length - 1] = text.at(-1)?.slice(0, end.column) ?? '';
	text[0] = text[0]?.slice(start.column) ?? '';
	return {
		file: mutant.fileName,
		place: `${start.line + 1}:${start.column + 1}`,
		mutator: mutant.mutatorName,
		original: text.join(' ').replace(/\s+/g, ' '),
		replacement: mutant.replacement.replace(/\s+/g, ' '),
		fate: 'untried',
	};
}

/** Results of earlier runs, by the source file. */
export function stored(): Record<string, Result[]> {
	if (!existsSync(store)) return {};
	return JSON.parse(readFileSync(store, 'utf8')) as Record<string, Result[]>;
}

export function save(results: Record<string, Result[]>): void {
	mkdirSync(dirname(store), { recursive: true });
	writeFileSync(store, JSON.stringify(results, null, '\t'));
}

function counts(results: readonly Result[]) {
	const of = (fate: Fate) => results.filter((result) => result.fate === fate).length;
	const tried = results.length - of('untried');
	return { all: results.length, tried, killed: of('killed'), unreached: of('unreached') };
}

/** Percentage of the mutants tried that a test noticed. */
export function score(results: readonly Result[]): number {
	const { tried, killed } = counts(results);
	return tried === 0 ? 100 : (100 * killed) / tried;
}

/** Rows of the table: the whole first, then every file. */
export function rows(results: Record<string, Result[]>): string[][] {
	const row = (name: string, list: readonly Result[]) => {
		const { all, tried, killed, unreached } = counts(list);
		const figures = [all, tried, killed, tried - killed - unreached, unreached];
		return [name, ...figures.map(String), tried === 0 ? '' : `${score(list).toFixed(1)} %`];
	};
	return [
		row('all', Object.values(results).flat()),
		...Object.entries(results)
			.sort(([one], [other]) => one.localeCompare(other))
			.map(([file, list]) => row(file, list)),
	];
}

export const HEADINGS = ['file', 'mutants', 'tried', 'noticed', 'survived', 'not reached', 'score'];

/** Puts the table into the page, whose other text is written by people. */
export async function writePage(results: Record<string, Result[]>, budgetS: string): Promise<void> {
	const day = new Date().toISOString().slice(0, 10);
	const table = [
		`Run on ${day}, with a budget of ${budgetS} seconds for each mutant.`,
		'',
		`| ${HEADINGS.join(' | ')} |`,
		'| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
		...rows(results).map((cells) => `| ${cells.join(' | ')} |`),
	].join('\n');
	const before = readFileSync(page, 'utf8');
	const filled = before.replace(
		/(<!-- generated:mutation -->\n)[\s\S]*?(<!-- \/generated -->)/,
		(_all, open: string, close: string) => `${open}\n${table}\n\n${close}`,
	);
	writeFileSync(page, await format(filled, { ...(await resolveConfig(page)), filepath: page }));
}
