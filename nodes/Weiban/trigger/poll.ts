import { NodeOperationError, type IDataObject, type IPollFunctions } from 'n8n-workflow';

import { pollSettings, recall, remember } from '../../../lib/polling';
import { fetchDetails, isRefusal } from './details';
import { withoutRecord, withRecord, type WorkOrderEvent } from './events';
import { canBeEntered, filterFrom, passes } from './filters';
import { orderReader } from './reader';
import { createdEvent, createdSecond, isReadable, type ListedEventName } from './rowEvents';
import { nothingSeen, seedWatch, watch, type WatchOptions, type WatchState } from './watch';

export const USUAL_FOLLOW_DAYS = 30;
const DAY_S = 86_400;
const SAMPLE_EVENTS = 3;

function watchOptions(context: IPollFunctions): WatchOptions & { emitExisting: boolean } {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const filter = filterFrom(context.getNodeParameter('filters', {}) as IDataObject);
	const wanted = new Set(context.getNodeParameter('events') as ListedEventName[]);
	return {
		...pollSettings(context),
		wanted,
		followS: Math.max(0, Number(options.followDays ?? USUAL_FOLLOW_DAYS)) * DAY_S,
		passes: (row) => passes(row, filter),
		canBeEntered: canBeEntered(filter),
	};
}

async function withDetails(
	context: IPollFunctions,
	events: readonly WorkOrderEvent[],
	hasTime: () => boolean,
): Promise<WorkOrderEvent[]> {
	if (context.getNodeParameter('includeDetails', false) !== true) return [...events];
	const complete: WorkOrderEvent[] = [];
	for (const event of events) {
		complete.push(hasTime() ? await detailed(context, event) : withoutRecord(event, OUT_OF_TIME));
	}
	return complete;
}

const OUT_OF_TIME = 'The time that n8n grants a poll was used up';

/** An order that Weiban does not show any more must not stop the others; what will pass may. */
async function detailed(context: IPollFunctions, event: WorkOrderEvent): Promise<WorkOrderEvent> {
	const details = await fetchDetails({ context }, event.workOrder.id).catch((error: unknown) => {
		if (!isRefusal(error)) throw error;
		const reason = (error as Error).message;
		context.logger.warn(`Weiban Polling Trigger emits ${event.id} without details: ${reason}`);
		return { reason };
	});
	return 'record' in details
		? withRecord(event, details.record)
		: withoutRecord(event, details.reason);
}

/** A few recent work orders, for a test by hand. */
export async function sampleEvents(context: IPollFunctions): Promise<WorkOrderEvent[]> {
	const options = watchOptions(context);
	const rows = (await orderReader(context, options.hasTime).sample()).filter(isReadable);
	if (rows.length === 0) {
		throw new NodeOperationError(context.getNode(), 'Weiban has no work orders yet', {
			description:
				'The credential works. Create a work order in Weiban and fetch a test event again.',
		});
	}
	const matching = rows.filter(options.passes);
	if (matching.length === 0) {
		throw new NodeOperationError(
			context.getNode(),
			`None of ${rows.length} recent work orders passes the filters`,
			{ description: 'The credential works. Check the filters, or test without them.' },
		);
	}
	const newestFirst = [...matching].sort((a, b) => createdSecond(b) - createdSecond(a));
	const events = newestFirst.slice(0, SAMPLE_EVENTS).map(createdEvent);
	return await withDetails(context, events, options.hasTime);
}

/** Events since the last poll; the memory is written last. */
export async function newEvents(context: IPollFunctions): Promise<WorkOrderEvent[]> {
	const options = watchOptions(context);
	const before = recall<WatchState>(context);
	if (before === undefined && !options.emitExisting) {
		// Half a seed would take old orders for new ones later on.
		const reader = orderReader(context, () => true);
		remember(context, before, await seedWatch(reader, options));
		return [];
	}
	const reader = orderReader(context, options.hasTime);
	const { events, state } = await watch(reader, before ?? nothingSeen, options);
	const complete = await withDetails(context, events, options.hasTime);
	remember(context, before, state);
	return complete;
}
