import type { IPollFunctions } from 'n8n-workflow';

import type { JsonObject } from '../../../lib/json';
import { listPages, loadRecord, PAGE_SIZE, type ListQuery } from '../transport/records';

/** Unfinished states: new, not audited, not handled, in audit, in progress (sheet kingdee §3.1.2). */
export const openLetters = ['A', 'Z', 'C', 'B', 'F'] as const;
export type OpenLetter = (typeof openLetters)[number];

/** What a poll may ask the vendor. */
export interface OrderReader {
	readonly pageSize: number;
	/** Pages of all orders, newest first if the vendor heeds the order asked for. */
	orders(): AsyncIterable<JsonObject[]>;
	/** Pages of all processing records, likewise. */
	records(): AsyncIterable<JsonObject[]>;
	/** All orders in one of the unfinished states. */
	inState(letter: OpenLetter): Promise<JsonObject[]>;
	/** One order; undefined where the vendor refuses to show it. */
	one(id: string): Promise<JsonObject | undefined>;
	/** The order of a number; undefined where there is none. */
	numbered(number: string): Promise<JsonObject | undefined>;
	/** One order with all its fields; undefined where the vendor refuses to show it. */
	details(id: string): Promise<JsonObject | undefined>;
}

const ORDER = 'wg_service_workorder';
const ORDER_FIELDS = [
	'id',
	'billno',
	'billstatus',
	'billdate',
	'feedbackdate',
	'feedbacktype',
	'custdldate',
	'actualcompletiontime',
	'completionprogress',
	'totalservicehours',
	'promble',
	'comment',
	'linkman',
	'mobile',
	'address',
	'servicecustomer.name',
	'dealman.name',
].join(',');

const RECORD = 'wg_deal_record';
const RECORD_FIELDS = [
	'id',
	'billno',
	'sourcebillno',
	'feedbackno',
	'combofield',
	'completionprogress',
	'workinghours',
	'startdate',
	'enddate',
	'emp',
	'dept',
	'mulemp',
	'wg_reason',
	'wg_scheme',
	'wg_result',
	'remark',
	'wg_address',
	'wg_pre_image',
	'wg_after_image',
].join(',');

async function allRows(pages: AsyncIterable<JsonObject[]>): Promise<JsonObject[]> {
	const rows: JsonObject[] = [];
	for await (const page of pages) for (const row of page) rows.push(row);
	return rows;
}

/** Asks Kingdee on behalf of a poll. */
export function orderReader(context: IPollFunctions, orderBy: string): OrderReader {
	const site = { context };
	const orders = (equal?: ListQuery['equal']) =>
		listPages(site, { entityName: ORDER, selectProperties: ORDER_FIELDS, equal, orderBy });
	return {
		pageSize: PAGE_SIZE,
		orders: () => orders(),
		records: () =>
			listPages(site, { entityName: RECORD, selectProperties: RECORD_FIELDS, orderBy }),
		inState: async (letter) => await allRows(orders({ billstatus: letter })),
		one: async (id) => await loadRecord(site, ORDER, id, ORDER_FIELDS),
		numbered: async (number) => {
			const [order] = await allRows(orders({ billno: number }));
			if (order === undefined) {
				context.logger.warn(
					`Kingdee has no work order ${number}; its processing record is left out`,
				);
			}
			return order;
		},
		// Empty means all fields (sheet kingdee §3.1.2).
		details: async (id) => await loadRecord(site, ORDER, id, ''),
	};
}
