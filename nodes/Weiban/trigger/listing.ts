import type { JsonObject } from '../../../lib/json';
import { textOrNull } from '../../../lib/workOrder';

/** One page of a list whose order is unknown and which may change between two pages. */
export interface ListPage {
	readonly rows: readonly JsonObject[];
	/** Rows of all pages; NaN where the vendor does not say. */
	readonly total: number;
}

/** What was read of a list. */
export interface Listing {
	/** Rows by order number, as they were read last. */
	readonly rows: ReadonlyMap<string, JsonObject>;
	/** False where rows may have slipped from one page to another unseen. */
	readonly settled: boolean;
}

export type PageReader = (offset: number) => Promise<ListPage>;

/** How often a list that moves while it is read is read again. */
const READINGS = 3;

/** Number of the order; undefined for a row that cannot be followed. */
function orderNoOf(row: JsonObject | undefined): string | undefined {
	return textOrNull(row?.order_no) ?? undefined;
}

/**
 * Reads all pages once, into `rows`; answers whether the list held still. Each page begins with the last
 * row of the one before: where it does not, rows have moved. A page may also come empty although it is
 * not the last (sheet weiban §5), so the rows are counted.
 */
async function readOnce(
	page: PageReader,
	rows: Map<string, JsonObject>,
	hasTime: () => boolean,
): Promise<boolean> {
	const found = new Set<string>();
	let settled = true;
	let anchor: string | undefined;
	let expected: number | undefined;
	for (let offset = 0; ; ) {
		const { rows: got, total } = await page(offset);
		settled &&= offset === 0 || (orderNoOf(got[0]) === anchor && Object.is(total, expected));
		for (const [index, row] of got.entries()) {
			const orderNo = orderNoOf(row);
			found.add(orderNo ?? `row ${offset + index}`);
			if (orderNo !== undefined) rows.set(orderNo, row);
		}
		const end = offset + got.length;
		// Without a total the list ends with a page that brings nothing new.
		const more = Number.isNaN(total) ? got.length > 1 : end < total;
		if (!more) return settled && (Number.isNaN(total) || found.size >= total);
		if (got.length < 2 || !hasTime()) return false;
		anchor = orderNoOf(got.at(-1));
		expected = total;
		offset = end - 1;
	}
}

/** Reads a whole list, again where it moved meanwhile. */
export async function readListing(page: PageReader, hasTime: () => boolean): Promise<Listing> {
	const rows = new Map<string, JsonObject>();
	let settled = false;
	for (let reading = 0; reading < READINGS && !settled; reading++) {
		if (reading > 0 && !hasTime()) break;
		settled = await readOnce(page, rows, hasTime);
	}
	return { rows, settled };
}
