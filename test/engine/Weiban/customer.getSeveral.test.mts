import { jsonOf, seedCustomer, useWorld } from './world.mts';

const world = useWorld();
const other = 'wm8xjUCAAAxiaoXiaoGuai0000000001';
const getSeveral = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run('customer', 'getSeveral', parameters, options);
const batches = () =>
	world
		.calls()
		.map(({ body }) => (JSON.parse(body) as { id_list: string[] }).id_list)
		.map((ids) => ids.length);
const customers = (count: number) =>
	Array.from(
		{ length: count },
		(_none, n) => world.weiban.directory.addCustomer({ id: `wm${n}` }).id,
	);

test('answers come in the order of the question, whatever that of the vendor', async () => {
	const result = await getSeveral({ ids: `${seedCustomer}, ${other}` });
	expect(world.calls()).toMatchObject([
		{ method: 'POST', path: '/open-api/external_user/batch_get', accepted: true },
	]);
	expect(world.calls()[0]?.body).toBe(JSON.stringify({ id_list: [seedCustomer, other] }));
	expect(jsonOf(result)).toMatchObject([
		{ id: seedCustomer, name: '大大怪', followedBy: ['LiuYang'], found: true },
		{ id: other, name: '小小怪', followedBy: ['LiHua'], found: true },
	]);
	expect(result.hints).toEqual([]);
});

test('45 ids of 3 items make 3 requests, and each item gets its own', async () => {
	const ids = customers(45);
	const items = [ids.slice(0, 1), ids.slice(1, 30), ids.slice(30)].map((list) => ({
		json: { list },
	}));
	const result = await getSeveral({ ids: '={{ $json.list }}' }, { items });
	expect(batches()).toEqual([20, 20, 5]);
	expect(jsonOf(result).map(({ id }) => id)).toEqual(ids);
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
		ids.map((_id, n) => ({ item: n < 1 ? 0 : n < 30 ? 1 : 2 })),
	);
});

test('an id that is asked for twice is asked once and answered twice', async () => {
	const items = [{ json: {} }, { json: {} }];
	const result = await getSeveral({ ids: seedCustomer }, { items });
	expect(batches()).toEqual([1]);
	expect(jsonOf(result)).toHaveLength(2);
});

test.each(['omit', 'refuse'] as const)(
	'unknown ids are told where the vendor would %s',
	async (way) => {
		world.weiban.unknownInBatch = way;
		const ids = [...customers(18), 'wmUnknown', seedCustomer];
		const result = await getSeveral({ ids });
		expect(jsonOf(result).map(({ id, found }) => [id, found])).toEqual(
			ids.map((id) => [id, id !== 'wmUnknown']),
		);
		expect(jsonOf(result)[18]).toEqual({
			id: 'wmUnknown',
			unionId: null,
			name: null,
			type: null,
			companyName: null,
			position: null,
			followedBy: null,
			avatar: null,
			createdAt: null,
			found: false,
		});
		expect(result.hints).toEqual([expect.stringContaining('no customer for 1 of the IDs')]);
		expect(world.calls().length).toBeLessThanOrEqual(way === 'omit' ? 1 : 11);
	},
);

test('where no id is known, all of them are told', async () => {
	const result = await getSeveral({ ids: 'wmA wmB', output: 'raw' });
	expect(jsonOf(result)).toEqual([
		{ id: 'wmA', found: false },
		{ id: 'wmB', found: false },
	]);
});

test('union ids go into their own list', async () => {
	const unionid = 'oz9xvw_daDaGuai0000000000000';
	const result = await getSeveral({ findBy: 'unionid', ids: `${unionid}，o0` });
	expect(world.calls()[0]?.body).toBe(JSON.stringify({ unionid_list: [unionid, 'o0'] }));
	expect(jsonOf(result)).toMatchObject([
		{ id: seedCustomer, unionId: unionid, found: true },
		{ id: null, unionId: 'o0', found: false },
	]);
});

test.each([
	[20205, '20 customers at once'],
	[20208, 'ID or the union ID'],
])('code %d is shown with its advice', async (errcode, advice) => {
	const body = JSON.stringify({ errcode, errmsg: '错误' });
	world.sandbox.faults.add({ vendor: 'weiban', path: 'batch_get', kind: 'body', body });
	const { error } = await getSeveral({ ids: seedCustomer });
	expect(error?.message).toBe(`错误 (Weiban errcode ${errcode})`);
	expect(error?.description).toContain(advice);
});

test('no answer changes nothing', async () => {
	world.sandbox.faults.add({ vendor: 'weiban', path: 'batch_get', kind: 'resetBefore' });
	const { error } = await getSeveral({ ids: seedCustomer });
	expect(error?.description).toContain('Nothing was changed');
});

test.each([
	[{ ids: '={{ $json.absent }}' }, 'IDs is empty'],
	[{ ids: '={{ [1] }}' }, 'IDs has an entry that is not text'],
	[{ ids: 'wm0', output: 'selected' }, 'Fields is empty'],
])('%j is refused before anything is sent', async (wrong, message) => {
	const { error } = await getSeveral(wrong);
	expect(error?.message).toContain(message);
	expect(world.sandbox.requests()).toEqual([]);
});

test('with Continue On Fail the failure is an item', async () => {
	world.weiban.limitPerMinute = 0;
	const result = await getSeveral({ ids: seedCustomer }, { onError: 'continueRegularOutput' });
	expect(jsonOf(result)).toMatchObject([{ error: expect.any(String) }]);
});

test.each([{}, { external_user: null }, { external_user: 'none' }, { external_user: [null, 7] }])(
	'an answer without customers, %j, knows none of them',
	async (data) => {
		const body = JSON.stringify({ errcode: 0, errmsg: 'ok', ...data });
		world.sandbox.faults.add({ kind: 'body', path: 'batch_get', body });
		const result = await getSeveral({ ids: [seedCustomer], output: 'raw' });
		expect(jsonOf(result)).toEqual([{ id: seedCustomer, found: false }]);
	},
);
