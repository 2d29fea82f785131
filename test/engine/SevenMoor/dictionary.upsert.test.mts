import {
	ANY_UUID,
	bodyOf,
	calls,
	createRegions,
	jsonOf,
	useWorld,
	option,
	refuse,
	regions,
	requests,
	run,
	stored,
	vendor,
} from './world.mts';

useWorld();

const upsert = {
	resource: 'dictionary',
	operation: 'upsert',
	name: ' 地区 ',
	headers: ['大区', '城市', '区'],
	optionRows: '华东 / 上海\n华北 / 北京',
};

it('creates the dictionary where no other has the name', async () => {
	const [item] = jsonOf(await run(upsert));
	const made = (name: string, options: object[] = []) => ({
		name,
		key: ANY_UUID,
		state: '2',
		options,
	});
	const options = [made('华东', [made('上海')]), made('华北', [made('北京')])];
	expect(item).toEqual({
		success: true,
		id: ANY_UUID,
		name: '地区',
		created: true,
		changed: true,
		levels: 3,
		headers: upsert.headers,
		optionCount: 4,
		options,
	});
	expect(calls()).toEqual(['queryDictionary', 'addDictionary']);
	expect(bodyOf(0)).toEqual({ name: '地区', page: 1, pageSize: 100 });
	expect(bodyOf(1)).toEqual({
		_id: item?.id,
		name: '地区',
		cascade: '3',
		headers: upsert.headers,
		options: item?.options,
	});
	expect(stored(String(item?.id))).toMatchObject({ name: '地区', options: item?.options });
});

it('adds the rows to the one that has the name and sends what changes only', async () => {
	const id = createRegions();
	const [item] = jsonOf(await run(upsert));
	expect(item).toMatchObject({ id, created: false, changed: true, optionCount: 8 });
	expect(calls()).toEqual(['queryDictionary', 'updateDictionary']);
	const north = { name: '华北', key: ANY_UUID, state: '2' };
	expect(bodyOf(1)).toEqual({
		_id: id,
		options: [
			...regions(),
			{ ...north, options: [{ name: '北京', key: ANY_UUID, state: '2', options: [] }] },
		],
	});
});

it('a second run changes nothing and sends nothing', async () => {
	jsonOf(await run(upsert));
	const again = jsonOf(await run(upsert));
	expect(again).toMatchObject([{ created: false, changed: false, optionCount: 4 }]);
	expect(calls()).toEqual(['queryDictionary', 'addDictionary', 'queryDictionary']);
});

it('replaces the options, which keep key and state where they keep their names', async () => {
	const id = createRegions();
	await run({
		...upsert,
		optionsAs: 'replaceRows',
		optionRows: '华东 / 杭州',
		headers: ['一', '二'],
	});
	expect(bodyOf(1)).toEqual({
		_id: id,
		cascade: '2',
		headers: ['一', '二'],
		options: [option('华东', 'a', '2', [option('杭州', 'c', '1')])],
	});
});

it('makes options in the state that the credential says', async () => {
	const credential = { enabledState: '1' };
	await run(upsert, { credential });
	await run({ ...upsert, name: '二', state: 'disabled' }, { credential });
	expect([bodyOf(1), bodyOf(3)]).toMatchObject([
		{ options: [{ state: '1' }, { state: '1' }] },
		{ options: [{ state: '2' }, { state: '2' }] },
	]);
});

it('takes no dictionary that has the name as a part of its own', async () => {
	vendor().nameMatch = 'partial';
	createRegions({ name: '地区二' });
	expect(jsonOf(await run(upsert))).toMatchObject([{ created: true }]);
});

it('shows a refusal of either call', async () => {
	refuse(403, 'no', { success: false });
	expect((await run(upsert)).error?.message).toBe('no (7moor code 403)');
	vendor().requireEnabled = true;
	const disabled = await run({ ...upsert, state: 'disabled' });
	expect(disabled.error?.message).toBe('字典项第一级至少有一个启用 (7moor code 400)');
	expect(disabled.error?.description).toMatch(/each level needs an enabled option/);
});

it.each([
	[{ name: ' ' }, 'Name is empty', []],
	[{ headers: [] }, 'Level Titles is empty', []],
	[{ optionRows: ' ' }, 'Option Rows is empty', []],
	[
		{ headers: ['一'] },
		'Option Rows has an option on level 2, which has no level title: "华东 / 上海"',
		[],
	],
	[
		{ headers: ['一', '二'] },
		'Option Rows has an option on level 3, which has no level title: "华东 / 杭州 / 西湖"',
		['queryDictionary'],
	],
])('refuses %j before anything is changed', async (parameters, message, asked) => {
	createRegions();
	expect((await run({ ...upsert, ...parameters })).error?.message).toBe(message);
	expect(calls()).toEqual(asked);
});

it('works its items one by one', async () => {
	const items = ['一', ' ', '二'].map((name) => ({ json: { name } }));
	const each = { ...upsert, name: '={{ $json.name }}' };
	const result = await run(each, { items, onError: 'continueRegularOutput' });
	expect(
		result.items.map(({ json, pairedItem }) => [json.created ?? json.error, pairedItem]),
	).toEqual([
		[true, { item: 0 }],
		['Name is empty', { item: 1 }],
		[true, { item: 2 }],
	]);
	expect(requests()).toHaveLength(4);
});
