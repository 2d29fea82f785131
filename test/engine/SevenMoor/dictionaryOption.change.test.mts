import type { INodeParameters } from 'n8n-workflow';

import {
	ANY_UUID,
	bodyOf,
	calls,
	createRegions,
	jsonOf,
	keyOf,
	located,
	useWorld,
	option,
	refuse,
	regions,
	requests,
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

const change = (operation: string, more: INodeParameters): INodeParameters => ({
	resource: 'dictionaryOption',
	operation,
	dictionaryId: located('id', id),
	...more,
});
const byKey = (digit: string) => located('id', keyOf(digit));
const both = ['queryDictionary', 'updateDictionary'];
const [east, south] = regions();

describe('add', () => {
	it('puts an option below its parent and sends the whole tree with all keys', async () => {
		const result = await run(change('add', { name: ' 南京 ', parentOption: byKey('a') }));
		const added = { name: '南京', key: ANY_UUID, state: '2', options: [] };
		const [item] = jsonOf(result);
		expect(item).toEqual({
			success: true,
			changed: true,
			dictionaryId: id,
			dictionaryName: '地区',
			key: ANY_UUID,
			name: '南京',
			path: '华东 / 南京',
			level: 2,
			state: '2',
		});
		expect(calls()).toEqual(both);
		const options = [{ ...east, options: [...(east?.options ?? []), added] }, south];
		expect(bodyOf(1)).toEqual({ _id: id, options });
		expect(stored(id)?.options).toEqual(options);
		expect(stored(id)?.options[0]?.options.at(-1)?.key).toBe(item?.key);
	});

	it('puts it on the first level where no parent is chosen', async () => {
		const empty = located('list', '');
		await run(change('add', { name: '12345678901234567890', parentOption: empty }));
		expect(bodyOf(1)).toMatchObject({ options: [{}, {}, { name: '12345678901234567890' }] });
	});

	it.each([
		['2', 'enabled', '2'],
		['2', 'disabled', '1'],
		['1', 'enabled', '1'],
		['1', 'disabled', '2'],
	])('with Enabled State %s makes an %s one with state %s', async (enabledState, state, sent) => {
		await run(change('add', { name: '新', state }), { credential: { enabledState } });
		expect(bodyOf(1)).toMatchObject({ options: [{}, {}, { name: '新', state: sent }] });
	});

	it.each<[INodeParameters, string, string[]]>([
		[{ name: ' ' }, 'Name is empty', []],
		[{ name: '华东' }, 'Name is the name of an option that is there: "华东"', ['queryDictionary']],
		[
			{ name: '上海', parentOption: byKey('a') },
			'Name is the name of an option that is there: "华东 / 上海"',
			['queryDictionary'],
		],
		[
			{ name: '新', parentOption: byKey('f') },
			'Parent Option has an option on level 4, which has no level title: "华东 / 杭州 / 西湖 / 新"',
			['queryDictionary'],
		],
		[
			{ name: '新', parentOption: byKey('9') },
			`Parent Option has no option in the dictionary: "${keyOf('9')}"`,
			['queryDictionary'],
		],
		[
			{ name: '新', parentOption: located('path', '华东//上海') },
			'Parent Option has an empty level in row 1: "华东//上海"',
			['queryDictionary'],
		],
		[{ name: '新', state: '7' }, 'State has no option "7"', []],
	])('refuses %j before anything is changed', async (more, message, asked) => {
		expect((await run(change('add', more))).error?.message).toBe(message);
		expect(calls()).toEqual(asked);
	});
});

describe('an option is named', () => {
	it.each([
		['by its key', byKey('c'), {}],
		['from the list', located('list', keyOf('c').toUpperCase()), {}],
		['by its path', located('path', '华东 / 杭州'), {}],
		['by its path with another separator', located('path', '华东 > 杭州'), { separator: '>' }],
		['by its path from a sheet', located('path', '华东\t杭州'), {}],
		['by a list of names', located('path', ['华东', '杭州']), {}],
	])('%s', async (_way, chosen, options) => {
		const rename = change('rename', { option: chosen, newName: '苏州', options });
		expect(jsonOf(await run(rename))).toMatchObject([{ key: keyOf('c'), path: '华东 / 苏州' }]);
	});

	it('by an expression in either way', async () => {
		const items = [{ json: { key: keyOf('c'), path: ['华东', '上海'] } }];
		const rename = (chosen: unknown) =>
			change('rename', { option: chosen as INodeParameters, newName: '新' });
		const byPath = await run(rename(located('path', '={{ $json.path }}')), { items });
		expect(jsonOf(byPath)).toMatchObject([{ key: keyOf('b') }]);
		const byId = await run(rename(located('id', '={{ $json.key }}')), { items });
		expect(byId.error?.message).toBe(
			'New Name is the name of an option that is there: "华东 / 新"',
		);
	});
});

describe('rename', () => {
	it('keeps the key, the state and what is below', async () => {
		const renamed = change('rename', { option: byKey('c'), newName: ' 苏州 ' });
		expect(jsonOf(await run(renamed))).toEqual([
			{
				success: true,
				changed: true,
				dictionaryId: id,
				dictionaryName: '地区',
				key: keyOf('c'),
				name: '苏州',
				path: '华东 / 苏州',
				level: 2,
				state: '1',
				previousName: '杭州',
			},
		]);
		expect(calls()).toEqual(both);
		const options = [
			option('华东', 'a', '2', [
				option('上海', 'b'),
				option('苏州', 'c', '1', [option('西湖', 'f', '1')]),
			]),
			south,
		];
		expect(bodyOf(1)).toEqual({ _id: id, options });
	});

	it('sends nothing where the name is the same', async () => {
		const same = change('rename', { option: byKey('c'), newName: '杭州' });
		expect(jsonOf(await run(same))).toMatchObject([{ changed: false, name: '杭州' }]);
		expect(calls()).toEqual(['queryDictionary']);
	});

	it.each<[INodeParameters, string]>([
		[{ option: byKey('c'), newName: ' ' }, 'New Name is empty'],
		[
			{ option: byKey('c'), newName: '上海' },
			'New Name is the name of an option that is there: "华东 / 上海"',
		],
		[{ option: located('id', '={{ "x" }}'), newName: '新' }, 'Option is not a standard UUID: "x"'],
		[{ option: located('list', '={{ "" }}'), newName: '新' }, 'Option is empty'],
		[
			{ option: located('path', '华东 / 南京'), newName: '新' },
			'Option has no option in the dictionary: "华东 / 南京"',
		],
	])('refuses %j', async (more, message) => {
		const { error } = await run(change('rename', more));
		expect(error?.message).toBe(message);
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expect(calls()).not.toContain('updateDictionary');
	});
});

describe('enable and disable', () => {
	it('changes the state of one option only', async () => {
		expect(jsonOf(await run(change('disable', { option: byKey('a') })))).toEqual([
			{
				success: true,
				changed: true,
				dictionaryId: id,
				dictionaryName: '地区',
				key: keyOf('a'),
				name: '华东',
				path: '华东',
				level: 1,
				state: '1',
			},
		]);
		expect(calls()).toEqual(both);
		expect(bodyOf(1)).toEqual({ _id: id, options: [{ ...east, state: '1' }, south] });
	});

	it('changes what is below it when asked', async () => {
		await run(change('enable', { option: byKey('a'), options: { below: true } }));
		const enabled = option('华东', 'a', '2', [
			option('上海', 'b'),
			option('杭州', 'c', '2', [option('西湖', 'f', '2')]),
		]);
		expect(bodyOf(1)).toEqual({ _id: id, options: [enabled, south] });
	});

	it('sends nothing where the state is the same', async () => {
		const results = [
			await run(change('enable', { option: byKey('a') })),
			await run(change('disable', { option: byKey('c'), options: { below: true } })),
		];
		expect(results.flatMap(jsonOf)).toMatchObject([
			{ changed: false, state: '2' },
			{ changed: false, state: '1' },
		]);
		expect(calls()).toEqual(['queryDictionary', 'queryDictionary']);
	});

	it('takes the states as the credential says them', async () => {
		const credential = { enabledState: '1' };
		const [enabled] = jsonOf(await run(change('enable', { option: byKey('a') }), { credential }));
		expect(enabled).toMatchObject({ changed: true, state: '1' });
		const [disabled] = jsonOf(await run(change('disable', { option: byKey('c') }), { credential }));
		expect(disabled).toMatchObject({ changed: true, state: '2' });
	});

	it("shows 7moor's rule where the last enabled option of the first level would go", async () => {
		vendor().requireEnabled = true;
		await run(change('disable', { option: byKey('a') }));
		const { error } = await run(change('disable', { option: byKey('d') }));
		expect(error?.message).toBe('字典项第一级至少有一个启用 (7moor code 400)');
		expect(error?.description).toMatch(/each level needs an enabled option/);
	});
});

const everyChange: [string, INodeParameters][] = [
	['add', { name: '新' }],
	['rename', { option: byKey('c'), newName: '新' }],
	['enable', { option: byKey('c') }],
	['disable', { option: byKey('a') }],
];

describe.each(everyChange)('%s', (operation, more) => {
	it.each([
		[400, /Correct what the text names/],
		[403, /Test the 7moor credential/],
		[429, /20 calls a minute/],
		[500, /may have taken effect/],
	])('shows refusal %d of the second call with advice', async (code, advice) => {
		sandbox().faults.add({
			kind: 'body',
			path: 'updateDictionary',
			body: JSON.stringify({ code, success: false, message: '文本' }),
		});
		const { error } = await run(change(operation, more));
		expect(error?.message).toBe(`文本 (7moor code ${code})`);
		expect(error?.description).toMatch(advice);
		expect(requests()).toHaveLength(2);
	});

	it('ends where the dictionary cannot be read', async () => {
		refuse(403, 'no', { success: false });
		expect((await run(change(operation, more))).error?.message).toBe('no (7moor code 403)');
		const unknown = { ...change(operation, more), dictionaryId: located('id', UNKNOWN_ID) };
		expect((await run(unknown)).error?.message).toBe(
			`Dictionary has no dictionary in 7moor: "${UNKNOWN_ID}"`,
		);
		expect(calls()).toEqual(['queryDictionary', 'queryDictionary']);
	});

	it('goes on with the other items', async () => {
		const items = ['x', id].map((value) => ({ json: { value } }));
		const each = { ...change(operation, more), dictionaryId: '={{ $json.value }}' };
		const result = await run(each, { items, onError: 'continueRegularOutput' });
		expect(result.items).toMatchObject([
			{ json: { error: 'Dictionary is not a standard UUID: "x"' }, pairedItem: { item: 0 } },
			{ json: { success: true, changed: true }, pairedItem: { item: 1 } },
		]);
	});
});
