import { searchedHere, type ReadPage } from '../../../lib/listSearch';
import type { JsonObject } from '../../../lib/json';
import { ticketPage, USUAL_PAGE_SIZE } from '../transport/ticketPages';
import { toWorkOrder } from '../workOrder';

function entryOf(record: JsonObject) {
	const { id, title, status, customer } = toWorkOrder(record);
	return {
		name: title === null ? id : `${id} ${title}`,
		value: id,
		description: customer.name === null ? status : `${status}, ${customer.name}`,
	};
}

/** Pages of all tickets; the mark of a page is its number and the number of rows before it. */
const tickets: ReadPage = async (site, mark = '1 0') => {
	const [page = 1, read = 0] = mark.split(' ').map(Number);
	const { rows, last } = await ticketPage(site, {}, page, { size: USUAL_PAGE_SIZE, read });
	return {
		entries: rows.map(entryOf),
		next: last ? undefined : `${page + 1} ${read + rows.length}`,
	};
};

export const listSearch = {
	/** list_tickets has no filter for titles or ids (sheet kingsoft §3.1). */
	searchTickets: searchedHere(tickets),
};
