import {
	bodyOf,
	calls,
	createRegions,
	jsonOf,
	keyOf,
	located,
	useWorld,
	refuse,
	requests,
	run,
	UNKNOWN_ID,
	vendor,
} from './world.mts';

useWorld();

const getAll = (dictionaryId: unknown, more: object = {}) => ({
	resource: 'dictionaryOption',
	operation: 'getAll',
	dictionaryId: located('id', dictionaryId),
	...more,
});

it('answers every option with its full path, parents first, for one call', async () => {
	const id = createRegions();
	const items = jsonOf(await run(getAll(id)));
	expect(items.map(({ path }) => path)).toEqual([
		'华东',
		'华东 / 上海',
		'华东 / 杭州',
		'华东 / 杭州 / 西湖',
		'华南',
		'华南 / 深圳',
	]);
	expect(items[3]).toEqual({
		dictionaryId: id,
		key: keyOf('f'),
		name: '西湖',
		path: '华东 / 杭州 / 西湖',
		level: 3,
		levelTitle: '区',
		state: '1',
		enabled: false,
		leaf: true,
		parentKey: keyOf('c'),
	});
	expect(items[0]).toMatchObject({ level: 1, enabled: true, leaf: false, parentKey: null });
	expect(calls()).toEqual(['queryDictionary']);
	expect(bodyOf(0)).toEqual({ _id: id, page: 1, pageSize: 1 });
});

it('answers the record as 7moor has it, or the fields that are chosen', async () => {
	const id = createRegions();
	const raw = jsonOf(await run(getAll(id, { output: 'raw' })));
	expect(raw[2]).toEqual({
		name: '杭州',
		key: keyOf('c'),
		state: '1',
		options: [{ name: '西湖', key: keyOf('f'), state: '1', options: [], level: 3 }],
		level: 2,
	});
	const chosen = { output: 'selected', selectedFields: ['path', 'key'] };
	expect(jsonOf(await run(getAll(id, { ...chosen, limit: 1 })))).toEqual([
		{ path: '华东', key: keyOf('a') },
	]);
});

it('says by the credential which state is enabled, and of another state nothing', async () => {
	const id = createRegions();
	const enabled = async (credential: object) =>
		jsonOf(await run(getAll(id), { credential: { ...credential } })).map((item) => item.enabled);
	expect(await enabled({})).toEqual([true, true, false, false, true, true]);
	expect(await enabled({ enabledState: '1' })).toEqual([false, false, true, true, false, false]);
	refuse(200, 'ok', {
		success: true,
		list: [{ _id: id, options: [{ name: '甲', state: '3' }] }],
	});
	expect(jsonOf(await run(getAll(id)))).toMatchObject([
		{ name: '甲', key: null, state: '3', enabled: null, levelTitle: null },
	]);
});

it('ends at the limit and says what it kept back', async () => {
	const id = createRegions();
	const limited = await run(getAll(id, { limit: 4 }));
	expect(limited.items).toHaveLength(4);
	expect(limited.hints).toEqual(['The dictionary has 6 options; the limit let 4 through.']);
	const all = await run(getAll(id, { returnAll: true }));
	expect(all.items).toHaveLength(6);
	expect(all.hints).toEqual([]);
	expect(requests()).toHaveLength(2);
});

it('shows refusals, and goes on with the other items', async () => {
	const id = createRegions();
	const items = [UNKNOWN_ID, 'x', id].map((value) => ({ json: { value } }));
	const each = { ...getAll(''), dictionaryId: '={{ $json.value }}', limit: 1 };
	const result = await run(each, { items, onError: 'continueRegularOutput' });
	expect(result.items.map(({ json, pairedItem }) => [json.error ?? json.name, pairedItem])).toEqual(
		[
			[`Dictionary has no dictionary in 7moor: "${UNKNOWN_ID}"`, { item: 0 }],
			['Dictionary is not a standard UUID: "x"', { item: 1 }],
			['华东', { item: 2 }],
		],
	);
	vendor().limitPerMinute = 0;
	const { error } = await run(getAll(id));
	expect(error?.message).toBe('request too frequently (7moor code 429)');
	expect(error?.description).toMatch(/20 calls a minute/);
	expect((await run(getAll(id, { output: 'all' }))).error?.message).toBe(
		'Output has no option "all"',
	);
});
