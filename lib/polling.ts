import type { INodeProperties, IPollFunctions } from 'n8n-workflow';

import type { Fields } from './fields';

const USUAL_BUDGET_MS = 300_000;
/** Part of the time that n8n grants a poll; the rest is for handing the events on. */
const USABLE_BUDGET = 0.7;
const USUAL_CAP = 100;

/** Options of every polling trigger, to stand in its Options collection. */
export const pollingOptions: INodeProperties[] = [
	{
		displayName: 'Also Emit Existing',
		name: 'emitExisting',
		type: 'boolean',
		default: false,
		description:
			'Whether what exists already when the workflow is activated is emitted, too, as if it were new',
	},
	{
		displayName: 'Max Events per Poll',
		name: 'maxEvents',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: USUAL_CAP,
		description: 'The rest comes with the next poll, oldest first',
	},
];

export interface PollSettings {
	readonly emitExisting: boolean;
	/** Most events of one poll. */
	readonly cap: number;
	/** False once the time that n8n grants the poll is used up. */
	readonly hasTime: () => boolean;
}

const ends = new WeakMap<IPollFunctions, number>();

/** When the poll's time is used up, on the clock of `performance.now()`; it begins with the first question. */
export function pollEnd(context: IPollFunctions): number {
	// Older n8n versions grant no budget.
	const budget =
		typeof context.getPollBudgetMs === 'function' ? context.getPollBudgetMs() : USUAL_BUDGET_MS;
	const end = ends.get(context) ?? performance.now() + budget * USABLE_BUDGET;
	ends.set(context, end);
	return end;
}

/** @param options the trigger's Options collection, which holds `pollingOptions` */
export function pollSettings(context: IPollFunctions, options: Fields): PollSettings {
	const end = pollEnd(context);
	return {
		emitExisting: options.flag('emitExisting'),
		cap: options.optionalCount('maxEvents', 1) ?? USUAL_CAP,
		hasTime: () => performance.now() < end,
	};
}

/** The memory of a node, as n8n keeps it. */
interface Kept {
	watch?: object;
	/** Counts the changes of `watch`. */
	turn?: number;
}

const keptOf = (context: IPollFunctions) => context.getWorkflowStaticData('node') as Kept;

/** What a polling trigger remembers from poll to poll; undefined before the first one. */
export function recall<State extends object>(context: IPollFunctions): State | undefined {
	return keptOf(context).watch as State | undefined;
}

/**
 * To be called last. A memory that is the same is not touched: n8n saves it whenever it was.
 */
export function remember<State extends object>(
	context: IPollFunctions,
	before: State | undefined,
	after: State,
): void {
	if (before !== undefined && JSON.stringify(before) === JSON.stringify(after)) return;
	const kept = keptOf(context);
	kept.watch = after;
	kept.turn = turnOf(kept) + 1;
}

const turnOf = ({ turn }: Kept) => turn ?? 0;

/** n8n saves within moments; where it failed to, the node is not held up for longer. */
const SAVING_MS = 30_000;

const underWay = new Set<string>();
/** The turn that the last poll of a node led to, and until when n8n may be saving it. */
const reached = new Map<string, { turn: number; until: number }>();

function isOutdated(key: string, turn: number): boolean {
	const last = reached.get(key);
	return last !== undefined && turn < last.turn && performance.now() < last.until;
}

/**
 * Runs a poll unless the last one of the same node is not over yet: n8n starts polls by the clock, and
 * two at once would tell everything twice. So would one whose memory was read before that of the last
 * poll was saved, as n8n's durable scheduler may do (n8n 2.41.1, poll-trigger-task-handler).
 */
export async function unlessUnderWay<T>(
	context: IPollFunctions,
	poll: () => Promise<T>,
): Promise<T | null> {
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	const turn = () => turnOf(keptOf(context));
	if (underWay.has(key) || isOutdated(key, turn())) return null;
	underWay.add(key);
	try {
		return await poll();
	} finally {
		underWay.delete(key);
		reached.set(key, { turn: turn(), until: performance.now() + SAVING_MS });
	}
}
