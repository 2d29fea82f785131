import type { Budget, Measure, Row } from './measure.mts';

export interface JudgedRow extends Row {
	/** The budget in words; absent where there is none. */
	says?: string;
	holds?: boolean;
}

/** A measure with its figures. */
export interface Result extends Pick<Measure, 'name' | 'title' | 'method' | 'exact'> {
	rows: JudgedRow[];
}

/**
 * Compares a row with its budget.
 *
 * @throws Error where the row names a budget that does not exist
 */
export function judge(row: Row, budgets: Readonly<Record<string, Budget>>): JudgedRow {
	if (row.budget === undefined) return row;
	const budget = budgets[row.budget];
	if (budget === undefined) throw new Error(`There is no budget ${row.budget}`);
	const { most = Infinity, least = -Infinity, says } = budget;
	return { ...row, says, holds: row.figure <= most && row.figure >= least };
}

const DIGITS = 3;

/** Three digits that count: "0.0123", "4.56", "1,234". */
export function shown(value: number): string {
	if (!Number.isFinite(value)) return '?';
	if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
	return String(Number(value.toPrecision(DIGITS)));
}

export function cells(row: JudgedRow): string[] {
	const { subject, ours, theirs, unit, figure, says = '', holds } = row;
	return [
		subject,
		`${shown(ours)} ${unit}`,
		theirs === undefined ? '' : `${shown(theirs)} ${unit}`,
		theirs === undefined ? '' : shown(figure),
		says,
		holds === undefined ? '' : holds ? 'yes' : 'NO',
	];
}

export const HEADINGS = ['measure', 'gongdan', 'the other side', 'ratio', 'budget', 'holds'];

/** The results as text, in columns. */
export function table(results: readonly Result[]): string {
	const lines = results.flatMap(({ title, rows }) => [
		[title.toUpperCase(), '', '', '', '', ''],
		...rows.map(cells),
	]);
	const all = [HEADINGS, ...lines];
	const widths = HEADINGS.map((_heading, at) =>
		Math.max(...all.map((line) => (line[at] ?? '').length)),
	);
	return all
		.map((line) =>
			line
				.map((cell, at) => cell.padEnd(widths[at] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
