import { NodeApiError, type IPollFunctions } from 'n8n-workflow';

import { isJsonObject, type JsonObject } from '../../../lib/json';
import { callKingsoft } from '../transport';
import { ticketPages, USUAL_PAGE_SIZE } from '../transport/ticketPages';
import type { TicketReader } from './watch';

/** A refusal by the vendor itself, told from failures that will pass. */
function isRefusal(error: unknown): boolean {
	if (!(error instanceof NodeApiError)) return false;
	const data: unknown = error.context.data;
	return isJsonObject(data) && typeof data.code === 'string' && data.code.startsWith('errno');
}

async function allRows(context: IPollFunctions, filter: object): Promise<JsonObject[]> {
	const rows: JsonObject[] = [];
	for await (const page of ticketPages({ context }, filter)) for (const row of page) rows.push(row);
	return rows;
}

async function pageRows(context: IPollFunctions, page: number) {
	const { data } = await callKingsoft({ context }, 'listTickets', {
		body: { page, page_size: USUAL_PAGE_SIZE },
	});
	const { tickets, pagination } = isJsonObject(data) ? data : {};
	return {
		rows: Array.isArray(tickets) ? tickets.filter(isJsonObject) : [],
		total: isJsonObject(pagination) ? Number(pagination.total) : 0,
	};
}

/**
 * Asks Kingsoft Cloud on behalf of a poll. Single tickets are read as `base`, or as `detail`, which also
 * tells the handler and the product line.
 */
export function ticketReader(context: IPollFunctions, form: 'base' | 'detail'): TicketReader {
	return {
		// Whether 0 means "any" is unknown, so it is left out.
		createdSince: async (seconds) =>
			await allRows(context, seconds > 0 ? { created_start: seconds } : {}),
		inStatus: async (status) => await allRows(context, { status }),
		sample: async () => {
			const first = await pageRows(context, 1);
			const lastPage = Math.ceil(first.total / USUAL_PAGE_SIZE);
			const last = lastPage > 1 ? await pageRows(context, lastPage) : { rows: [] };
			return [...first.rows, ...last.rows];
		},
		one: async (id) =>
			await callKingsoft({ context }, form, { query: { id } })
				.then(({ data }) => (isJsonObject(data) ? data : undefined))
				.catch((error: unknown) => {
					if (!isRefusal(error)) throw error;
					context.logger.warn(`Kingsoft Cloud does not show ticket ${id}; it is tried again`);
					return undefined;
				}),
	};
}
