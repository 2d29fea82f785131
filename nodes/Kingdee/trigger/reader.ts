import type { IPollFunctions } from 'n8n-workflow';

import type { JsonObject } from '../../../lib/json';
import { collected } from '../../../lib/listing';
import {
	PROCESSING_RECORD,
	PROCESSING_RECORD_FIELDS,
	WORK_ORDER,
	WORK_ORDER_FIELDS,
} from '../entities';
import { listPages, loadRecord, PAGE_SIZE, type Condition } from '../transport/records';
import { numberOf } from './newest';

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

async function allRows(pages: AsyncIterable<JsonObject[]>): Promise<JsonObject[]> {
	return await collected(pages, (row) => row);
}

/** Asks Kingdee on behalf of a poll. */
export function orderReader(context: IPollFunctions, orderBy: string): OrderReader {
	const site = { context };
	const orders = (...allOf: Condition[]) =>
		listPages(site, {
			entityName: WORK_ORDER,
			selectProperties: WORK_ORDER_FIELDS,
			allOf,
			orderBy,
		});
	return {
		pageSize: PAGE_SIZE,
		orders: () => orders(),
		records: () =>
			listPages(site, {
				entityName: PROCESSING_RECORD,
				selectProperties: PROCESSING_RECORD_FIELDS,
				orderBy,
			}),
		inState: async (letter) =>
			await allRows(orders({ property: 'billstatus', cp: '=', value: letter })),
		one: async (id) =>
			await loadRecord(site, {
				entityName: WORK_ORDER,
				id,
				selectProperties: WORK_ORDER_FIELDS,
			}),
		numbered: async (number) => {
			const found = await allRows(orders({ property: 'billno', cp: '=', value: number }));
			const order = found.find((row) => numberOf(row) === number);
			if (order === undefined) {
				context.logger.warn(
					`Kingdee has no work order ${number}; its processing record is left out`,
				);
			}
			return order;
		},
		details: async (id) => await loadRecord(site, { entityName: WORK_ORDER, id }),
	};
}
