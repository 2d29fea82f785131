import type { VendorEvent } from '../../../lib/events';
import type { JsonObject } from '../../../lib/json';
import type { WorkOrderStatus } from '../../../lib/workOrder';
import { toWorkOrder } from '../workOrder';
import type { Arrival } from './track';

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

/** The event for a status, as specific as the person asked for; undefined where nobody asked. */
export function statusEvent(
	record: JsonObject,
	from: WorkOrderStatus | null,
	{ track, hasOwnTime }: Arrival,
	wanted: ReadonlySet<EventName>,
): TicketEvent | undefined {
	const to = track.status;
	const specific = to === 'closed' || to === 'cancelled' ? to : 'statusChanged';
	const event = wanted.has(specific) ? specific : 'statusChanged';
	if (!wanted.has(event)) return undefined;
	const workOrder = toWorkOrder(record);
	const again = track.round > 1 ? [`x${track.round}`] : [];
	return {
		// Named after the status reached, so that the id does not depend on what is wanted, and not after
		// the time of update, which any edit moves.
		id: ['kingsoftCloud', workOrder.id, to, ...(hasOwnTime ? [track.closedAt] : again)].join(':'),
		event,
		occurredAt: to === 'closed' ? (workOrder.closedAt ?? workOrder.updatedAt) : workOrder.updatedAt,
		workOrder,
		changes: { status: { from, to } },
		raw: record,
	};
}
