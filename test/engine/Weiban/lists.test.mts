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

describe('a list whose answer lacks something', () => {
	const rows = (from: number, count: number) =>
		Array.from({ length: count }, (_none, n) => ({ order_no: String(from + n) }));
	const answered = (answer: object, times = 1) =>
		world.sandbox.faults.add({
			vendor: 'weiban',
			path: 'workorder/list',
			kind: 'body',
			body: JSON.stringify({ errcode: 0, errmsg: 'ok', ...answer }),
			times,
		});
	const getMany = async () =>
		await world.run('workOrder', 'getAll', { returnAll: true, output: 'raw' });
	const numbers = (result: Awaited<ReturnType<typeof getMany>>) =>
		result.items.map(({ json }) => json.order_no);

	test.each([{}, { workorder_list: null }, { workorder_list: 'none', total: null }])(
		'has no rows in %j, and is asked for once',
		async (answer) => {
			answered(answer, Infinity);
			const result = await getMany();
			expect(result.error).toBeUndefined();
			expect(numbers(result)).toEqual([]);
			expect(world.calls()).toHaveLength(1);
			expect(result.hints).toEqual([]);
		},
	);

	test.each([{}, { total: null }])('ends with a short page where it says %j', async (total) => {
		answered({ workorder_list: rows(1, 100), ...total });
		answered({ workorder_list: rows(101, 99), ...total });
		const result = await getMany();
		expect(numbers(result)).toEqual(rows(1, 199).map(({ order_no }) => order_no));
		expect(world.calls().map(({ query }) => query['offset'])).toEqual(['0', '100']);
		expect(result.hints).toEqual([]);
	});

	test('is asked twice more for a page that came empty, and again after the next one', async () => {
		const [one, two, three] = [rows(1, 1), rows(2, 1), rows(3, 1)];
		for (const list of [[], [], one, [], [], two, three]) {
			answered({ workorder_list: list, total: 3 });
		}
		const result = await getMany();
		expect(numbers(result)).toEqual(['1', '2', '3']);
		expect(world.calls()).toHaveLength(7);
		expect(result.hints).toEqual([]);
	});
});

test('a refusal without a text shows its code', async () => {
	world.sandbox.faults.add({
		vendor: 'weiban',
		path: 'detail',
		kind: 'body',
		body: '{"errcode":7}',
	});
	const { error } = await world.run('workOrder', 'get', { orderNo: seedOrder });
	expect(error?.message).toMatch(/Weiban errcode 7/);
	expect(error?.message).not.toMatch(/undefined|null/);
});
