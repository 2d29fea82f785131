import type { Changes } from '../../../lib/events';
import type { JsonObject, JsonValue } from '../../../lib/json';
import { isoFromSeconds } from '../../../lib/time';
import { idOrNull, textOrNull } from '../../../lib/workOrder';
import { LAST_SECOND } from '../transport/workOrderPage';
import { toWorkOrder } from '../workOrder';
import type { WorkOrderEvent } from './events';
import type { Seen } from './memory';

/** What a list can show; the list has no trace of comments, and which status means closed is unknown. */
export const listedEventNames = ['created', 'handedOver', 'other'] as const;
export type ListedEventName = (typeof listedEventNames)[number];
export type ListedEvent = WorkOrderEvent & { readonly event: ListedEventName };

/** A count of seconds; 0 where there is none, such as one of milliseconds: no later order could follow it. */
function secondsIn(value: JsonValue | undefined): number {
	const seconds = Number(value ?? 0);
	return seconds > 0 && seconds <= LAST_SECOND ? seconds : 0;
}

export const createdSecond = (row: JsonObject) => secondsIn(row.created_at);

/** A row without a number or a time of creation cannot be followed. */
export function isReadable(row: JsonObject): boolean {
	return textOrNull(row.order_no) !== null && createdSecond(row) > 0;
}

/** What a row says now. */
export function seenIn(row: JsonObject, outside: boolean): Seen {
	return {
		time: Math.floor(Math.max(createdSecond(row), secondsIn(row.updated_at))),
		status: textOrNull(row.status),
		handler: idOrNull(row.handler_id),
		outside,
	};
}

export function createdEvent(row: JsonObject): ListedEvent {
	const workOrder = toWorkOrder(row);
	return {
		id: `weiban:${workOrder.id}:created`,
		event: 'created',
		occurredAt: workOrder.createdAt,
		workOrder,
		changes: {},
		raw: row,
	};
}

/** What is known of a work order before a change; what is absent was never seen. */
export interface Before {
	readonly time?: number | null;
	readonly status?: string | null;
	readonly handler?: string | null;
}

function changesFrom(before: Before, now: Seen): Changes {
	const { handler, status, time } = before;
	return {
		...(handler !== undefined && handler !== now.handler
			? { assignee: { from: handler, to: now.handler } }
			: {}),
		...(status !== undefined && status !== now.status
			? { status: { from: status, to: now.status } }
			: {}),
		...(time !== undefined && time !== now.time
			? { updatedAt: { from: isoFromSeconds(time), to: isoFromSeconds(now.time) } }
			: {}),
	};
}

export function changeEvent(
	event: Exclude<ListedEventName, 'created'>,
	row: JsonObject,
	before: Before,
): ListedEvent {
	const now = seenIn(row, false);
	const workOrder = toWorkOrder(row);
	return {
		// Named after what was reached, so that the id does not depend on who looked and when.
		id: `weiban:${workOrder.id}:${now.time}:${now.status ?? ''}:${now.handler ?? ''}`,
		event,
		occurredAt: isoFromSeconds(now.time),
		workOrder,
		changes: changesFrom(before, now),
		raw: row,
	};
}
