import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { JsonObject, JsonValue } from './json';
import type { IsoTime } from './time';
import type { WorkOrder } from './workOrder';

/** What changed from what to what; `from` is null where the earlier value was never seen. */
export type Changes = Readonly<Record<string, { from: JsonValue; to: JsonValue }>>;

/** What every trigger of the pack emits, one item each. */
export interface VendorEvent<Name extends string, Subject extends object = WorkOrder> {
	/** The same for the same happening, whoever asks and however often. */
	readonly id: string;
	readonly event: Name;
	readonly occurredAt: IsoTime | null;
	readonly workOrder: Subject;
	readonly changes: Changes;
	/** The vendor's own record. */
	readonly raw: JsonObject;
}

/** Output of a trigger; null where nothing happened. */
export function asItems(events: readonly object[]): INodeExecutionData[][] | null {
	if (events.length === 0) return null;
	return [events.map((event) => ({ json: event as IDataObject }))];
}
