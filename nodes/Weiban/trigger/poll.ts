import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import type { Fields } from '../../../lib/fields';
import { pollSettings, recall, remember } from '../../../lib/polling';
import { fetchDetails, isRefusal } from './details';
import { withoutRecord, withRecord, type WorkOrderEvent } from './events';
import { canBeEntered, filterFrom, passes } from './filters';
import { orderReader } from './reader';
import { createdEvent, createdSecond, isReadable, listedEventNames } from './rowEvents';
import { nothingSeen, seedWatch, watch, type WatchOptions, type WatchState } from './watch';

export const USUAL_FOLLOW_DAYS = 30;
const DAY_S = 86_400;
const SAMPLE_EVENTS = 3;

interface PollOptions extends WatchOptions {
	readonly emitExisting: boolean;
	readonly includeDetails: boolean;
}

function pollOptions(context: IPollFunctions, fields: Fields): PollOptions {
	const options = fields.group('options');
	const filter = filterFrom(fields.group('filters'));
	const followDays = options.optionalCount('followDays', 1) ?? USUAL_FOLLOW_DAYS;
	return {
		...pollSettings(context, options),
		wanted: new Set(fields.choices('events', listedEventNames)),
		includeDetails: fields.flag('includeDetails'),
		followS: followDays * DAY_S,
		passes: (row) => passes(row, filter),
		canBeEntered: canBeEntered(filter),
	};
}

async function withDetails(
	context: IPollFunctions,
	events: readonly WorkOrderEvent[],
	{ includeDetails, hasTime }: PollOptions,
): Promise<WorkOrderEvent[]> {
	if (!includeDetails) return [...events];
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
export async function sampleEvents(
	context: IPollFunctions,
	fields: Fields,
): Promise<WorkOrderEvent[]> {
	const options = pollOptions(context, fields);
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
	return await withDetails(context, events, options);
}

/** Events since the last poll; the memory is written last. */
export async function newEvents(
	context: IPollFunctions,
	fields: Fields,
): Promise<WorkOrderEvent[]> {
	const options = pollOptions(context, fields);
	const before = recall<WatchState>(context);
	if (before === undefined && !options.emitExisting) {
		// Half a seed would take old orders for new ones later on.
		const reader = orderReader(context, () => true);
		remember(context, before, await seedWatch(reader, options));
		return [];
	}
	const reader = orderReader(context, options.hasTime);
	const { events, state } = await watch(reader, before ?? nothingSeen, options);
	const complete = await withDetails(context, events, options);
	remember(context, before, state);
	return complete;
}
