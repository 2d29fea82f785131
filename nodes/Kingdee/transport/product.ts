import type { IDataObject } from 'n8n-workflow';

import type { CallSite } from '../../../lib/exchange';
import { isJsonObject, type JsonObject } from '../../../lib/json';
import { newRows } from '../../../lib/newRows';
import { firstText } from '../../../lib/workOrder';
import { callKingdee } from './index';
import { hintAtMore, PAGE_SIZE, pageIn, type Page } from './records';

/** Lists of 星辰 v2 (sheet kingdee §3.2). */
export type ProductList = 'staff' | 'departments' | 'customers';

interface ProductPage extends Page {
	/** Whether a further page exists. */
	readonly more: boolean;
}

/** One page of a list, counted from 1. Never ask for more than 100 rows: they are silently cut (§5). */
export async function productPage(
	site: CallSite,
	list: ProductList,
	page: number,
	size: number,
	query: IDataObject = {},
): Promise<ProductPage> {
	const { data } = await callKingdee(site, list, {
		query: { ...query, page: String(page), page_size: String(size) },
	});
	const found = pageIn(site, data, size);
	const pages = isJsonObject(data) ? firstText(data, ['total_page']) : null;
	return { ...found, more: pages === null ? found.full : page < Number(pages) };
}

/** Rows of a list, each once, page by page, until the last page or the limit. */
export async function* productPages(
	site: CallSite,
	list: ProductList,
	limit: number,
	query: IDataObject,
): AsyncGenerator<JsonObject[]> {
	const size = Math.min(PAGE_SIZE, limit);
	const unseen = newRows('id');
	let given = 0;
	for (let page = 1; ; page++) {
		const { rows, total, more } = await productPage(site, list, page, size, query);
		const fresh = unseen(rows);
		yield fresh.slice(0, limit - given);
		given += fresh.length;
		if (given >= limit) return hintAtMore(site, limit, total);
		if (!more || fresh.length === 0) return;
	}
}
