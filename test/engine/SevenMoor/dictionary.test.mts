import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../../../sandbox/index.mts';
import type { Engine, NodeRun } from '../engine.mts';
import { onSandbox } from '../onSandbox.mts';

let sandbox: Sandbox;
let engine: Engine;
onSandbox((started) => ({ engine, sandbox } = started));
beforeEach(() => {
	sandbox.sevenMoor.limitPerMinute = Infinity;
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const SEED_ID = '75cf1273-042e-a83d-8118-ddfb50af4ac1';
const UNKNOWN_ID = '24066b93-bbab-4d41-9321-bf7e8ce40bd2';

const option = (name: string, key: string, state: string, options: object[] = []) => ({
	name,
	key,
	state,
	options,
});

/** The seed's request of the update call, and the options of its query answer without `level`. */
const seedOptions = [
	option('李婷测试接口3', '2546b891-9593-64b0-82e0-3485251c6a5a', '1', [
		option('嘿嘿1', '9056baed-c79c-cf29-f718-d76a02741076', '1', [
			option('滴滴2', '85a9691d-331a-0f23-afa2-a093e2c1c371', '1'),
		]),
	]),
];
const seedUpdate = {
	_id: SEED_ID,
	name: '修改接口三级',
	cascade: '3',
	headers: ['接口新增1', '接口新增2', '接口新增3'],
	options: seedOptions,
};

/** The seed's request of the add call. */
const seedCreate = {
	_id: '2d9b11fb-364d-7ee4-b726-b0893daad58d',
	name: '接口五级',
	cascade: '5',
	headers: ['接口新增1', '接口新增2', '接口新增3', '接口新增4', '接口新增5'],
	options: [
		option('李婷测试接口', 'a1585b5b-f89d-0582-1161-540e9914bbc5', '2', [
			option('嘿嘿', '25b9ed27-af09-e05c-8976-cc99a7025caa', '1', [
				option('滴滴', 'c9d96949-423d-1e68-6cda-409ae2c3d561', '2', [
					option('嘻嘻', '8498c7a1-74b2-3cdc-a12c-b647700ae056', '2', [
						option('啦啦', 'c0535f45-2b4c-d818-9cf3-c46285fcda47', '2'),
					]),
				]),
			]),
		]),
	],
};

/** The record in the seed's query answer. */
const seedRecord = {
	_id: SEED_ID,
	accountId: 'N00000046053',
	name: '修改接口三级',
	cascade: '3',
	headers: ['接口新增1', '接口新增2', '接口新增3'],
	createTime: '2021-12-03 15:16:12',
	biUpdateTime: '2021-12-03 15:52:10',
	options: [
		{
			name: '李婷测试接口3',
			key: '2546b891-9593-64b0-82e0-3485251c6a5a',
			state: '1',
			options: [
				{
					name: '嘿嘿1',
					key: '9056baed-c79c-cf29-f718-d76a02741076',
					state: '1',
					options: [
						{
							name: '滴滴2',
							key: '85a9691d-331a-0f23-afa2-a093e2c1c371',
							state: '1',
							options: [],
							level: 3,
						},
					],
					level: 2,
				},
			],
			level: 1,
		},
	],
	updateTimeArr: [
		{ updateTime: '2021-12-03 15:52:10', updateUser: '3c4a5fa0-b812-11e9-b8d5-ed6d6e27def9' },
	],
};
const seedSimplified = {
	id: SEED_ID,
	name: '修改接口三级',
	levels: 3,
	headers: ['接口新增1', '接口新增2', '接口新增3'],
	optionCount: 3,
	paths: [['李婷测试接口3', '嘿嘿1', '滴滴2']],
	options: seedOptions,
	createdAt: '2021-12-03T15:16:12+08:00',
	updatedAt: '2021-12-03T15:52:10+08:00',
	updatedBy: '3c4a5fa0-b812-11e9-b8d5-ed6d6e27def9',
};

function account(changes: ICredentialDataDecryptedObject = {}) {
	return {
		sevenMoorApi: {
			apiAddress: sandbox.addresses.sevenMoor,
			...sandbox.accounts.sevenMoor,
			...changes,
		},
	};
}

async function run(parameters: INodeParameters, more: Partial<NodeRun> = {}) {
	return await engine.run({
		type: 'sevenMoor',
		parameters: { resource: 'dictionary', ...parameters },
		credentials: account(),
		...more,
	});
}

const jsonOf = (result: Awaited<ReturnType<typeof run>>) => {
	if (result.error !== undefined) throw result.error;
	return result.items.map(({ json }) => json);
};

const requests = () => sandbox.requests('sevenMoor');
const lastRequest = () => requests().at(-1);
const bodyOf = (request = lastRequest()) => JSON.parse(request?.body ?? '') as IDataObject;
const actions = () => requests().map(({ path }) => path.split('/').at(3));

/** Everything of an error that a person may see. */
const seen = (error: unknown) =>
	inspect(error, { depth: Infinity, maxStringLength: Infinity, showHidden: true });

/** What the last request was signed with. */
function sentSecrets(): string[] {
	const { query, headers } = lastRequest() ?? {};
	const secrets = [query?.sig, headers?.authorization].map(String);
	expect(secrets).toEqual([
		expect.stringMatching(/^[0-9A-F]{32}$/),
		expect.stringMatching(/^\S{30,}$/),
	]);
	return secrets;
}

const get = { operation: 'get', dictionaryId: SEED_ID };
const named = (value: string) => ({ __rl: true, mode: 'name', value });
const create = {
	operation: 'create',
	name: seedCreate.name,
	headers: seedCreate.headers,
	optionsAs: 'json',
	optionsJson: JSON.stringify(seedCreate.options),
	additionalFields: { dictionaryId: seedCreate._id },
};
const update = {
	operation: 'update',
	dictionaryId: SEED_ID,
	optionsAs: 'json',
	optionsJson: JSON.stringify(seedUpdate.options),
	updateFields: { name: seedUpdate.name, headers: seedUpdate.headers },
};
const getAll = { operation: 'getAll' };
const everyOperation: [string, INodeParameters][] = [
	['get', get],
	['getAll', getAll],
	['create', create],
	['update', update],
];

describe('requests', () => {
	it.each<[string, INodeParameters, string, object]>([
		['get', get, 'queryDictionary', { _id: SEED_ID, page: 1, pageSize: 1 }],
		[
			'get by name',
			{ operation: 'get', dictionaryId: named(' 修改接口三级 ') },
			'queryDictionary',
			{ name: '修改接口三级', page: 1, pageSize: 100 },
		],
		['getAll', getAll, 'queryDictionary', { page: 1, pageSize: 50 }],
		[
			'getAll with the fields of the seed',
			{ operation: 'getAll', limit: 10, filters: { name: '字典名字' } },
			'queryDictionary',
			{ name: '字典名字', page: 1, pageSize: 10 },
		],
		['create', create, 'addDictionary', seedCreate],
		['update', update, 'updateDictionary', seedUpdate],
	])('of %s are those of the seed', async (_name, parameters, action, body) => {
		await run(parameters);
		expect(requests()).toHaveLength(1);
		const request = lastRequest();
		expect(request).toMatchObject({
			method: 'POST',
			path: `/v20210827/business/${action}/N00000046053`,
			query: { sig: expect.stringMatching(/^[0-9A-F]{32}$/) as string },
			headers: { 'content-type': 'application/json;charset=utf-8', accept: 'application/json' },
			accepted: true,
		});
		expect(Object.keys(request?.query ?? {})).toEqual(['sig']);
		expect(Buffer.from(request?.headers.authorization ?? '', 'base64').toString()).toMatch(
			/^N00000046053:\d{14}$/,
		);
		expect(bodyOf()).toEqual(body);
	});

	it.each(everyOperation)('of %s are signed for the account', async (_name, parameters) => {
		const wrong = { credentials: account({ apiSecret: 'not-the-secret-at-all' }) };
		const { error } = await run(parameters, wrong);
		expect(error?.message).toBe('sig error (7moor code 403)');
		expect(error?.description).toMatch(/Test the 7moor credential/);
		expect(error?.context?.data).toMatchObject({ code: 'code 403', httpStatus: 200 });
		for (const secret of ['not-the-secret-at-all', ...sentSecrets()]) {
			expect(seen(error)).not.toContain(secret);
		}
	});
});

describe('get', () => {
	it('answers the record simplified', async () => {
		expect(jsonOf(await run(get))).toEqual([seedSimplified]);
	});

	it('answers the record untouched', async () => {
		expect(jsonOf(await run({ ...get, output: 'raw' }))).toEqual([seedRecord]);
	});

	it('accepts an id in capitals', async () => {
		sandbox.faults.add({
			kind: 'body',
			body: JSON.stringify({ code: '200', success: 'true', list: [seedRecord], count: 1 }),
		});
		const result = await run({ ...get, dictionaryId: ` ${SEED_ID.toUpperCase()} ` });
		expect(jsonOf(result)).toEqual([seedSimplified]);
	});

	it('finds the whole name where the vendor also finds parts of it', async () => {
		sandbox.sevenMoor.nameMatch = 'partial';
		for (let i = 0; i < 120; i++) sandbox.sevenMoor.createDictionary({ name: `地区 ${i}` });
		sandbox.sevenMoor.createDictionary({ name: '地区', cascade: '1' });
		const byName = { operation: 'get', dictionaryId: named('地区') };
		expect(jsonOf(await run(byName))).toMatchObject([{ name: '地区' }]);
		expect(requests()).toHaveLength(2);
	});

	it('keeps the digits of long numbers in names', async () => {
		sandbox.sevenMoor.createDictionary({ name: '12345678901234567890' });
		const byName = { operation: 'get', dictionaryId: named('12345678901234567890') };
		expect(jsonOf(await run(byName))).toMatchObject([{ name: '12345678901234567890' }]);
	});

	it.each([
		[
			{ ...get, dictionaryId: UNKNOWN_ID },
			`Dictionary has no dictionary in 7moor: "${UNKNOWN_ID}"`,
		],
		[
			{ operation: 'get', dictionaryId: named('接口') },
			'Dictionary has no dictionary in 7moor: "接口"',
		],
		[{ ...get, dictionaryId: '123' }, 'Dictionary is not a standard UUID: "123"'],
		[{ ...get, dictionaryId: ' ' }, 'Dictionary is empty'],
		[{ operation: 'get', dictionaryId: named(' ') }, 'Dictionary is empty'],
	])('refuses %j', async (parameters, message) => {
		expect((await run(parameters)).error?.message).toBe(message);
	});

	it('does not take another dictionary for the one asked for', async () => {
		sandbox.faults.add({
			kind: 'body',
			body: JSON.stringify({ code: 200, success: true, list: [seedRecord], count: 1 }),
		});
		const { error } = await run({ ...get, dictionaryId: UNKNOWN_ID });
		expect(error?.message).toMatch(/^Dictionary has no dictionary/);
	});
});

describe('get many', () => {
	const fill = (count: number) => {
		for (let i = 1; i < count; i++) sandbox.sevenMoor.createDictionary({ name: `字典 ${i}` });
	};
	const pages = () => requests().map((request) => [bodyOf(request).page, bodyOf(request).pageSize]);

	it.each([
		[{}, 120, 50, [[1, 50]]],
		[{ limit: 1 }, 120, 1, [[1, 1]]],
		[
			{ limit: 7, options: { pageSize: 3 } },
			120,
			7,
			[
				[1, 3],
				[2, 3],
				[3, 3],
			],
		],
		[
			{ limit: 200 },
			120,
			120,
			[
				[1, 100],
				[2, 100],
			],
		],
		[
			{ returnAll: true },
			120,
			120,
			[
				[1, 100],
				[2, 100],
			],
		],
		[{ returnAll: true }, 100, 100, [[1, 100]]],
		[
			{ returnAll: true, options: { pageSize: 40 } },
			120,
			120,
			[
				[1, 40],
				[2, 40],
				[3, 40],
			],
		],
		[{ returnAll: true, filters: { name: '没有' } }, 3, 0, [[1, 100]]],
	])('%j of %d answers %d', async (parameters, stored, answered, asked) => {
		fill(stored);
		const items = jsonOf(await run({ ...getAll, ...parameters }));
		expect(items).toHaveLength(answered);
		expect(new Set(items.map(({ id }) => id)).size).toBe(answered);
		expect(pages()).toEqual(asked);
	});

	it('goes on where the vendor makes smaller pages than asked for', async () => {
		fill(25);
		sandbox.sevenMoor.maxPageSize = 10;
		expect(jsonOf(await run({ ...getAll, returnAll: true }))).toHaveLength(25);
		expect(requests()).toHaveLength(3);
	});

	it('ends at a short page where there is no count, and at an empty one', async () => {
		const page = (list: object[], rest: object = {}) =>
			sandbox.faults.add({
				kind: 'body',
				body: JSON.stringify({ code: 200, success: true, list, ...rest }),
			});
		const two = { ...getAll, returnAll: true, options: { pageSize: 2 } };
		const [one, other, third] = ['1', '2', '3'].map((id) => ({ ...seedRecord, _id: id })) as [
			object,
			object,
			object,
		];
		page([one, other]);
		page([third]);
		expect(jsonOf(await run(two))).toHaveLength(3);
		page([one, other], { count: 99 });
		page([], { count: 99 });
		expect(jsonOf(await run(two))).toHaveLength(2);
		expect(requests()).toHaveLength(4);
	});

	it('answers simplified or raw', async () => {
		expect(jsonOf(await run(getAll))).toEqual([seedSimplified]);
		expect(jsonOf(await run({ ...getAll, output: 'raw' }))).toEqual([seedRecord]);
	});

	it.each([
		[{ limit: 0 }, 'Limit is not a whole number from 1 up: "0"'],
		[{ options: { pageSize: 1.5 } }, 'Page Size is not a whole number from 1 up: "1.5"'],
	])('refuses %j', async (parameters, message) => {
		expect((await run({ ...getAll, ...parameters })).error?.message).toBe(message);
		expect(requests()).toEqual([]);
	});
});

describe('create', () => {
	const rows = {
		operation: 'create',
		name: '报修',
		headers: ['类别', '设备'],
		optionRows: '硬件 / 打印机\n硬件 / 显示器\n软件',
	};
	const stored = (name: string) =>
		sandbox.sevenMoor.dictionaries().find((dictionary) => dictionary.name === name);

	it('answers the id and the options', async () => {
		expect(jsonOf(await run(create))).toEqual([
			{
				success: true,
				message: 'success!',
				id: seedCreate._id,
				name: '接口五级',
				levels: 5,
				headers: seedCreate.headers,
				optionCount: 5,
				options: seedCreate.options,
			},
		]);
	});

	it('makes the id, the keys and the levels of rows', async () => {
		const [item] = jsonOf(await run(rows));
		const anyKey = expect.stringMatching(UUID) as string;
		const made = (name: string, options: object[] = []) => option(name, anyKey, '2', options);
		const expected = {
			_id: anyKey,
			name: '报修',
			cascade: '2',
			headers: ['类别', '设备'],
			options: [made('硬件', [made('打印机'), made('显示器')]), made('软件')],
		};
		expect(bodyOf()).toEqual(expected);
		expect(item).toMatchObject({ id: bodyOf()._id, optionCount: 4, options: bodyOf().options });
		expect(stored('报修')?._id).toBe(item?.id);
		const again = jsonOf(await run({ ...rows, name: '报修 2' }));
		expect(again[0]?.id).not.toBe(item?.id);
	});

	it('takes rows, titles and options from an earlier node', async () => {
		const items = [
			{
				json: {
					titles: ['a', 'b'],
					rows: [['A', '12345678901234567'], 'B | C'],
					tree: [{ name: 'X', state: 1, level: 1, options: [{ name: 'Y' }] }],
				},
			},
		];
		const mapped = {
			operation: 'create',
			headers: '={{ $json.titles }}',
			separator: '|',
			state: 'disabled',
		};
		await run({ ...mapped, name: '1', optionRows: '={{ $json.rows }}' }, { items });
		expect(bodyOf()).toMatchObject({
			headers: ['a', 'b'],
			options: [
				{ name: 'A', state: '1', options: [{ name: '12345678901234567' }] },
				{ name: 'B', state: '1', options: [{ name: 'C' }] },
			],
		});
		const tree = { optionsAs: 'json', optionsJson: '={{ $json.tree }}' };
		const result = await run({ ...mapped, ...tree, name: '2' }, { items });
		expect(result.error).toBeUndefined();
		const [x] = bodyOf().options as IDataObject[];
		expect(x).toMatchObject({ state: '1', options: [{ name: 'Y', state: '1', options: [] }] });
		expect(x).not.toHaveProperty('level');
	});

	it('copies a tree with new keys', async () => {
		const source = jsonOf(await run({ ...get, output: 'raw' }))[0];
		const copy = {
			operation: 'create',
			name: '副本',
			headers: source?.headers as string[],
			optionsAs: 'json',
			optionsJson: '={{ $json.options }}',
		};
		const items = [{ json: source ?? {} }];
		const refused = await run(copy, { items });
		expect(refused.error?.message).toBe('格式无效，修改失败 (7moor code 400)');
		const result = await run({ ...copy, additionalFields: { renewKeys: true } }, { items });
		expect(jsonOf(result)).toMatchObject([{ name: '副本', optionCount: 3 }]);
	});

	it('keeps a repeated run from creating a second dictionary', async () => {
		await run(create);
		const { error } = await run(create);
		expect(error?.message).toBe('this dictionary id or name is exist (7moor code 400)');
		expect(error?.description).toMatch(/have to be unique/);
		expect(error?.context?.data).toMatchObject({ code: 'code 400', httpStatus: 200 });
	});

	const uuid = (last: string) => `2546b891-9593-64b0-82e0-3485251c6a5${last}`;
	const tree = (value: unknown, headers = ['a', 'b']) => ({
		operation: 'create',
		name: 'x',
		headers,
		optionsAs: 'json',
		optionsJson: typeof value === 'string' ? value : JSON.stringify(value),
	});
	it.each<[INodeParameters, string]>([
		[{ ...rows, name: ' ' }, 'Name is empty'],
		[{ ...rows, headers: [] }, 'Level Titles is empty'],
		[{ ...rows, headers: ['类别', ' '] }, 'Level Titles has no title for level 2'],
		[{ ...rows, optionRows: ' \n' }, 'Option Rows is empty'],
		[{ ...rows, optionRows: 'A / / B' }, 'Option Rows has an empty level in row 1: "A / / B"'],
		[
			{ ...rows, optionRows: 'A\nA / B / C' },
			'Option Rows has an option on level 3, which has no level title: "A / B / C"',
		],
		[
			{ ...rows, additionalFields: { dictionaryId: '1471808049579560960' } },
			'Dictionary ID is not a standard UUID: "1471808049579560960"',
		],
		[tree('[{"name": "A"'), 'Options (JSON) is not JSON'],
		[tree('{"name": "A"}'), 'Options (JSON) is not a list on the first level'],
		[tree([]), 'Options (JSON) has no option'],
		[
			tree([{ name: 'A', options: [{ name: '' }] }]),
			'Options (JSON) has an option without a name: number 1 below "A"',
		],
		[
			tree([{ name: 'A', key: 'a1' }]),
			'Options (JSON) has a key at "A" that is not a standard UUID: "a1"',
		],
		[
			tree([
				{ name: 'A', key: uuid('a') },
				{ name: 'B', options: [{ name: 'C', key: uuid('a') }] },
			]),
			`Options (JSON) has the key ${uuid('a')} twice: at "A" and at "B / C"`,
		],
		[
			tree([{ name: 'A', options: [{ name: 'B' }, { name: 'B' }] }]),
			'Options (JSON) has two options with the same name beside each other: "A / B"',
		],
		[
			tree([{ name: 'A', options: [{ name: 'B' }] }], ['a']),
			'Options (JSON) has an option on level 2, which has no level title: "A / B"',
		],
	])('refuses %j before the call', async (parameters, message) => {
		const { error } = await run(parameters);
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/\w+\.$|\]\.$/);
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expect(requests()).toEqual([]);
	});
});

describe('update', () => {
	const dictionary = () =>
		sandbox.sevenMoor.dictionaries().find(({ _id }) => _id === SEED_ID) as unknown as IDataObject;

	it('answers the id and what was changed', async () => {
		expect(jsonOf(await run(update))).toEqual([
			{
				success: true,
				message: 'success!',
				id: SEED_ID,
				changed: ['name', 'headers', 'options'],
				name: '修改接口三级',
				levels: 3,
				headers: seedUpdate.headers,
				optionCount: 3,
				options: seedOptions,
			},
		]);
	});

	it.each([
		[{ name: '新名字' }, { name: '新名字' }],
		[{ headers: ['一', '二', '三', '四'] }, { cascade: '4', headers: ['一', '二', '三', '四'] }],
	])('leaves out what is not changed: %j', async (updateFields, sent) => {
		const before = dictionary();
		const kept = { ...before };
		const result = await run({ operation: 'update', dictionaryId: SEED_ID, updateFields });
		expect(jsonOf(result)).toMatchObject([{ id: SEED_ID, changed: Object.keys(updateFields) }]);
		expect(bodyOf()).toEqual({ _id: SEED_ID, ...sent });
		expect(requests()).toHaveLength(1);
		expect(dictionary()).toMatchObject({ options: kept.options });
	});

	it('sends a raw record back without level, in one call', async () => {
		const [record] = jsonOf(await run({ ...get, output: 'raw' }));
		sandbox.clearRequests();
		const parameters = {
			operation: 'update',
			dictionaryId: '={{ $json._id }}',
			optionsAs: 'json',
			optionsJson: '={{ $json.options }}',
		};
		expect((await run(parameters, { items: [{ json: record ?? {} }] })).error).toBeUndefined();
		expect(actions()).toEqual(['updateDictionary']);
		expect(bodyOf()).toEqual({ _id: SEED_ID, options: seedOptions });
	});

	it('adds rows and keeps the keys and states of what is there', async () => {
		const parameters = {
			operation: 'update',
			dictionaryId: SEED_ID,
			optionsAs: 'addRows',
			optionRows: '李婷测试接口3 / 嘿嘿1 / 新\n李婷测试接口3 / 嘿嘿1 / 滴滴2\n别的',
		};
		expect((await run(parameters)).error).toBeUndefined();
		expect(actions()).toEqual(['queryDictionary', 'updateDictionary']);
		const anyKey = expect.stringMatching(UUID) as string;
		const [first] = seedOptions;
		const [second] = (first?.options ?? []) as typeof seedOptions;
		const options = [
			{
				...first,
				options: [{ ...second, options: [...(second?.options ?? []), option('新', anyKey, '2')] }],
			},
			option('别的', anyKey, '2'),
		];
		expect(bodyOf()).toEqual({ _id: SEED_ID, options });
		expect(dictionary()).toMatchObject({ options });
	});

	it('replaces by rows and keeps the keys of the same names', async () => {
		const parameters = {
			operation: 'update',
			dictionaryId: SEED_ID,
			optionsAs: 'replaceRows',
			optionRows: '新\n李婷测试接口3',
			updateFields: { headers: ['唯一'] },
		};
		expect((await run(parameters)).error).toBeUndefined();
		const anyKey = expect.stringMatching(UUID) as string;
		expect(bodyOf()).toEqual({
			_id: SEED_ID,
			cascade: '1',
			headers: ['唯一'],
			options: [
				option('新', anyKey, '2'),
				option('李婷测试接口3', '2546b891-9593-64b0-82e0-3485251c6a5a', '1'),
			],
		});
	});

	it.each<[INodeParameters, string, string[]]>([
		[{}, 'Update Fields has nothing to change', []],
		[{ updateFields: { name: ' ' } }, 'Name is empty', []],
		[{ updateFields: { headers: [''] } }, 'Level Titles has no title for level 1', []],
		[{ optionsAs: 'json', optionsJson: '[]' }, 'Options (JSON) has no option', []],
		[
			{ optionsAs: 'addRows', optionRows: '={{ "" }}' },
			'Option Rows is empty',
			['queryDictionary'],
		],
		[
			{ optionsAs: 'addRows', optionRows: 'a/b/c/d' },
			'Option Rows has an option on level 4, which has no level title: "a / b / c / d"',
			['queryDictionary'],
		],
		[
			{ optionsAs: 'addRows', optionRows: 'a', dictionaryId: UNKNOWN_ID },
			`Dictionary has no dictionary in 7moor: "${UNKNOWN_ID}"`,
			['queryDictionary'],
		],
		[{ dictionaryId: 'x' }, 'Dictionary is not a standard UUID: "x"', []],
	])('refuses %j before the call', async (parameters, message, calls) => {
		const given = { operation: 'update', dictionaryId: SEED_ID, ...parameters };
		expect((await run(given)).error?.message).toBe(message);
		expect(actions()).toEqual(calls);
	});
});

describe('refusals', () => {
	const refuse = (code: unknown, success: unknown, message: string, status = 200) =>
		sandbox.faults.add({
			kind: 'body',
			status,
			body: JSON.stringify({ code, success, message }),
		});

	it.each([
		['create', create, 'this dictionary id or name is exist'],
		['update', update, '字典项第一级至少有一个启用'],
		['update', update, 'Please check your parameters, not found this dictionary'],
	])('of %s come out in the words of the vendor: %s', async (_name, parameters, text) => {
		refuse(400, false, text);
		const { error } = await run(parameters);
		expect(error?.message).toBe(`${text} (7moor code 400)`);
		expect(error?.description).toMatch(/Correct what the text names/);
		expect(error?.context).toMatchObject({ itemIndex: 0, data: { code: 'code 400' } });
	});

	it('of the sandbox itself come out so, too', async () => {
		sandbox.sevenMoor.requireEnabled = true;
		expect((await run(update)).error?.message).toBe('字典项第一级至少有一个启用 (7moor code 400)');
		const { error } = await run({ ...update, dictionaryId: UNKNOWN_ID });
		expect(error?.message).toBe(
			'Please check your parameters, not found this dictionary (7moor code 400)',
		);
	});

	it.each([
		[200, true, true],
		['200', 'true', true],
		[200, 'false', false],
		['200', false, false],
		[400, true, false],
		[200, undefined, false],
	])('are told from success: code %j, success %j', async (code, success, taken) => {
		refuse(code, success, 'text');
		const { error } = await run(create);
		expect(error?.message).toBe(taken ? undefined : `text (7moor code ${String(code)})`);
	});

	it.each([
		[403, 200, /clock of this machine/],
		['403', 403, /clock of this machine/],
		[429, 200, /20 calls a minute/],
		['too_many', 429, /20 calls a minute/],
		[500, 200, /may have taken effect/],
		[500, 500, /may have taken effect/],
		[501, 200, /Correct what the text names/],
	])('have advice: code %j with HTTP %d', async (code, status, advice) => {
		refuse(code, false, 'text', status);
		const { error } = await run(create);
		expect(error?.message).toBe(`text (7moor code ${String(code)})`);
		expect(error?.description).toMatch(advice);
		expect(error?.context?.data).toMatchObject({ httpStatus: status });
	});

	it('of too many calls come from the limit of the endpoint', async () => {
		sandbox.sevenMoor.limitPerMinute = 1;
		jsonOf(await run(get));
		const { error } = await run(get);
		expect(error?.message).toBe('request too frequently (7moor code 429)');
	});

	it('without a text say so', async () => {
		sandbox.faults.add({ kind: 'body', body: '{"code":400,"success":false}' });
		expect((await run(get)).error?.message).toBe('no reason given (7moor code 400)');
	});
});

describe('answers that are none', () => {
	const MAY_HAVE = /may have taken effect/;
	it.each([
		['html', get, '7moor sent a web page with HTTP 502 instead of its JSON', /Nothing was changed/],
		['html', create, '7moor sent a web page with HTTP 502 instead of its JSON', MAY_HAVE],
		['empty', get, '7moor sent an empty answer with HTTP 200 instead of its JSON', /Nothing/],
		['empty', update, '7moor sent an empty answer with HTTP 200 instead of its JSON', MAY_HAVE],
		['brokenJson', get, '7moor sent broken JSON with HTTP 200 instead of its JSON', /Nothing/],
		['brokenJson', create, '7moor sent broken JSON with HTTP 200 instead of its JSON', MAY_HAVE],
		['resetAfter', get, 'The connection to 7moor broke off before an answer came', /Nothing/],
		['resetAfter', create, 'The connection to 7moor broke off before an answer came', MAY_HAVE],
		['resetAfter', update, 'The connection to 7moor broke off before an answer came', MAY_HAVE],
	] as const)('%s %j', async (kind, parameters, message, advice) => {
		sandbox.faults.add({ kind });
		const { error } = await run(parameters);
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(advice);
		expect(requests()).toHaveLength(1);
		for (const secret of [sandbox.accounts.sevenMoor.apiSecret, ...sentSecrets()]) {
			expect(seen(error)).not.toContain(secret);
		}
	});

	it('masks what an answer repeats of the call', async () => {
		const { apiSecret } = sandbox.accounts.sevenMoor;
		sandbox.faults.add({
			kind: 'body',
			body: JSON.stringify({ code: 400, success: false, message: `bad: ${apiSecret}` }),
		});
		const { error } = await run(get);
		expect(error?.message).toBe('bad: *** (7moor code 400)');
		expect(seen(error)).toContain('bad: ***');
		expect(seen(error)).not.toContain(apiSecret);
	});

	it.each(everyOperation)('masks signatures that come back from %s', async (_name, parameters) => {
		let sent: string[] = [];
		const echo = createServer(({ url, headers }, response) => {
			sent = [String(url).split('sig=')[1] ?? '', String(headers.authorization)];
			response.end(JSON.stringify({ code: 400, success: false, message: sent.join(' ') }));
		});
		await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
		const { port } = echo.address() as AddressInfo;
		const credentials = account({ apiAddress: `http://127.0.0.1:${port}` });
		const { error } = await run(parameters, { credentials });
		echo.close();
		expect(error?.message).toBe('*** *** (7moor code 400)');
		expect(sent).toEqual([
			expect.stringMatching(/^[0-9A-F]{32}$/),
			expect.stringMatching(/^\S{30,}$/),
		]);
		for (const secret of sent) expect(seen(error)).not.toContain(secret);
	});

	it('a slow answer is still read', async () => {
		sandbox.faults.add({ kind: 'slowBody', ms: 200 });
		expect(jsonOf(await run(get))).toEqual([seedSimplified]);
	});
});

describe('several items', () => {
	const items = [
		{ json: { id: SEED_ID } },
		{ json: { id: 'x' } },
		{ json: { id: UNKNOWN_ID } },
		{ json: { id: SEED_ID } },
	];
	const each = { operation: 'get', dictionaryId: '={{ $json.id }}' };

	it('go on after one that fails', async () => {
		const result = await run(each, { items, onError: 'continueRegularOutput' });
		expect(
			result.items.map(({ json, pairedItem }) => [json.name ?? json.error, pairedItem]),
		).toEqual([
			['修改接口三级', { item: 0 }],
			['Dictionary is not a standard UUID: "x"', { item: 1 }],
			[`Dictionary has no dictionary in 7moor: "${UNKNOWN_ID}"`, { item: 2 }],
			['修改接口三级', { item: 3 }],
		]);
	});

	it('end at one that fails, and the error names it', async () => {
		const { error } = await run(each, { items });
		expect(error?.context).toMatchObject({ itemIndex: 1 });
	});
});

describe('the credential', () => {
	/** An empty session makes n8n run preAuthentication, as a credential test does. */
	const test = async (changes: ICredentialDataDecryptedObject = {}) =>
		await run(get, { credentials: account({ session: '', ...changes }) });

	it('is not tested in ordinary runs', async () => {
		await run(get);
		expect(requests()).toHaveLength(1);
	});

	it('is tested by a harmless call', async () => {
		expect(jsonOf(await test())).toEqual([seedSimplified]);
		expect(requests()).toHaveLength(2);
		expect(requests()[0]).toMatchObject({
			method: 'POST',
			path: '/v20210827/business/queryDictionary/N00000046053',
			headers: { 'content-type': 'application/json;charset=utf-8' },
		});
		expect(bodyOf(requests()[0])).toEqual({ page: 1, pageSize: 1 });
		expect(engine.credentialType('sevenMoorApi').test?.request).toMatchObject({
			method: 'POST',
			url: '/v20210827/business/queryDictionary/{ACCOUNTID}',
			body: { page: 1, pageSize: 1 },
		});
	});

	it.each([
		[
			{ apiSecret: 'wrong-secret' },
			/^7moor refused the call: sig error \(code 403\)\. Check Account ID and API Secret/,
		],
		[
			{ accountId: 'N00000000001' },
			/^7moor refused the call: account is not exist \(code 403\)\. Check Account ID/,
		],
		[{ zoneOffset: '+00:00' }, /^7moor refused the call: timestamp is expired \(code 403\)/],
		[{ apiAddress: 'http://127.0.0.1:9' }, /^Cannot reach 127\.0\.0\.1:9: the host refused/],
		[{ apiAddress: 'http://apis.7moor.com' }, /^Host must start with https/],
		[{ accountId: '' }, /^Account ID and API Secret are both needed/],
		[{ zoneOffset: 'CST' }, /^Zone Offset is not an offset from UTC: "CST"/],
	])('tells what is wrong: %j', async (changes, message) => {
		const { error } = await test(changes);
		expect(error?.message).toMatch(message);
		expect(seen(error)).not.toContain('wrong-secret');
	});

	it('tells a host that is not 7moor', async () => {
		sandbox.faults.add({ kind: 'html' });
		expect((await test()).error?.message).toMatch(/answered HTTP 502 without the JSON that 7moor/);
	});

	it('masks what the vendor repeats of the call', async () => {
		const { apiSecret } = sandbox.accounts.sevenMoor;
		const message = `no: ${apiSecret}`;
		sandbox.faults.add({ kind: 'body', body: JSON.stringify({ code: 403, message }) });
		expect((await test()).error?.message).toMatch(
			/^7moor refused the call: no: \*\*\* \(code 403\)/,
		);
	});

	it('is checked in ordinary runs, too', async () => {
		const { error } = await run(get, { credentials: account({ apiSecret: '' }) });
		expect(error?.message).toMatch(/^Account ID and API Secret are both needed/);
	});
});
