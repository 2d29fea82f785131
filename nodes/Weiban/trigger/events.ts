import type { VendorEvent } from '../../../lib/events';
import { ValueProblem } from '../../../lib/ids';
import { isJsonObject, objectsIn, type JsonObject, type JsonValue } from '../../../lib/json';
import { toInstant, toIso, type IsoTime } from '../../../lib/time';
import { textOrNull, type WorkOrder } from '../../../lib/workOrder';
import { toWorkOrder } from '../workOrder';

export const eventNames = [
	'closed',
	'commented',
	'created',
	'handedOver',
	'other',
	'reopened',
] as const;
export type EventName = (typeof eventNames)[number];

export type WorkOrderEvent = VendorEvent<EventName>;

/** The five kinds that Weiban lists (sheet weiban §6.3); any other passes through as `other`. */
const kinds = new Map<string | null, EventName>([
	['create', 'created'],
	['switch', 'handedOver'],
	['reply', 'commented'],
	['close', 'closed'],
	['reopen', 'reopened'],
]);

/** A pushed event as Weiban seals it (sheet weiban §6.3). */
export interface Envelope {
	readonly id: string;
	readonly orderNo: string;
	readonly data: JsonObject;
	readonly raw: JsonObject;
}

/** The largest count of milliseconds whose date has a year of four digits. */
const LAST_MS = 253_402_300_799_999;

/** `create_time` is float seconds in some samples and milliseconds in others (sheet weiban §6.3). */
function occurredAt(time: JsonValue | undefined): IsoTime | null {
	const instant = toInstant(typeof time === 'string' ? Number(time) : time, 'Asia/Shanghai');
	return instant instanceof ValueProblem || instant > LAST_MS ? null : toIso(instant);
}

function visibility(flag: JsonValue | undefined): boolean | null {
	if (flag === 1 || flag === '1') return true;
	return flag === 0 || flag === '0' ? false : null;
}

/** Pictures of the remark and what was attached to it, in the form of a detail answer. */
function picturesOf(data: JsonObject): JsonValue[] {
	const pictures = isJsonObject(data.content) ? data.content.pic : null;
	return [
		...(Array.isArray(pictures) ? pictures : []),
		...objectsIn(data.attached_json).map(({ url }) => url ?? null),
	];
}

/** A work order of which only an event is known; what the event does not say is null. */
function eventWorkOrder(event: EventName, { orderNo, data }: Envelope): WorkOrder {
	const known = toWorkOrder({
		order_no: orderNo,
		handler_id: data.handler_id ?? null,
		creator_id: event === 'created' ? (data.staff_id ?? null) : null,
		cc_list: data.cc_list ?? null,
		content: { pic: picturesOf(data) },
	});
	return {
		...known,
		status: event === 'closed' ? 'closed' : known.status,
		custom: {
			...known.custom,
			actedBy: textOrNull(data.staff_id),
			// The tables call it `content` without saying whether it is text or the object of other answers.
			remark: textOrNull(isJsonObject(data.content) ? data.content.text : data.content),
			remarkVisibleToCustomer: visibility(data.is_show),
		},
	};
}

/** The event that Weiban pushed. */
export function pushedEvent(envelope: Envelope): WorkOrderEvent {
	const event = kinds.get(textOrNull(envelope.raw.status)) ?? 'other';
	const workOrder = eventWorkOrder(event, envelope);
	return {
		id: `weiban:${envelope.id}`,
		event,
		occurredAt: occurredAt(envelope.raw.create_time),
		workOrder,
		changes: {
			...(event === 'closed' ? { status: { from: null, to: 'closed' } } : {}),
			...(event === 'handedOver' && workOrder.assignee.id !== null
				? { assignee: { from: null, to: workOrder.assignee.id } }
				: {}),
		},
		raw: envelope.raw,
	};
}

/** The same event with what the full record of the work order adds. */
export function withRecord(event: WorkOrderEvent, record: JsonObject): WorkOrderEvent {
	const full = toWorkOrder(record);
	const { workOrder, raw } = event;
	const isClosed = event.event === 'closed';
	const known = new Set(full.attachments.map(({ url }) => url));
	return {
		...event,
		workOrder: {
			...full,
			status: isClosed ? 'closed' : full.status,
			attachments: [
				...full.attachments,
				...workOrder.attachments.filter(({ url }) => !known.has(url)),
			],
			custom: { ...workOrder.custom, ...full.custom },
		},
		raw: { ...raw, work_order: record },
	};
}

/** The same event where the full record could not be had, saying why. */
export function withoutRecord(event: WorkOrderEvent, reason: string): WorkOrderEvent {
	const { workOrder } = event;
	return {
		...event,
		workOrder: { ...workOrder, custom: { ...workOrder.custom, detailsUnavailable: reason } },
	};
}
