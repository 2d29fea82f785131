import { table } from '../../playground/src/table.mts';
import type { StormKind, Vendor } from '../../sandbox/index.mts';
import { VIOLATIONS, type End, type Judgement, type Violation } from './judge.mts';
import type { FinishedRun } from './runs.mts';

/** What came of the operations of one vendor. */
export interface VendorOutcome {
	readonly vendor: Vendor;
	readonly runs: readonly FinishedRun[];
	readonly judgements: readonly Judgement[];
	/** Requests that arrived. */
	readonly calls: number;
	readonly repeated: number;
	/** Refused because their session had ended. */
	readonly refusedForSession: number;
	readonly struck: ReadonlyMap<StormKind, number>;
}

const NAMES: Readonly<Record<Vendor, string>> = {
	kingdee: 'Kingdee',
	kingsoftCloud: 'Kingsoft Cloud',
	sevenMoor: '7moor',
	weiban: 'Weiban',
};

const KINDS: Readonly<Record<StormKind, string>> = {
	unavailable: 'HTTP 500, 502, 503',
	trouble: "the vendor's own code for trouble",
	lateError: 'HTTP 504 after the vendor acted',
	resetBefore: 'connection reset before it acted',
	resetAfter: 'connection reset after it acted',
	cutOff: 'connection reset within the answer',
	hang: 'time-out, it did not act',
	hangAfter: 'time-out after it acted',
	limit: 'refusal for a limit',
	sessionOver: 'session ended',
	brokenJson: 'half of the JSON',
	empty: 'empty answer',
	slowBody: 'slow body',
};

const ENDS: Readonly<Record<End, string>> = {
	read: 'Reads with their result',
	written: 'Writes with their result, each done once',
	ambiguousDone: 'Writes that "may have taken effect", and had',
	ambiguousNotDone: 'Writes that "may have taken effect", and had not',
	certainlyNotDone: 'Writes told as not done',
	ranOut: 'Writes that were not done until Max Retry Time was over',
};

type Count = (outcome: VendorOutcome) => number;

const itemsOf = (runs: readonly FinishedRun[]) =>
	runs.reduce((sum, { items }) => sum + items.length, 0);
const readsOf = ({ runs }: VendorOutcome) =>
	itemsOf(runs.filter(({ plan }) => plan.writes === undefined));

const countOf =
	(end: End): Count =>
	({ judgements }) =>
		judgements.filter((judgement) => judgement.end === end).length;
const violationsOf =
	(kind: Violation): Count =>
	({ judgements }) =>
		judgements.flatMap(({ violations }) => violations).filter((found) => found.kind === kind)
			.length;

function lines(): [string, Count][] {
	return [
		['Operations', ({ runs }) => itemsOf(runs)],
		['  reads', readsOf],
		['  writes', (outcome) => itemsOf(outcome.runs) - readsOf(outcome)],
		['  kinds of them', ({ runs }) => new Set(runs.map(({ plan }) => plan.name)).size],
		['Executions', ({ runs }) => runs.length],
		['Calls that arrived', ({ calls }) => calls],
		['  repeated for the same item', ({ repeated }) => repeated],
		['  refused because the session had ended', (outcome) => outcome.refusedForSession],
		['  struck', ({ struck }) => [...struck.values()].reduce((sum, count) => sum + count, 0)],
		...Object.entries(KINDS).map(([kind, name]): [string, Count] => [
			`    ${name}`,
			({ struck }) => struck.get(kind as StormKind) ?? 0,
		]),
		...Object.entries(ENDS).map(([end, name]): [string, Count] => [name, countOf(end as End)]),
		...Object.entries(VIOLATIONS).map(([kind, name]): [string, Count] => [
			name,
			violationsOf(kind as Violation),
		]),
	];
}

function outcomeRows(outcomes: readonly VendorOutcome[]): string[][] {
	return lines().map(([name, count]) => {
		const numbers = outcomes.map(count);
		const all = numbers.reduce((sum, number) => sum + number, 0);
		return [name, ...numbers.map(String), String(all)];
	});
}

function headingsFor(outcomes: readonly VendorOutcome[]): string[] {
	return ['What', ...outcomes.map(({ vendor }) => NAMES[vendor]), 'All'];
}

/** For the terminal. */
export function outcomeTable(outcomes: readonly VendorOutcome[]): string {
	return table(headingsFor(outcomes), outcomeRows(outcomes));
}

/** For the docs; what belongs to a line above it is indented. */
export function markdownTable(outcomes: readonly VendorOutcome[]): string[] {
	const headings = headingsFor(outcomes);
	const rows = [headings, headings.map(() => '---'), ...outcomeRows(outcomes)];
	return rows.map((row) => `| ${row.join(' | ').replace(/^ +/, indented)} |`);
}

const indented = (spaces: string) => '&emsp;'.repeat(spaces.length / 2);

const SHOWN = 10;

/** What makes the test fail: the first few of each kind. */
export function problemLines(outcomes: readonly VendorOutcome[]): string[] {
	const found = outcomes
		.flatMap(({ judgements }) => judgements)
		.flatMap(({ violations }) => violations);
	return (Object.keys(VIOLATIONS) as Violation[]).flatMap((kind) => {
		const ofKind = found.filter((violation) => violation.kind === kind);
		if (ofKind.length === 0) return [];
		return [
			`${VIOLATIONS[kind]}: ${ofKind.length}`,
			...ofKind.slice(0, SHOWN).map(({ line }) => `  - ${line}`),
		];
	});
}
