import type { JsonObject } from '../../lib/json';
import { collected, wantedCount } from '../../lib/listing';
import type { Item } from '../../lib/operation';
import { listPages, type ListName } from './transport/lists';

/** The rows that Return All or Limit asks for, shaped page by page. */
export async function listedRows(
	item: Item,
	list: ListName,
	filter: object,
	shape: (row: JsonObject) => object,
): Promise<object[]> {
	return await collected(listPages(item, list, filter, wantedCount(item.fields)), shape);
}
