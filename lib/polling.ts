import type { IDataObject, INodeProperties, IPollFunctions } from 'n8n-workflow';

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

export function pollSettings(context: IPollFunctions): PollSettings {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const end = pollEnd(context);
	return {
		emitExisting: options.emitExisting === true,
		cap: Math.max(1, Number(options.maxEvents ?? USUAL_CAP)),
		hasTime: () => performance.now() < end,
	};
}

/** What a polling trigger remembers from poll to poll; undefined before the first one. */
export function recall<State extends object>(context: IPollFunctions): State | undefined {
	return (context.getWorkflowStaticData('node') as { watch?: State }).watch;
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
	(context.getWorkflowStaticData('node') as { watch?: State }).watch = after;
}

const underWay = new Set<string>();

/**
 * Runs a poll unless the last one of the same node is not over yet: n8n starts polls by the clock, and
 * two at once would tell everything twice.
 */
export async function unlessUnderWay<T>(
	context: IPollFunctions,
	poll: () => Promise<T>,
): Promise<T | null> {
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	if (underWay.has(key)) return null;
	underWay.add(key);
	try {
		return await poll();
	} finally {
		underWay.delete(key);
	}
}
