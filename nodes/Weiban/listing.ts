import type { JsonObject } from '../../lib/json';
import { wantedCount } from '../../lib/listing';
import type { Item } from '../../lib/operation';
import { listPages, type ListName } from './transport/lists';

/** The rows that Return All or Limit asks for, shaped page by page. */
export async function listedRows(
	item: Item,
	list: ListName,
	filter: object,
	shape: (row: JsonObject) => object,
): Promise<object[]> {
	const found: object[] = [];
	for await (const rows of listPages(item, list, filter, wantedCount(item.fields))) {
		for (const row of rows) found.push(shape(row));
	}
	return found;
}
