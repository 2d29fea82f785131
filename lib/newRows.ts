import type { JsonObject } from './json';
import { textOrNull } from './workOrder';

/**
 * Lets rows of a list through that were on no page before; those without an id always. A page on which no
 * row is new would come again and again.
 *
 * @param id name of the member that identifies a row
 */
export function newRows(id: string): (page: readonly JsonObject[]) => JsonObject[] {
	const seen = new Set<string>();
	return (page) =>
		page.filter((row) => {
			const key = textOrNull(row[id]);
			return key === null || (!seen.has(key) && seen.add(key));
		});
}
