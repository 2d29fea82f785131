import { sleep } from 'n8n-workflow';

import type { CallSite } from '../../../lib/exchange';
import { objectsIn, type JsonObject } from '../../../lib/json';
import { newRows } from '../../../lib/newRows';
import { callWeiban, type Endpoint } from './index';

/** A list of the vendor: where its rows stand in the answer, what identifies a row, what people call them. */
interface List {
	readonly rows: string;
	readonly id: string;
	readonly name: string;
}

const lists = {
	workOrderList: { rows: 'workorder_list', id: 'order_no', name: 'work orders' },
	templateList: { rows: 'template_list', id: 'id', name: 'templates' },
	staffList: { rows: 'staff_list', id: 'id', name: 'members of staff' },
	customerList: { rows: 'external_user_list', id: 'id', name: 'customers' },
	groupChatList: { rows: 'group_chat_list', id: 'group_id', name: 'group chats' },
} as const satisfies Partial<Record<Endpoint, List>>;

export type ListName = keyof typeof lists;

export interface ListPage {
	readonly rows: JsonObject[];
	/** Rows of all pages; NaN where Weiban does not say. */
	readonly total: number;
}

/** As large as Weiban allows (sheet weiban §3.2). */
export const PAGE_SIZE = 100;
/** How often a page is asked for again that came empty though rows are missing (sheet weiban §5). */
const REPETITIONS = 2;
const PAUSE_MS = 500;

export async function listPage(
	site: CallSite,
	list: ListName,
	filter: object,
	{ offset, limit = PAGE_SIZE }: { offset: number; limit?: number },
): Promise<ListPage> {
	const answer = await callWeiban(site, list, { ...filter, limit, offset });
	const { total } = answer;
	return {
		rows: objectsIn(answer[lists[list].rows]),
		total: total === undefined || total === null ? NaN : Number(total),
	};
}

/**
 * The rows of a list, page by page, one after the other. Asks for no more than are wanted, and gives a
 * row once though it moves to the next page meanwhile. Where rows are missing at the end, a remark says so.
 */
export async function* listPages(
	site: CallSite,
	list: ListName,
	filter: object,
	wanted: number,
): AsyncGenerator<JsonObject[]> {
	const { id, name } = lists[list];
	const unseen = newRows(id);
	let given = 0;
	let offset = 0;
	let total = NaN;
	for (let empty = 0; ; ) {
		const limit = Math.min(PAGE_SIZE, wanted - given);
		const page = await listPage(site, list, filter, { offset, limit });
		const { rows } = page;
		total = page.total;
		const fresh = unseen(rows).slice(0, limit);
		offset += rows.length;
		given += fresh.length;
		yield fresh;
		if (given >= wanted) {
			if (total > given) site.hint?.(`Weiban has ${total} ${name}; Limit cut them to ${given}.`);
			return;
		}
		// Without a total the list ends with a short page, or with one that brings nothing new.
		const isLast = Number.isNaN(total)
			? rows.length < limit || fresh.length === 0
			: offset >= total;
		if (isLast) break;
		if (rows.length > 0) empty = 0;
		else if (++empty > REPETITIONS) break;
		else await sleep(PAUSE_MS);
	}
	if (given < total) {
		site.hint?.(
			`Weiban counts ${total} ${name} and gave ${given}: the list changed while it was read, or Weiban held rows back. Run it again later.`,
		);
	}
}
