import { table } from '../src/table.mts';
import type { KeptExecution } from './database.mts';
import { groupBy } from './groupBy.mts';
import type { KeptEvent, Verdict } from './source.mts';

/** An event that stands in two executions. */
export interface Repeat {
	id: string;
	first: KeptExecution;
	again: KeptExecution;
}

export interface Outcome {
	/** About the run. */
	rows: Array<[string, string]>;
	/** About each source. */
	sources: SourceReport[];
	/** What makes the test fail. */
	problems: string[];
	/** What is worth knowing, and no failure. */
	remarks: string[];
}

export interface SourceReport {
	name: string;
	/** What happened there, and how often. */
	happened: Record<string, number>;
	verdict: Verdict;
	/** Events, each counted once. */
	events: number;
	/** Of these, the ones in executions that the end of n8n cut short. */
	undelivered: number;
	killRepeats: readonly Repeat[];
	graceRepeats: readonly Repeat[];
}

/** In the order of the executions. */
export function findRepeats(executions: readonly KeptExecution[]): Repeat[] {
	const firsts = new Map<string, KeptExecution>();
	const repeats: Repeat[] = [];
	for (const execution of executions) {
		for (const { id } of execution.events) {
			const first = firsts.get(id);
			if (first === undefined) firsts.set(id, execution);
			else repeats.push({ id, first, again: execution });
		}
	}
	return repeats;
}

/** One line for each pair of executions that share events. */
export function repeatLines(repeats: readonly Repeat[]): string[] {
	const pairs = groupBy(repeats, ({ first, again }) => `${first.id} ${again.id}`);
	return [...pairs.values()].flatMap((group) => {
		const [sample] = group;
		if (sample === undefined) return [];
		const { first, again, id } = sample;
		const place = ({ id: number, createdAt, status }: KeptExecution): string =>
			`execution ${number} (${createdAt.slice(11)}, ${status})`;
		return [`${group.length} of ${place(first)} again in ${place(again)}, such as ${id}`];
	});
}

export function uniqueIds(events: readonly KeptEvent[]): Set<string> {
	return new Set(events.map(({ id }) => id));
}

/** "3 success, 1 crashed" */
export function statusCounts(executions: readonly KeptExecution[]): string {
	const groups = groupBy(executions, ({ status }) => status);
	return [...groups].map(([status, { length }]) => `${length} ${status}`).join(', ') || 'none';
}

/** What is counted of each source, in the order of the table. */
function figuresOf(report: SourceReport): Record<string, number> {
	const { happened, verdict, events, undelivered, killRepeats, graceRepeats } = report;
	return {
		...happened,
		'Facts that had to be told': verdict.expected,
		'  lost': verdict.lost.length,
		'  came and went between two polls': verdict.unseen.length,
		'  told wrongly or out of order': verdict.untrue.length,
		'Events kept by n8n': events,
		'  in executions that were cut short': undelivered,
		'Repeated after a kill, same id': killRepeats.length,
		'Repeated under another id': verdict.renamed.length,
		'Repeated in the graceful part': graceRepeats.length,
	};
}

/** Two tables: the run, and what came of each source. */
export function outcomeTables({ rows, sources }: Outcome): string {
	const figures = sources.map(figuresOf);
	// What only some sources have comes first.
	const names = new Set([
		...figures.flatMap((of) => Object.keys(of).filter((name) => !figures.every((f) => name in f))),
		...figures.flatMap((of) => Object.keys(of)),
	]);
	const lines = [...names].map((name) => {
		const numbers = figures.map((of) => of[name]);
		const all = numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0);
		return [name, ...numbers.map((number) => String(number ?? '')), String(all)];
	});
	const headings = ['What', ...sources.map(({ name }) => name), 'All'];
	return `${table(['Run', 'Seen'], rows)}\n${table(headings, lines)}`;
}

const SHOWN = 12;

export function excerpt(title: string, lines: readonly string[]): string[] {
	if (lines.length === 0) return [];
	const rest = lines.length - SHOWN;
	return [
		`${title}:`,
		...lines.slice(0, SHOWN).map((line) => `  - ${line}`),
		...(rest > 0 ? [`  … and ${rest} more`] : []),
	];
}
