import { jsonOf, located, seedCustomer, useWorld } from './world.mts';

const world = useWorld();
const get = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run('customer', 'get', parameters, options);
const unionId = 'oz9xvw_daDaGuai0000000000000';

test.each([
	[{ customerId: located(seedCustomer) }, { id: seedCustomer }],
	[{ findBy: 'unionid', unionId: ` ${unionId} ` }, { unionid: unionId }],
])('%j asks with %j', async (parameters, query) => {
	const [customer] = jsonOf(await get(parameters));
	expect(world.calls()).toMatchObject([{ method: 'GET', path: '/open-api/external_user/get' }]);
	expect(world.calls()[0]?.query).toEqual({ ...query, access_token: expect.any(String) });
	expect(customer).toEqual({
		id: seedCustomer,
		unionId,
		name: '大大怪',
		type: 'wechat',
		companyName: null,
		position: null,
		followedBy: ['LiuYang'],
		avatar: 'http://wx.qlogo.cn/mmhead/sandbox/0',
		createdAt: '2020-01-17T14:52:28+08:00',
	});
});

test('the raw record is untouched', async () => {
	const [customer] = jsonOf(await get({ customerId: seedCustomer, output: 'raw' }));
	expect(customer).toMatchObject({ gender: 0, follow_staffs: [{ staff_name: '刘洋' }] });
});

test.each([
	[{ customerId: 'wm0' }, 20206, 'no customer with this ID'],
	[{ findBy: 'unionid', unionId: 'o0' }, 20207, 'no customer with this union ID'],
])('%j gives %d with its text and advice', async (wrong, code, advice) => {
	const { error } = await get(wrong);
	expect(error?.message).toMatch(new RegExp(`找不到对应客户 \\(Weiban errcode ${code}\\)$`));
	expect(error?.description).toContain(advice);
});

test.each([
	[{ customerId: located('={{ $json.absent }}', 'id') }, 'Customer is empty'],
	[{ findBy: 'unionid', unionId: '={{ $json.absent }}' }, 'Union ID is empty'],
	[{ customerId: '={{ ["wm0"] }}' }, 'Customer is not text'],
	[{ customerId: 'wm0', unionId: 'o0', findBy: '={{ "name" }}' }, 'Find By has no option "name"'],
])('%j is refused before anything is sent', async (wrong, message) => {
	const { error } = await get(wrong);
	expect(error?.message).toContain(message);
	expect(world.sandbox.requests()).toEqual([]);
});

test('with Continue On Fail the other items go on', async () => {
	const items = ['wm0', seedCustomer].map((id) => ({ json: { id } }));
	const result = await get(
		{ customerId: '={{ $json.id }}' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)).toMatchObject([
		{ error: expect.stringContaining('20206') },
		{ name: '大大怪' },
	]);
});
