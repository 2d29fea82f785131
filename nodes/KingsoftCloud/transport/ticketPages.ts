import type { CallSite } from '../../../lib/exchange';
import { isJsonObject, objectsIn, type JsonObject } from '../../../lib/json';
import { callKingsoft } from './index';

/** The vendor names no maximum; 100 keeps the number of requests low. */
export const USUAL_PAGE_SIZE = 100;

export interface PageOptions {
	/** Rows wanted at most. */
	readonly limit?: number;
	readonly pageSize?: number;
}

export interface TicketPage {
	readonly rows: JsonObject[];
	/** Whether all matching tickets have been read with this page. */
	readonly last: boolean;
	/** Number of all matches; NaN where the vendor does not say. */
	readonly total: number;
}

/**
 * One page of list_tickets, counted from 1, after `read` rows of the pages before it. The end is told by
 * `total`, not by a short page: whether the vendor cuts a large page_size is unknown.
 */
export async function ticketPage(
	site: CallSite,
	filter: object,
	page: number,
	{ size, read }: { readonly size: number; readonly read: number },
): Promise<TicketPage> {
	const { data } = await callKingsoft(site, 'listTickets', {
		body: { ...filter, page, page_size: size },
	});
	const { tickets, pagination } = isJsonObject(data) ? data : {};
	const rows = objectsIn(tickets);
	const total = isJsonObject(pagination) ? Number(pagination.total) : NaN;
	const ended = Number.isNaN(total) ? rows.length < size : read + rows.length >= total;
	return { rows, last: ended || rows.length === 0, total };
}

/** Pages of list_tickets; asks for no page beyond the last one and for no more rows than wanted. */
export async function* ticketPages(
	site: CallSite,
	filter: object,
	{ limit = Infinity, pageSize = USUAL_PAGE_SIZE }: PageOptions = {},
): AsyncGenerator<JsonObject[]> {
	const size = Math.min(pageSize, limit);
	let before = '';
	let read = 0;
	for (let page = 1; ; page++) {
		const { rows, last, total } = await ticketPage(site, filter, page, { size, read });
		// The page before once more would come again and again. Not all ids are kept: there may be 100,000.
		const ends = JSON.stringify([rows[0], rows.at(-1)]);
		if (rows.length > 0 && ends === before) return;
		before = ends;
		yield rows.slice(0, limit - read);
		read += rows.length;
		if (last) return;
		if (read < limit) continue;
		if (!Number.isNaN(total)) {
			site.hint?.(`${total} tickets match in Kingsoft Cloud; the limit let ${limit} through.`);
		}
		return;
	}
}
