import type { JsonObject } from '../../lib/json';
import { textOrNull } from '../../lib/workOrder';

/** An entry of a 星辰 v2 list: staff, department or customer. */
export interface ProductEntry {
	readonly id: string;
	readonly number: string | null;
	readonly name: string | null;
}

export function toProductEntry(row: JsonObject): ProductEntry {
	return { id: String(row.id), number: textOrNull(row.number), name: textOrNull(row.name) };
}
