import type { VendorEvent } from '../../../lib/events';
import type { JsonObject } from '../../../lib/json';
import { isoFromSeconds } from '../../../lib/time';
import type { WorkOrderStatus } from '../../../lib/workOrder';
import { statusOf, toWorkOrder } from '../workOrder';

export const eventNames = ['cancelled', 'closed', 'created', 'statusChanged'] as const;
export type EventName = (typeof eventNames)[number];

export type TicketEvent = VendorEvent<EventName>;

export function createdEvent(record: JsonObject): TicketEvent {
	const workOrder = toWorkOrder(record);
	return {
		id: `kingsoftCloud:${workOrder.id}:created`,
		event: 'created',
		occurredAt: workOrder.createdAt,
		workOrder,
		changes: {},
		raw: record,
	};
}

/** Seconds of the vendor's own time for a change; list rows have none but that of closing. */
function changeTime(record: JsonObject, event: EventName): number {
	const closed = Number(record.closed_time ?? 0);
	return event === 'closed' && closed > 0 ? closed : Number(record.updated_time ?? 0);
}

/** The event for a status, as specific as the person asked for; undefined where nobody asked. */
export function statusEvent(
	record: JsonObject,
	from: WorkOrderStatus | null,
	wanted: ReadonlySet<EventName>,
): TicketEvent | undefined {
	const to = statusOf(record);
	const specific = to === 'closed' || to === 'cancelled' ? to : 'statusChanged';
	const event = wanted.has(specific) ? specific : 'statusChanged';
	if (!wanted.has(event)) return undefined;
	const time = changeTime(record, event === 'statusChanged' && to === 'closed' ? 'closed' : event);
	const workOrder = toWorkOrder(record);
	return {
		// Named after the status reached, so that the id does not depend on what is wanted.
		id: `kingsoftCloud:${workOrder.id}:${to}:${time}`,
		event,
		occurredAt: isoFromSeconds(time),
		workOrder,
		changes: { status: { from, to } },
		raw: record,
	};
}
