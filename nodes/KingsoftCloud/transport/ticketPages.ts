import type { CallSite } from '../../../lib/exchange';
import { isJsonObject, type JsonObject } from '../../../lib/json';
import { callKingsoft } from './index';

/** The vendor names no maximum; 100 keeps the number of requests low. */
export const USUAL_PAGE_SIZE = 100;

export interface PageOptions {
	/** Rows wanted at most. */
	readonly limit?: number;
	readonly pageSize?: number;
}

/**
 * Pages of list_tickets. Ends by `total`, not by a short page: whether the vendor cuts a large page_size
 * is unknown. Asks for no page beyond the last one and for no more rows than wanted.
 */
export async function* ticketPages(
	site: CallSite,
	filter: object,
	{ limit = Infinity, pageSize = USUAL_PAGE_SIZE }: PageOptions = {},
): AsyncGenerator<JsonObject[]> {
	const size = Math.min(pageSize, limit);
	let read = 0;
	for (let page = 1; ; page++) {
		const { data } = await callKingsoft(site, 'listTickets', {
			body: { ...filter, page, page_size: size },
		});
		const { tickets, pagination } = isJsonObject(data) ? data : {};
		const rows = Array.isArray(tickets) ? tickets.filter(isJsonObject) : [];
		const total = isJsonObject(pagination) ? Number(pagination.total) : NaN;
		yield rows.slice(0, limit - read);
		read += rows.length;
		const last = Number.isNaN(total) ? rows.length < size : read >= total;
		if (rows.length === 0 || read >= limit || last) return;
	}
}
