import { jsonOf, located, seedCustomer, useWorld } from './world.mts';

const world = useWorld();
const other = 'wm8xjUCAAAxiaoXiaoGuai0000000001';
const getAll = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run('customer', 'getAll', parameters, options);
const asked = () =>
	world.calls().map(({ query: { limit, offset } }) => [Number(limit), Number(offset)]);

test('the customers come out simplified', async () => {
	const customers = jsonOf(await getAll({}));
	expect(world.calls()).toMatchObject([
		{ method: 'GET', path: '/open-api/external_user/list', body: '', accepted: true },
	]);
	expect(world.calls()[0]?.query).toEqual({
		limit: '50',
		offset: '0',
		access_token: expect.any(String),
	});
	expect(customers).toEqual([
		{
			id: seedCustomer,
			unionId: 'oz9xvw_daDaGuai0000000000000',
			name: '大大怪',
			type: 'wechat',
			companyName: null,
			position: null,
			followedBy: null,
			avatar: 'http://wx.qlogo.cn/mmhead/sandbox/0',
			createdAt: '2020-01-17T14:52:28+08:00',
		},
		expect.objectContaining({ id: other, type: 'wecom', companyName: '星星球' }),
	]);
	expect(jsonOf(await getAll({ output: 'raw' }))[0]).toMatchObject({ type: 1, score: null });
});

test.each([
	[{ staffId: located('LiHua') }, { staff_id: 'LiHua' }],
	[{ type: 2 }, { type_: '2' }],
	[{ phoneNumber: '13322665599' }, { phone_number: '13322665599' }],
	[{ startTime: 1579243949 }, { start_time: '1579243949' }],
])('filter %j goes out as %j', async (filters, query) => {
	expect(jsonOf(await getAll({ filters }))).toMatchObject([{ id: other }]);
	expect(world.calls()[0]?.query).toMatchObject(query);
});

test('the newest come first on request', async () => {
	const customers = jsonOf(await getAll({ options: { order: 'desc' } }));
	expect(customers.map(({ id }) => id)).toEqual([other, seedCustomer]);
	expect(world.calls()[0]?.query).toMatchObject({ order: 'desc' });
});

test.each([
	[
		{ limit: 130 },
		[
			[100, 0],
			[30, 100],
		],
		130,
	],
	[
		{ returnAll: true },
		[
			[100, 0],
			[100, 100],
		],
		182,
	],
])('%j makes the requests %j', async (listing, requests, count) => {
	for (let n = 0; n < 180; n++) world.weiban.directory.addCustomer({ id: `wm${n}` });
	const { items } = await getAll(listing);
	expect(items).toHaveLength(count);
	expect(asked()).toEqual(requests);
});

test('an unknown member of staff gives 20201 with its text and advice', async () => {
	const { error } = await getAll({ filters: { staffId: 'Niemand' } });
	expect(error?.message).toBe('staff_id 错误，找不到对应员工 (Weiban errcode 20201)');
	expect(error?.description).toContain('staff ID');
});

test.each([
	[20202, 'type'],
	[20203, 'type of customer'],
	[10049, 'the form of a value'],
])('code %d is shown with its advice', async (errcode, advice) => {
	const body = JSON.stringify({ errcode, errmsg: '不合法' });
	world.sandbox.faults.add({ vendor: 'weiban', path: 'external_user', kind: 'body', body });
	const { error } = await getAll({});
	expect(error?.message).toBe(`不合法 (Weiban errcode ${errcode})`);
	expect(error?.description).toContain(advice);
});

test.each([
	[{ filters: { type: '={{ 3 }}' } }, 'Type has no option "3"'],
	[{ options: { order: '={{ "up" }}' } }, 'Order has no option "up"'],
])('%j is refused before anything is sent', async (wrong, message) => {
	const { error } = await getAll(wrong);
	expect(error?.message).toContain(message);
	expect(world.sandbox.requests()).toEqual([]);
});

test('with Continue On Fail the other items go on', async () => {
	const items = ['Niemand', 'LiHua'].map((staff) => ({ json: { staff } }));
	const result = await getAll(
		{ filters: { staffId: '={{ $json.staff }}' } },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)).toMatchObject([
		{ error: expect.stringContaining('20201') },
		{ id: other },
	]);
});
