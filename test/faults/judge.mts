import type { INodeExecutionData } from 'n8n-workflow';

import type { RecordedRequest } from '../../sandbox/index.mts';
import { ownersIn } from './plan.mts';
import { MAX_RETRY_S, type FinishedRun } from './runs.mts';

/** What must not happen, as the table names it. */
export const VIOLATIONS = {
	twice: 'Writes applied twice',
	wrongItem: 'Results attributed to the wrong item',
	nothing: 'Items without a result or an error',
	readFailed: 'Reads that failed',
	notDone: 'Writes told as done that were not',
	denied: 'Writes told as not done that were',
	unclear: 'Errors of writes that do not say whether it was done',
} as const;

export type Violation = keyof typeof VIOLATIONS;

/** What came of one item. */
export type End =
	| 'read'
	| 'written'
	/** The error says that the write may have been done, and it was or was not. */
	| 'ambiguousDone'
	| 'ambiguousNotDone'
	/** The error says that nothing was done. */
	| 'certainlyNotDone'
	/** It could have been repeated once more, had there been more time. */
	| 'ranOut';

export interface Judgement {
	readonly own: string;
	readonly end: End | null;
	readonly violations: readonly { readonly kind: Violation; readonly line: string }[];
}

/** The requests in which values of an item stand. */
export class CallsByItem {
	readonly #calls = new Map<string, RecordedRequest[]>();

	constructor(requests: readonly RecordedRequest[]) {
		for (const request of requests) {
			const { rawUrl, body, parts } = request;
			const sent = [decodeURIComponent(rawUrl), body, ...parts.map(({ fileName }) => fileName)];
			for (const own of ownersIn(sent.join(' '))) {
				this.#calls.set(own, [...(this.#calls.get(own) ?? []), request]);
			}
		}
	}

	of(own: string): readonly RecordedRequest[] {
		return this.#calls.get(own) ?? [];
	}
}

const AMBIGUOUS = /may have taken effect/;
const CERTAIN = /Nothing was (changed|sent)|did not work on the call/;
const TRIED = /It was tried \d+ times in (\d+) seconds/;
/** The longest pause, and the longest where a vendor says how long its limit lasts. */
const LONGEST_PAUSE_S = 21;
const LIMIT_PAUSE_S = 61;
const LIMIT = /429|10053|limit|log-ins/;

interface ItemError {
	readonly message: string;
	readonly description: string;
}

function errorOf({ json }: INodeExecutionData): ItemError | null {
	const { error, details } = json as { error?: unknown; details?: { description?: unknown } };
	if (typeof error !== 'string' || details === undefined) return null;
	return { message: error, description: String(details.description ?? '') };
}

/** Whether another pause would have led beyond Max Retry Time. */
function hasRunOut({ message, description }: ItemError): boolean {
	const seconds = Number(TRIED.exec(description)?.[1] ?? 0);
	return seconds + (LIMIT.test(message) ? LIMIT_PAUSE_S : LONGEST_PAUSE_S) >= MAX_RETRY_S;
}

/** Indexes of the input items that an output item names as its own. */
function origins({ pairedItem }: INodeExecutionData): number[] {
	const pairs = Array.isArray(pairedItem) ? pairedItem : [pairedItem];
	return pairs.flatMap((pair) => {
		if (pair === undefined) return [];
		return [typeof pair === 'number' ? pair : pair.item];
	});
}

/** Compares what n8n gave for each item of a run with what the vendor was asked for it. */
export function judge(run: FinishedRun, calls: CallsByItem): Judgement[] {
	return run.items.map(({ own }, index) => {
		const output = run.output.filter((entry) => origins(entry).includes(index));
		return judgeItem(run, own, output, calls.of(own));
	});
}

interface Verdict {
	readonly end: End | null;
	readonly found: readonly (readonly [kind: Violation, what: string])[];
}

function judgeItem(
	run: FinishedRun,
	own: string,
	output: readonly INodeExecutionData[],
	calls: readonly RecordedRequest[],
): Judgement {
	const { vendor, plan, error: ofRun = 'none' } = run;
	const { writes } = plan;
	const writing = calls.filter(
		({ path, accepted }) => writes !== undefined && path.includes(writes) && accepted,
	);
	const errors = output.map(errorOf).filter((error) => error !== null);
	const [error] = errors;
	const all: Verdict['found'][number][] = [];
	if (writing.length > 1) all.push(['twice', `was applied ${writing.length} times`]);
	if (output.length === 0) all.push(['nothing', `has no result (error of the run: ${ofRun})`]);
	if (error !== undefined && errors.length < output.length) {
		all.push(['nothing', 'has a result and an error']);
	}
	const { end, found } =
		error === undefined
			? judgeResults(run, own, output, writing)
			: judgeError(writes !== undefined, error, writing.length > 0);
	return {
		own,
		end,
		violations: [...all, ...found].map(([kind, what]) => ({
			kind,
			line: `${vendor} ${plan.name} ${own}: ${what}`,
		})),
	};
}

function judgeResults(
	run: FinishedRun,
	own: string,
	output: readonly INodeExecutionData[],
	writing: readonly RecordedRequest[],
): Verdict {
	if (output.length === 0) return { end: null, found: [] };
	const found = output
		.filter((entry) => !belongs(run, own, entry, writing))
		.map(({ json }) => ['wrongItem', `got ${JSON.stringify(json).slice(0, 300)}`] as const);
	if (run.plan.writes === undefined) return { end: 'read', found };
	return writing.length > 0
		? { end: 'written', found }
		: { end: null, found: [...found, ['notDone', 'is told as done, but was not']] };
}

function judgeError(writes: boolean, error: ItemError, isDone: boolean): Verdict {
	const said = `${error.message} | ${error.description}`;
	if (!writes) return { end: null, found: [['readFailed', said]] };
	if (AMBIGUOUS.test(error.description)) {
		return { end: isDone ? 'ambiguousDone' : 'ambiguousNotDone', found: [] };
	}
	if (isDone) return { end: null, found: [['denied', `was applied, but the error says: ${said}`]] };
	if (hasRunOut(error)) return { end: 'ranOut', found: [] };
	return CERTAIN.test(error.description)
		? { end: 'certainlyNotDone', found: [] }
		: { end: null, found: [['unclear', said]] };
}

/** Whether a result shows values of its own items alone: those sent, or the id that the vendor gave. */
function belongs(
	{ plan, items }: FinishedRun,
	own: string,
	entry: INodeExecutionData,
	writing: readonly RecordedRequest[],
): boolean {
	const mine = new Set(origins(entry).map((index) => items[index]?.own));
	const shown = ownersIn(JSON.stringify(entry.json));
	if ([...shown].some((other) => !mine.has(other))) return false;
	if (shown.has(own) || plan.alike === true) return true;
	const { id } = entry.json;
	return typeof id === 'string' && writing.some(({ answer }) => answer.includes(id));
}
