import {
	bodyOf,
	calls,
	createRegions,
	jsonOf,
	keyOf,
	located,
	useWorld,
	requests,
	run,
	search,
	SEED_ID,
	UNKNOWN_ID,
	vendor,
} from './world.mts';

useWorld();

describe('the list of dictionaries', () => {
	it('shows names, titles and the number of options, for one call', async () => {
		const { results, paginationToken } = await search('searchDictionaries');
		expect(results).toEqual([
			{
				name: '修改接口三级',
				value: SEED_ID,
				description: '接口新增1 / 接口新增2 / 接口新增3 (3 options)',
			},
		]);
		expect(paginationToken).toBeUndefined();
		expect(calls()).toEqual(['queryDictionary']);
		expect(bodyOf(0)).toEqual({ page: 1, pageSize: 100 });
	});

	it('finds a part of a name and an id', async () => {
		createRegions();
		const found = async (filter: string) =>
			(await search('searchDictionaries', {}, { filter })).results.map(({ name }) => name);
		expect(await found('地')).toEqual(['地区']);
		expect(await found(SEED_ID.slice(0, 8).toUpperCase())).toEqual(['修改接口三级']);
		expect(await found('没有')).toEqual([]);
	});

	it('reads one page after the other, also where 7moor makes them smaller', async () => {
		for (let n = 1; n < 150; n++) vendor().createDictionary({ name: `字典 ${n}` });
		vendor().maxPageSize = 60;
		const seen: unknown[] = [];
		let page: string | undefined;
		do {
			const { results, paginationToken } = await search('searchDictionaries', {}, { page });
			seen.push(...results.map(({ value }) => value));
			page = paginationToken;
		} while (page !== undefined);
		expect(new Set(seen).size).toBe(150);
		expect(requests()).toHaveLength(3);
	});

	it('shows the refusal of 7moor instead of an empty list', async () => {
		const credential = { apiSecret: 'wrong-secret' };
		await expect(search('searchDictionaries', {}, { credential })).rejects.toThrow(
			'sig error (7moor code 403)',
		);
		vendor().limitPerMinute = 0;
		await expect(search('searchDictionaries')).rejects.toThrow('(7moor code 429)');
	});
});

describe('the list of options', () => {
	const enable = { resource: 'dictionaryOption', operation: 'enable' };

	it.each([
		['list', undefined],
		['id', undefined],
		['name', '地区'],
	] as const)('belongs to the dictionary that is chosen: %s', async (mode, name) => {
		const id = createRegions();
		const { results } = await search('searchOptions', {
			...enable,
			dictionaryId: located(mode, name ?? id),
		});
		expect(results).toEqual([
			{ name: '华东', value: keyOf('a'), description: 'enabled' },
			{ name: '华东 / 上海', value: keyOf('b'), description: 'enabled' },
			{ name: '华东 / 杭州', value: keyOf('c'), description: 'disabled' },
			{ name: '华东 / 杭州 / 西湖', value: keyOf('f'), description: 'disabled' },
			{ name: '华南', value: keyOf('d'), description: 'enabled' },
			{ name: '华南 / 深圳', value: keyOf('e'), description: 'enabled' },
		]);
		expect(calls()).toEqual(['queryDictionary']);
	});

	it('is searched by the whole path, and says the states by the credential', async () => {
		const dictionaryId = located('id', createRegions());
		const credential = { enabledState: '1' };
		const options = { filter: '华东 / 杭', credential };
		const { results } = await search('searchOptions', { ...enable, dictionaryId }, options);
		expect(results).toMatchObject([
			{ name: '华东 / 杭州', description: 'enabled' },
			{ name: '华东 / 杭州 / 西湖' },
		]);
	});

	it.each([
		['', 'Dictionary is empty'],
		[UNKNOWN_ID, `Dictionary has no dictionary in 7moor: "${UNKNOWN_ID}"`],
	])('asks for a dictionary where there is none: %j', async (value, message) => {
		await expect(
			search('searchOptions', { ...enable, dictionaryId: located('list', value) }),
		).rejects.toThrow(message);
	});
});

describe('a dictionary', () => {
	const get = { resource: 'dictionary', operation: 'get' };

	it.each([
		['list', SEED_ID],
		['id', ` ${SEED_ID} `],
		['name', ' 修改接口三级 '],
	] as const)('is named in the way %s', async (mode, value) => {
		const result = await run({ ...get, dictionaryId: located(mode, value) });
		expect(jsonOf(result)).toMatchObject([{ id: SEED_ID }]);
		expect(requests()).toHaveLength(1);
	});

	it('that is updated by its name is looked up once', async () => {
		const update = {
			resource: 'dictionary',
			operation: 'update',
			dictionaryId: located('name', '修改接口三级'),
			updateFields: { name: '新名字' },
		};
		expect(jsonOf(await run(update))).toMatchObject([{ id: SEED_ID, changed: ['name'] }]);
		expect(calls()).toEqual(['queryDictionary', 'updateDictionary']);
		expect(bodyOf(1)).toEqual({ _id: SEED_ID, name: '新名字' });
		const grown = await run({
			...update,
			dictionaryId: located('name', '新名字'),
			optionsAs: 'addRows',
			optionRows: '别的',
		});
		expect(jsonOf(grown)).toMatchObject([{ changed: ['name', 'options'], optionCount: 4 }]);
		expect(requests()).toHaveLength(4);
	});

	it('says how many a limit kept back', async () => {
		for (let n = 1; n < 5; n++) vendor().createDictionary({ name: `字典 ${n}` });
		const getAll = { resource: 'dictionary', operation: 'getAll' };
		expect((await run({ ...getAll, limit: 2 })).hints).toEqual([
			'5 dictionaries match in 7moor; the limit let 2 through.',
		]);
		expect((await run({ ...getAll, limit: 5 })).hints).toEqual([]);
	});
});
