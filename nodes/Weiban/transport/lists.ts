import type { CallSite } from '../../../lib/exchange';
import { isJsonObject, type JsonObject } from '../../../lib/json';
import { callWeiban, type Endpoint } from './index';

/** A list of the vendor: where its rows stand in the answer, what identifies a row, what people call them. */
interface List {
	readonly rows: string;
	readonly id: string;
	readonly name: string;
}

const lists = {
	workOrderList: { rows: 'workorder_list', id: 'order_no', name: 'work orders' },
	staffList: { rows: 'staff_list', id: 'id', name: 'members of staff' },
} as const satisfies Partial<Record<Endpoint, List>>;

export type ListName = keyof typeof lists;

export interface ListPage {
	readonly rows: JsonObject[];
	/** Rows of all pages; NaN where Weiban does not say. */
	readonly total: number;
}

/** As large as Weiban allows (sheet weiban §3.2). */
export const PAGE_SIZE = 100;

export async function listPage(
	site: CallSite,
	list: ListName,
	filter: object,
	{ offset, limit = PAGE_SIZE }: { offset: number; limit?: number },
): Promise<ListPage> {
	const answer = await callWeiban(site, list, { ...filter, limit, offset });
	const rows = answer[lists[list].rows];
	const { total } = answer;
	return {
		rows: Array.isArray(rows) ? rows.filter(isJsonObject) : [],
		total: total === undefined || total === null ? NaN : Number(total),
	};
}
