import type { JsonObject, JsonValue } from './json';
import type { IsoTime } from './time';

export type WorkOrderVendor = 'kingdee' | 'kingsoftCloud' | 'sevenMoor' | 'weiban';
export type WorkOrderStatus =
	| 'open'
	| 'inProgress'
	| 'resolved'
	| 'closed'
	| 'cancelled'
	| 'unknown';
export type WorkOrderPriority = 'urgent' | 'high' | 'normal' | 'low';

export interface Party {
	id: string | null;
	name: string | null;
}

export interface WorkOrderAttachment {
	name: string | null;
	url: string | null;
	/** Bytes. */
	size: number | null;
	/** Media type as the vendor gives it. */
	type: string | null;
}

/**
 * The one shape that reads and triggers of all vendors answer. What a vendor does not say is `null`,
 * never "", 0 or 1970. What has no place of its own stands under `custom` in the vendor's words.
 */
export interface WorkOrder {
	vendor: WorkOrderVendor;
	id: string;
	/** The number that people quote; the id where the vendor has no other. */
	number: string;
	title: string | null;
	description: string | null;
	status: WorkOrderStatus;
	/** The vendor's own status, as text. */
	vendorStatus: string | null;
	priority: WorkOrderPriority | null;
	type: string | null;
	customer: Party;
	requester: Party;
	assignee: Party;
	createdAt: IsoTime | null;
	updatedAt: IsoTime | null;
	dueAt: IsoTime | null;
	closedAt: IsoTime | null;
	tags: string[];
	attachments: WorkOrderAttachment[];
	custom: JsonObject;
}

/** Text of a vendor's field; empty text, null and absent become null. */
export function textOrNull(value: JsonValue | undefined): string | null {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

/** The first of the named fields that holds text; vendors name one thing differently in different answers. */
export function firstText(record: JsonObject, names: readonly string[]): string | null {
	return names.map((name) => textOrNull(record[name])).find((text) => text !== null) ?? null;
}

/** Text of a vendor's id; vendors write "no id" as 0, "" or null. */
export function idOrNull(value: JsonValue | undefined): string | null {
	const text = textOrNull(value);
	return text === '0' ? null : text;
}
