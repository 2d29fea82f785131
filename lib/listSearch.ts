import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import type { CallSite } from './exchange';

/** One page of a list for people to pick from. */
export interface ListPage {
	readonly entries: INodeListSearchItems[];
	/** What to ask for the page after it; undefined after the last one. */
	readonly next?: string;
}

/** Reads one page at the vendor; the first one where `page` is undefined. */
export type ReadPage = (
	site: CallSite,
	page: string | undefined,
	filter: string,
) => Promise<ListPage>;

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** Pages that are read in search of a first match before the person has to ask for more. */
const MOST_PAGES = 5;

/** A list that the vendor searches. */
export function searchedByVendor(read: ReadPage): ListSearch {
	return async function (filter = '', page) {
		const { entries, next } = await read({ context: this }, page, filter.trim());
		return { results: entries, paginationToken: next };
	};
}

/** A list that the vendor cannot search: names, ids and descriptions are compared here, page by page. */
export function searchedHere(read: ReadPage): ListSearch {
	return async function (filter = '', page) {
		const wanted = filter.trim().toLowerCase();
		const matches = ({ name, value, description }: INodeListSearchItems) =>
			[name, String(value), description ?? ''].some((text) => text.toLowerCase().includes(wanted));
		let next = page;
		for (let pages = 1; ; pages++) {
			const found = await read({ context: this }, next, filter);
			const results = found.entries.filter(matches);
			next = found.next;
			if (results.length > 0 || next === undefined || pages === MOST_PAGES) {
				return { results, paginationToken: next };
			}
		}
	};
}
