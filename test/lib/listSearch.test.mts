import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { searchedByVendor, searchedHere, type ListPage } from '../../lib/listSearch';

const editor = {} as ILoadOptionsFunctions;

/** Pages of three entries, named by their number: "Order 1". */
function pagesOf(count: number) {
	const asked: (string | undefined)[] = [];
	const read = async (_site: object, page: string | undefined): Promise<ListPage> => {
		asked.push(page);
		const first = Number(page ?? 0);
		const entries = Array.from({ length: Math.min(3, count - first) }, (_entry, index) => ({
			name: `Order ${first + index + 1}`,
			value: `id-${first + index + 1}`,
		}));
		return { entries, next: first + 3 < count ? String(first + 3) : undefined };
	};
	return { asked, read };
}

test('without a filter a page is one page of the vendor, and the token leads to the next', async () => {
	const { asked, read } = pagesOf(5);
	const search = searchedHere(read);
	const first = await search.call(editor);
	expect(first.results.map(({ value }) => value)).toEqual(['id-1', 'id-2', 'id-3']);
	const last = await search.call(editor, undefined, first.paginationToken);
	expect(last).toEqual({
		results: [
			{ name: 'Order 4', value: 'id-4' },
			{ name: 'Order 5', value: 'id-5' },
		],
		paginationToken: undefined,
	});
	expect(asked).toEqual([undefined, '3']);
});

test.each(['order 8', 'ID-8', ' 8 '])('%j is found on a later page', async (filter) => {
	const { asked, read } = pagesOf(9);
	const { results } = await searchedHere(read).call(editor, filter);
	expect(results).toEqual([{ name: 'Order 8', value: 'id-8' }]);
	expect(asked).toHaveLength(3);
});

test('a search without a match stops after five pages and says where to go on', async () => {
	const { asked, read } = pagesOf(60);
	const first = await searchedHere(read).call(editor, 'Order 59');
	expect(first).toEqual({ results: [], paginationToken: '15' });
	expect(asked).toHaveLength(5);
});

test('what the vendor searches is not filtered again', async () => {
	const asked: string[] = [];
	const search = searchedByVendor(async (_site, _page, filter) => {
		asked.push(filter);
		return { entries: [{ name: '漏水', value: '1' }] };
	});
	expect(await search.call(editor, ' leak ')).toEqual({
		results: [{ name: '漏水', value: '1' }],
		paginationToken: undefined,
	});
	expect(asked).toEqual(['leak']);
});

test('a failing list fails with the error of the call', async () => {
	const search = searchedHere(async () => {
		throw new Error('errcode 10001');
	});
	await expect(search.call(editor)).rejects.toThrow('errcode 10001');
});
