import type { Budget, Measure, Row } from './measure.mts';

export interface JudgedRow extends Row {
	/** The budget in words; absent where there is none. */
	says?: string;
	holds?: boolean;
	/** Why the budget does not hold. */
	why?: string;
	/** Broken so that the check fails. */
	broken: boolean;
}

/** A measure with its figures. */
export interface Result extends Pick<Measure, 'name' | 'title' | 'method'> {
	/** Day of the measurement: "2026-11-22". */
	date: string;
	rows: JudgedRow[];
}

/** What bench/results.json holds. */
export interface Results {
	/** Versions. */
	n8n: string;
	node: string;
	/** Of the machine. */
	cores: number;
	results: Result[];
}

export type Budgets = Readonly<Record<string, Budget>>;

/**
 * Compares a row with its budget.
 *
 * @param exact whether the rows of its measure are checked, where the row itself does not say
 * @throws Error where the row names a budget that does not exist
 */
export function judge(row: Row, exact: boolean, budgets: Budgets): JudgedRow {
	if (row.budget === undefined) return { ...row, broken: false };
	const budget = budgets[row.budget];
	if (budget === undefined) throw new Error(`There is no budget ${row.budget}`);
	const { most = Infinity, least = -Infinity, says, why, kept = most } = budget;
	const holds = row.figure <= most && row.figure >= least;
	const within = holds || (row.figure <= kept && row.figure >= least);
	return {
		...row,
		says,
		holds,
		...(holds || why === undefined ? {} : { why }),
		broken: !within && !(row.timed ?? !exact),
	};
}

const DIGITS = 3;

/** Three digits that count: "0.0123", "4.56", "1,234". */
export function shown(value: number): string {
	if (!Number.isFinite(value)) return '–';
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
