import type { Changes, VendorEvent } from '../../../lib/events';
import type { JsonObject } from '../../../lib/json';
import { isoFromChinaText } from '../../../lib/time';
import { textOrNull } from '../../../lib/workOrder';
import { statusOfLetter, toWorkOrder } from '../workOrder';
import type { Arrival } from './track';

export const eventNames = [
	'cannotBeHandled',
	'created',
	'done',
	'processingRecordAdded',
	'statusChanged',
] as const;
export type EventName = (typeof eventNames)[number];

export type OrderEvent = VendorEvent<EventName>;

const specificEvents: Record<string, EventName> = { H: 'done', G: 'cannotBeHandled' };

export function createdEvent(order: JsonObject): OrderEvent {
	const workOrder = toWorkOrder(order);
	return {
		id: `kingdee:${workOrder.id}:created`,
		event: 'created',
		occurredAt: workOrder.createdAt,
		workOrder,
		changes: {},
		raw: order,
	};
}

function changesOf(from: string | null, to: string | null): Changes {
	const statusBefore = from === null ? null : statusOfLetter(from);
	const status = statusOfLetter(to);
	return {
		...(statusBefore === status ? {} : { status: { from: statusBefore, to: status } }),
		vendorStatus: { from, to },
	};
}

/**
 * Tells one arrival at a state from another. The vendor has no time of change, so this takes what it does
 * have: the time of completion, and for an order whose past is forgotten progress and hours.
 */
function arrivalMarks(order: JsonObject, { times, cameBack }: Arrival): string[] {
	const completed = String(order.actualcompletiontime ?? '').replace(/\D/g, '');
	const work = [order.completionprogress ?? 0, order.totalservicehours ?? 0].join('-');
	return [
		...(completed === '' ? [] : [completed]),
		...(cameBack ? [`again-${work}`] : []),
		...(times > 1 ? [`x${times}`] : []),
	];
}

/** The event for a state, as specific as the person asked for; undefined where nobody asked. */
export function statusEvent(
	order: JsonObject,
	arrival: Arrival,
	wanted: ReadonlySet<EventName>,
): OrderEvent | undefined {
	const letter = textOrNull(order.billstatus);
	const specific = specificEvents[letter ?? ''] ?? 'statusChanged';
	const event = wanted.has(specific) ? specific : 'statusChanged';
	if (!wanted.has(event)) return undefined;
	const workOrder = toWorkOrder(order);
	return {
		// Named after the state reached, so that the id does not depend on what is wanted.
		id: ['kingdee', workOrder.id, letter, ...arrivalMarks(order, arrival)].join(':'),
		event,
		occurredAt: workOrder.closedAt,
		workOrder,
		changes: changesOf(arrival.from, letter),
		raw: order,
	};
}

/** A new `wg_deal_record` of an order. */
export function recordEvent(record: JsonObject, order: JsonObject): OrderEvent {
	const workOrder = toWorkOrder(order);
	return {
		id: `kingdee:${workOrder.id}:record:${String(record.id)}`,
		event: 'processingRecordAdded',
		occurredAt: isoFromChinaText(record.enddate),
		workOrder,
		changes: {},
		raw: record,
	};
}

/** The event with the full record of its order, which may have moved on since; its state is the event's. */
export function withDetails(event: OrderEvent, details: JsonObject): OrderEvent {
	return {
		...event,
		workOrder: toWorkOrder({ ...details, billstatus: event.workOrder.vendorStatus }),
		raw: event.event === 'processingRecordAdded' ? event.raw : details,
	};
}
