import type { CallSite } from '../../../lib/exchange';
import type { Uuid } from '../../../lib/ids';
import { objectsIn, type JsonObject, type JsonValue } from '../../../lib/json';
import { newRows } from '../../../lib/newRows';
import { callSevenMoor } from './index';

/** What the query call filters by; whether it takes a part of a name is not published. */
export interface DictionaryFilter {
	readonly _id?: Uuid;
	readonly name?: string;
}

/** The largest page size is not published; this one keeps a Return All under 20 calls a minute. */
export const USUAL_PAGE_SIZE = 100;

/** Number of all matches, where the vendor gives it. */
function totalIn(count: JsonValue | undefined): number | undefined {
	const total = typeof count === 'string' && count !== '' ? Number(count) : count;
	return typeof total === 'number' && Number.isFinite(total) ? total : undefined;
}

export interface DictionaryPage {
	readonly records: JsonObject[];
	/** Number of all matches, where the vendor gives it. */
	readonly total: number | undefined;
}

/** One page, counted from 1. */
export async function dictionaryPage(
	site: CallSite,
	filter: DictionaryFilter,
	page: number,
	pageSize: number,
): Promise<DictionaryPage> {
	const query = { ...filter, page, pageSize };
	const { list, count } = await callSevenMoor(site, 'queryDictionary', query);
	return {
		records: objectsIn(list),
		total: totalIn(count),
	};
}

/**
 * Whether no dictionaries are left after a page, `seen` being the number of records up to its end. A short
 * page is no sign of the end while `count` says more: the vendor may cap pages.
 */
export function isLastPage(
	{ records, total }: DictionaryPage,
	seen: number,
	size: number,
): boolean {
	const all = total ?? (records.length < size ? seen : Infinity);
	return records.length === 0 || seen >= all;
}

/** Yields at most `most` dictionaries, page by page, and asks for no page that holds none. */
export async function* dictionaries(
	site: CallSite,
	filter: DictionaryFilter,
	most = Infinity,
	pageSize = USUAL_PAGE_SIZE,
): AsyncGenerator<JsonObject> {
	const size = Math.min(most, pageSize);
	const unseen = newRows('_id');
	let seen = 0;
	for (let number = 1; ; number++) {
		const page = await dictionaryPage(site, filter, number, size);
		if (unseen(page.records).length === 0) return;
		yield* page.records.slice(0, most - seen);
		seen += page.records.length;
		if (isLastPage(page, seen, size)) return;
		if (seen < most) continue;
		if (page.total !== undefined) {
			site.hint?.(`${page.total} dictionaries match in 7moor; the limit let ${most} through.`);
		}
		return;
	}
}

/** The dictionary with this id; undefined where there is none. */
export async function dictionaryById(site: CallSite, id: Uuid): Promise<JsonObject | undefined> {
	const { records } = await dictionaryPage(site, { _id: id }, 1, 1);
	return records.find(({ _id }) => String(_id).toLowerCase() === id.toLowerCase());
}

/** The dictionary with exactly this name but for spaces around it, among those the vendor finds by it. */
export async function dictionaryByName(
	site: CallSite,
	name: string,
): Promise<JsonObject | undefined> {
	for await (const record of dictionaries(site, { name })) {
		if (String(record.name).trim() === name.trim()) return record;
	}
	return undefined;
}
