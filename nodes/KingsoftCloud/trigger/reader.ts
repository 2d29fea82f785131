import type { IPollFunctions } from 'n8n-workflow';

import { failureOf } from '../../../lib/errors';
import { isJsonObject, type JsonObject } from '../../../lib/json';
import { idOrNull } from '../../../lib/workOrder';
import { callKingsoft } from '../transport';
import { ticketPage, ticketPages, USUAL_PAGE_SIZE } from '../transport/ticketPages';
import type { Listing, TicketReader } from './listing';

/** A refusal by the vendor itself, told from failures that will pass. */
function isRefusal(error: unknown): boolean {
	const { code, cause } = failureOf(error) ?? {};
	return code?.startsWith('errno') === true && cause === undefined;
}

/** A row without an id can neither be told nor remembered; it does not stop the others. */
function withIds(context: IPollFunctions, rows: readonly JsonObject[]): JsonObject[] {
	const usable = rows.filter(({ id }) => idOrNull(id) !== null);
	if (usable.length < rows.length) {
		context.logger.warn('Kingsoft Cloud lists a ticket without an ID; it is left out');
	}
	return usable;
}

async function listing(context: IPollFunctions, filter: object): Promise<Listing> {
	const pages: JsonObject[][] = [];
	for await (const page of ticketPages({ context }, filter)) pages.push(withIds(context, page));
	return { rows: pages.flat(), isWhole: pages.length === 1 };
}

async function pageRows(context: IPollFunctions, page: number) {
	const { rows, total } = await ticketPage({ context }, {}, page, {
		size: USUAL_PAGE_SIZE,
		read: 0,
	});
	return { rows: withIds(context, rows), total };
}

/**
 * Asks Kingsoft Cloud on behalf of a poll. Single tickets are read as `base`, or as `detail`, which also
 * tells the handler and the product line.
 */
export function ticketReader(context: IPollFunctions, form: 'base' | 'detail'): TicketReader {
	return {
		// Whether 0 means "any" is unknown, so it is left out.
		createdSince: async (seconds) =>
			await listing(context, seconds > 0 ? { created_start: seconds } : {}),
		inStatus: async (status) => await listing(context, { status }),
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
