import { longIds } from '../vendors.mts';
import { seedCustomer, seedOrder, useWorld } from './world.mts';

const world = useWorld();
const values = async (list: string, filter?: string) =>
	(await world.search(list, filter)).results.map(({ value }) => value);

test('work orders are searched by Weiban and shown with title and number', async () => {
	const { results } = await world.search('searchWorkOrders', ' 2021年12月17日 ');
	expect(results).toEqual([{ name: `2021年12月17日19:42:43 (${seedOrder})`, value: seedOrder }]);
	expect(world.calls()).toMatchObject([
		{ path: '/open-api/workorder/list', query: { title: '2021年12月17日', offset: '0' } },
	]);
	expect(await values('searchWorkOrders')).toEqual([longIds[0], longIds[2], longIds[1], seedOrder]);
	expect(world.calls()[1]?.query).not.toHaveProperty('title');
});

test('a list is paged at the vendor', async () => {
	for (let n = 0; n < 146; n++) world.weiban.createWorkOrder();
	const first = await world.search('searchWorkOrders');
	expect(first.results).toHaveLength(100);
	const second = await world.search('searchWorkOrders', '', first.paginationToken);
	expect(second.results).toHaveLength(50);
	expect(second.paginationToken).toBeUndefined();
	expect(world.calls().map(({ query }) => query['offset'])).toEqual(['0', '100']);
});

test.each([
	['searchTemplates', '退', '62082', '退货 (62082)'],
	['searchTemplates', '62081', '62081', '鬼鬼 (62081)'],
	['searchStaff', 'lihua', 'LiHua', '李华 (LiHua)'],
	['searchStaff', '小刘', 'LiuYang', '刘洋 (LiuYang)'],
	['searchCustomers', '大大', seedCustomer, `大大怪 (${seedCustomer})`],
	[
		'searchCustomers',
		'星星球',
		'wm8xjUCAAAxiaoXiaoGuai0000000001',
		expect.stringContaining('小小怪'),
	],
	[
		'searchGroupChats',
		'售后',
		'wr8xjUCAAAshouHouQun000000000002',
		expect.stringContaining('售后群'),
	],
])('%s finds %s', async (list, filter, value, name) => {
	expect((await world.search(list, filter)).results).toMatchObject([{ name, value }]);
	expect(world.calls()).toHaveLength(1);
});

test('the newest customers come first', async () => {
	expect((await values('searchCustomers'))[1]).toBe(seedCustomer);
	expect(world.calls()[0]?.query).toMatchObject({ order: 'desc' });
});

test('a full page of templates is followed by another one, a short one by none', async () => {
	for (let id = 1; id <= 98; id++) world.weiban.templates.add({ id });
	const first = await world.search('searchTemplates');
	expect(first).toMatchObject({ results: { length: 100 }, paginationToken: '100' });
	const second = await world.search('searchTemplates', '', first.paginationToken);
	expect(second).toEqual({ results: [], paginationToken: undefined });
});

test.each([
	'searchWorkOrders',
	'searchStaff',
	'searchTemplates',
	'searchCustomers',
	'searchGroupChats',
])('a failing %s shows the text of Weiban, not an empty list', async (list) => {
	const body = JSON.stringify({ errcode: 10049, errmsg: '没有席位' });
	world.sandbox.faults.add({ vendor: 'weiban', path: 'list', kind: 'body', body });
	await expect(world.search(list)).rejects.toThrow('没有席位 (Weiban errcode 10049)');
});
