import type { INodeListSearchItems } from 'n8n-workflow';

import type { JsonObject } from '../../../lib/json';
import { searchedByVendor, searchedHere, type ReadPage } from '../../../lib/listSearch';
import { textOrNull } from '../../../lib/workOrder';
import { listPage, PAGE_SIZE, type ListName } from '../transport/lists';

/** One page of a list for picking; the token of a page is its offset. */
function pagesOf(
	list: ListName,
	entryOf: (row: JsonObject) => INodeListSearchItems,
	filterOf: (filter: string) => object = () => ({}),
): ReadPage {
	return async (site, page = '0', filter) => {
		const offset = Number(page);
		const { rows, total } = await listPage(site, list, filterOf(filter), { offset });
		const end = offset + rows.length;
		const isLast = Number.isNaN(total) ? rows.length < PAGE_SIZE : end >= total;
		return {
			entries: rows.map(entryOf),
			next: isLast || rows.length === 0 ? undefined : String(end),
		};
	};
}

function named(row: JsonObject, name: string, id: string): INodeListSearchItems {
	const value = textOrNull(row[id]) ?? '';
	const text = textOrNull(row[name]);
	return { name: text === null ? value : `${text} (${value})`, value };
}

export const listSearch = {
	/** Whether Weiban matches a title as a whole or in part is not published (sheet weiban §3.2). */
	searchWorkOrders: searchedByVendor(
		pagesOf(
			'workOrderList',
			(row) => named(row, 'title', 'order_no'),
			(title) => (title === '' ? {} : { title }),
		),
	),
	searchTemplates: searchedHere(pagesOf('templateList', (row) => named(row, 'title', 'id'))),
	searchCustomers: searchedHere(
		pagesOf(
			'customerList',
			(row) => ({
				...named(row, 'name', 'id'),
				description: textOrNull(row.corp_name) ?? undefined,
			}),
			() => ({ order: 'desc' }),
		),
	),
	searchGroupChats: searchedHere(pagesOf('groupChatList', (row) => named(row, 'name', 'group_id'))),
	searchStaff: searchedHere(
		pagesOf('staffList', (row) => ({
			...named(row, 'name', 'id'),
			description: textOrNull(row.alias) ?? undefined,
		})),
	),
};
