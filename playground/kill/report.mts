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
	/** What the table shows. */
	rows: Array<[string, string]>;
	/** What makes the test fail. */
	problems: string[];
	/** What is worth knowing, and no failure. */
	remarks: string[];
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

export function mergeVerdicts(verdicts: readonly Verdict[]): Verdict {
	return {
		expected: verdicts.reduce((sum, { expected }) => sum + expected, 0),
		lost: verdicts.flatMap(({ lost }) => lost),
		untrue: verdicts.flatMap(({ untrue }) => untrue),
		renamed: verdicts.flatMap(({ renamed }) => renamed),
		unseen: verdicts.flatMap(({ unseen }) => unseen),
	};
}

/** "3 success, 1 crashed" */
export function statusCounts(executions: readonly KeptExecution[]): string {
	const groups = groupBy(executions, ({ status }) => status);
	return [...groups].map(([status, { length }]) => `${length} ${status}`).join(', ') || 'none';
}

export function outcomeTable({ rows }: Outcome): string {
	return table(['What', 'Seen'], rows);
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
