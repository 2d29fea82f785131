import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	ANY_UUID,
	bodyOf,
	calls,
	createRegions,
	jsonOf,
	located,
	useWorld,
	option,
	refuse,
	regions,
	run,
	stored,
	UNKNOWN_ID,
	vendor,
	sandbox,
} from './world.mts';

useWorld();

let id = '';
beforeEach(() => {
	id = createRegions();
});

const columns = (...names: string[]) => ({ level: names.map((column) => ({ column })) });
const sync = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'dictionaryOption',
	operation: 'syncFromItems',
	dictionaryId: located('id', id),
	levelColumns: columns('大区', '城市'),
	...more,
});
const rows = (...table: [unknown?, unknown?, unknown?][]) => ({
	items: table.map(([area, city, district]) => ({
		json: { 大区: area, 城市: city, 区: district } as IDataObject,
	})),
});
const table = rows(['华东', '上海'], ['华东', '杭州'], ['华东', '南京'], ['华北', '北京']);

const difference = {
	added: ['华东 / 南京', '华北', '华北 / 北京'],
	enabled: [],
	disabled: [],
};
const made = (name: string, options: object[] = []) => ({
	name,
	key: ANY_UUID,
	state: '2',
	options,
});
const [east, south] = regions();
const grown = [
	{ ...east, options: [...(east?.options ?? []), made('南京')] },
	south,
	made('华北', [made('北京')]),
];

it('brings all items into the tree with two calls and keeps every key', async () => {
	const result = await run(sync(), table);
	expect(jsonOf(result)).toEqual([
		{
			success: true,
			dryRun: false,
			changed: true,
			dictionaryId: id,
			dictionaryName: '地区',
			rows: 4,
			...difference,
			notInTable: ['华东 / 杭州 / 西湖', '华南', '华南 / 深圳'],
		},
	]);
	expect(result.items[0]?.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }, { item: 3 }]);
	expect(calls()).toEqual(['queryDictionary', 'updateDictionary']);
	expect(bodyOf(0)).toEqual({ _id: id, page: 1, pageSize: 1 });
	expect(bodyOf(1)).toEqual({ _id: id, options: grown });
	expect(stored(id)?.options).toEqual(grown);
});

it('shows the difference in a dry run and changes nothing', async () => {
	const result = await run(sync({ dryRun: true, others: 'disable' }), table);
	expect(jsonOf(result)).toEqual([
		{
			success: true,
			dryRun: true,
			changed: false,
			dictionaryId: id,
			dictionaryName: '地区',
			rows: 4,
			added: difference.added,
			enabled: [],
			disabled: ['华南', '华南 / 深圳'],
			notInTable: null,
		},
	]);
	expect(calls()).toEqual(['queryDictionary']);
	expect(stored(id)?.options).toEqual(regions());
});

it('a second run finds nothing to change and sends nothing', async () => {
	for (const others of ['report', 'disable']) {
		await run(sync({ others }), table);
		sandbox().clearRequests();
		expect(jsonOf(await run(sync({ others }), table))).toMatchObject([
			{ changed: false, added: [], enabled: [], disabled: [] },
		]);
		expect(calls()).toEqual(['queryDictionary']);
	}
});

it.each([
	['leave', { disabled: [], notInTable: null }, '2'],
	['report', { disabled: [], notInTable: ['华东 / 杭州 / 西湖', '华南', '华南 / 深圳'] }, '2'],
	['disable', { disabled: ['华南', '华南 / 深圳'], notInTable: null }, '1'],
])('options that the table does not name: %s', async (others, answer, state) => {
	expect(jsonOf(await run(sync({ others }), table))).toMatchObject([answer]);
	const [, left] = bodyOf(1).options as IDataObject[];
	expect(left).toEqual({ ...option('华南', 'd', state, [option('深圳', 'e', state)]) });
});

it('enables what the table names when asked, in the states of the credential', async () => {
	const enable = sync({ others: 'disable', options: { enableNamed: true } });
	expect(jsonOf(await run({ ...enable, dryRun: true }, table))).toMatchObject([
		{ enabled: ['华东 / 杭州'], disabled: ['华南', '华南 / 深圳'] },
	]);
	const credential = { enabledState: '1' };
	expect(jsonOf(await run(enable, { ...table, credential }))).toMatchObject([
		{ enabled: ['华东', '华东 / 上海'], disabled: ['华东 / 杭州 / 西湖'] },
	]);
	expect(bodyOf(2)).toMatchObject({
		options: [
			{ state: '1', options: [{ state: '1' }, { state: '1' }, { name: '南京', state: '1' }] },
			{ state: '2', options: [{ state: '2' }] },
			{ name: '华北', state: '1' },
		],
	});
});

it('reads ragged rows, numbers, fields within fields and repeated rows', async () => {
	const items = [
		{ json: { a: ' 甲 ', at: { b: 7 } } },
		{ json: { a: '甲', at: { b: '7' } } },
		{ json: { a: '乙', at: {} } },
		{ json: { a: '', at: { b: null } } },
		{ json: { a: '丙', at: { b: '12345678901234567890' } } },
	];
	const nested = sync({ levelColumns: columns('a', 'at.b'), others: 'leave' });
	const result = await run(nested, { items });
	expect(jsonOf(result)).toMatchObject([
		{ rows: 4, added: ['甲', '甲 / 7', '乙', '丙', '丙 / 12345678901234567890'] },
	]);
	expect(result.hints).toEqual(['1 of 5 input items have no level filled in and were left out.']);
	expect(result.items[0]?.pairedItem).toHaveLength(5);
});

it('takes a field whose name has a dot by its whole name', async () => {
	const items = [{ json: { 'a.b': '甲', a: { b: '乙' } } }];
	const dotted = sync({ levelColumns: columns('a.b') });
	expect(jsonOf(await run(dotted, { items }))).toMatchObject([{ added: ['甲'] }]);
});

it('finds the dictionary by its name, with two calls as well', async () => {
	const byName = sync({ dictionaryId: located('name', '地区') });
	expect(jsonOf(await run(byName, table))).toMatchObject([{ dictionaryId: id, changed: true }]);
	expect(calls()).toEqual(['queryDictionary', 'updateDictionary']);
});

it('brings 2,000 rows in with two calls', async () => {
	const many = Array.from({ length: 2000 }, (_, n): [string, string] => [
		`区 ${n % 40}`,
		`城市 ${n}`,
	]);
	const [answer] = jsonOf(await run(sync(), rows(...many)));
	expect(answer).toMatchObject({ rows: 2000 });
	expect(answer?.added).toHaveLength(2040);
	expect(calls()).toEqual(['queryDictionary', 'updateDictionary']);
});

it.each<[string, INodeParameters, ReturnType<typeof rows>, string]>([
	['no columns', { levelColumns: {} }, table, 'Level Columns is empty'],
	['an empty column', { levelColumns: columns(' ') }, table, 'Field is empty'],
	[
		'a column that no item has',
		{ levelColumns: columns('大区', '省') },
		table,
		'Level Columns has a field that no input item has: "省"',
	],
	[
		'a value in place of a name',
		{ levelColumns: { level: [{ column: '={{ $json.大区 }}' }] } },
		table,
		'Level Columns has a field that no input item has: "华东"',
	],
	[
		'a gap',
		{ levelColumns: columns('大区', '城市', '区') },
		rows(['华东', '上海', '浦东'], ['华东', '', '浦东']),
		'Level Columns has a gap in item 1: "城市" is empty, but a level below it is not',
	],
	[
		'a value that is no text',
		{},
		rows(['华东', { name: '上海' }]),
		'Level Columns has a value that is not text in item 0: "城市"',
	],
	[
		'a number that has lost digits',
		{},
		rows(['华东', Number('12345678901234567890')]),
		'Level Columns has a value that is not text in item 0: "城市"',
	],
	[
		'empty rows only',
		{},
		rows(['', ''], [null, '']),
		'Level Columns has no value in any input item',
	],
	[
		'an unknown choice',
		{ others: 'delete' },
		table,
		'Options Not in the Table has no option "delete"',
	],
	[
		'a dictionary that is no id',
		{ dictionaryId: located('id', '={{ "x" }}') },
		table,
		'Dictionary is not a standard UUID: "x"',
	],
])('refuses %s before anything is sent', async (_what, more, input, message) => {
	const { error, items } = await run(sync(more), input);
	expect(error?.message).toBe(message);
	expect(items).toEqual([]);
	expect(calls()).toEqual([]);
});

it.each([true, false])(
	'refuses a table with too many levels, dry run or not: %s',
	async (dryRun) => {
		vendor().deleteDictionary(id);
		id = createRegions({ cascade: '1', headers: ['大区'], options: [option('华东', 'a')] });
		const { error } = await run(sync({ dryRun }), table);
		expect(error?.message).toBe(
			'Level Columns has an option on level 2, which has no level title: "华东 / 上海"',
		);
		expect(calls()).toEqual(['queryDictionary']);
	},
);

it('shows a dictionary that is not there and the refusals of either call', async () => {
	const unknown = await run(sync({ dictionaryId: located('id', UNKNOWN_ID) }), table);
	expect(unknown.error?.message).toBe(`Dictionary has no dictionary in 7moor: "${UNKNOWN_ID}"`);
	refuse(403, 'no', { success: false });
	expect((await run(sync(), table)).error?.message).toBe('no (7moor code 403)');
	sandbox().faults.add({
		kind: 'body',
		path: 'updateDictionary',
		body: '{"code":400,"success":false,"message":"字典项第一级至少有一个启用"}',
	});
	const refused = await run(sync(), table);
	expect(refused.error?.message).toBe('字典项第一级至少有一个启用 (7moor code 400)');
	expect(refused.error?.description).toMatch(/each level needs an enabled option/);
	sandbox().faults.add({ kind: 'resetAfter', path: 'updateDictionary' });
	const { error } = await run(sync(), table);
	expect(error?.message).toBe('The connection to 7moor broke off before an answer came');
	expect(error?.description).toMatch(/may have taken effect/);
});

it('with Continue On Fail answers one item that names all of its source', async () => {
	const wrong = sync({ levelColumns: columns('省') });
	const result = await run(wrong, { ...table, onError: 'continueRegularOutput' });
	expect(result.items).toHaveLength(1);
	expect(result.items[0]).toMatchObject({
		json: { error: 'Level Columns has a field that no input item has: "省"' },
		pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }, { item: 3 }],
	});
});
