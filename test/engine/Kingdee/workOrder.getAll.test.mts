import { located, orderNo, paths, useWorld } from './world.mts';

const world = useWorld();

const numbers = (items: { json: { number?: unknown } }[]) => items.map(({ json }) => json.number);

function addOrders(count: number): void {
	for (let entry = 0; entry < count; entry++) world().sandbox.kingdee.createWorkOrder();
}

it('asks for the fields of the common shape and nothing it was not told', async () => {
	const { items } = await world().run('workOrder.getAll');
	expect(items).toHaveLength(3);
	expect(world().sentPaths()).toEqual([paths.list]);
	expect(world().sent(paths.list)).toEqual({
		entityName: 'wg_service_workorder',
		pageindex: 1,
		pagesize: 50,
		selectProperties:
			'id,billno,billstatus,billdate,feedbackdate,feedbacktype,custdldate,actualcompletiontime,completionprogress,totalservicehours,promble,comment,linkman,mobile,address,servicecustomer.name,dealman.name',
		andQfilters: [],
	});
	expect(items[2]?.json).toMatchObject({
		vendor: 'kingdee',
		id: '2231150198437654017',
		status: 'resolved',
		customer: { name: '上海示例科技有限公司' },
		closedAt: '2025-06-06T16:20:00+08:00',
	});
});

it('has Kingdee filter and sort', async () => {
	const { items } = await world().run('workOrder.getAll', {
		filters: { number: ' fwgs-20250605 ', problem: '漏', status: 'F' },
		conditions: {
			allOf: [{ property: ' linkman ', operator: 'equals', value: '王先生' }],
		},
		options: { orderBy: 'number asc' },
	});
	expect(numbers(items)).toEqual(['fwgs-20250605-00000002']);
	expect(world().sent(paths.list)).toMatchObject({
		andQfilters: [
			{ property: 'billstatus', cp: '=', value: 'F' },
			{ property: 'billno', cp: 'like', value: '%fwgs-20250605%' },
			{ property: 'promble', cp: 'like', value: '%漏%' },
			{ property: 'linkman', cp: '=', value: '王先生' },
		],
		orderBy: 'number asc',
	});
});

it.each([
	['contains', '%0605%', 2],
	['startsWith', '0605%', 0],
	['endsWith', '%0605', 0],
	['matches', '0605', 0],
	['equals', '0605', 0],
])('writes "%s" as the vendor does', async (operator, value, found) => {
	const { items } = await world().run('workOrder.getAll', {
		conditions: { anyOf: [{ property: 'billno', operator, value: '0605' }] },
	});
	const cp = operator === 'equals' ? '=' : 'like';
	expect(world().sent(paths.list)).toMatchObject({
		andQfilters: [],
		orQfilters: [{ property: 'billno', cp, value }],
	});
	expect(items).toHaveLength(found);
});

it('finds what one of several conditions holds for', async () => {
	const { items } = await world().run('workOrder.getAll', {
		conditions: {
			anyOf: [
				{ property: 'billstatus', operator: 'equals', value: 'F' },
				{ property: 'billno', operator: 'endsWith', value: '0606-00000001' },
			],
		},
	});
	expect(numbers(items)).toEqual(['fwgs-20250605-00000002', 'fwgs-20250606-00000001']);
});

describe('pages', () => {
	const sizes = () =>
		world()
			.requests(paths.list)
			.map(({ body }) => {
				const { pageindex, pagesize } = JSON.parse(body) as Record<string, number>;
				return [pageindex, pagesize];
			});

	it.each([
		[1, 1, [[1, 1]]],
		[100, 100, [[1, 100]]],
		[
			150,
			150,
			[
				[1, 100],
				[2, 100],
			],
		],
		[
			400,
			253,
			[
				[1, 100],
				[2, 100],
				[3, 100],
			],
		],
	])('with limit %i gets %i orders', async (limit, count, requests) => {
		addOrders(250);
		const { items } = await world().run('workOrder.getAll', { limit });
		expect(items).toHaveLength(count);
		expect(new Set(numbers(items)).size).toBe(count);
		expect(sizes()).toEqual(requests);
	});

	it('gets all', async () => {
		addOrders(250);
		const { items, hints } = await world().run('workOrder.getAll', { returnAll: true });
		expect(items).toHaveLength(253);
		expect(sizes()).toHaveLength(3);
		expect(hints).toEqual([]);
	});

	it('trusts no count: after a full page it asks once more', async () => {
		addOrders(97);
		const { items } = await world().run('workOrder.getAll', { returnAll: true });
		expect(items).toHaveLength(100);
		expect(sizes()).toHaveLength(2);
	});

	it('reads a bare list as well', async () => {
		world().sandbox.kingdee.listShape = 'array';
		addOrders(120);
		const { items } = await world().run('workOrder.getAll', { returnAll: true });
		expect(items).toHaveLength(123);
	});

	it('ends when a page comes again, and gives every order once', async () => {
		addOrders(97);
		await world().run('workOrder.getAll', { limit: 100 });
		const body = world().requests(paths.list)[0]?.answer ?? '';
		world().sandbox.clearRequests();
		world().sandbox.faults.add({ kind: 'body', body, times: Infinity });
		const { items } = await world().run('workOrder.getAll', { returnAll: true });
		expect(sizes()).toHaveLength(2);
		expect(items).toHaveLength(100);
	});

	it('remarks that the limit hides orders', async () => {
		const { hints } = await world().run('workOrder.getAll', { limit: 2 });
		expect(hints).toEqual(['Kingdee has 3 of them; Limit let 2 through.']);
	});

	it('remarks that a row without an id is left out, and reads on', async () => {
		world().sandbox.kingdee.listShape = 'array';
		addOrders(150);
		await world().run('workOrder.getAll', { limit: 100 });
		const body = (world().requests(paths.list)[0]?.answer ?? '').replace(
			'"id":"2230413444614467584",',
			'',
		);
		world().sandbox.faults.add({ kind: 'body', body });
		const { items, hints } = await world().run('workOrder.getAll', { returnAll: true });
		expect(items).toHaveLength(152);
		expect(hints).toEqual(['Kingdee sent 1 rows without an id; they are left out.']);
	});
});

it.each<[string, object, RegExp]>([
	['limit 0', { limit: 0 }, /^Limit is not a whole number from 1/],
	['an unknown state', { filters: { status: '={{ "X" }}' } }, /^Status has no option "X"/],
	[
		'a condition without field',
		{ conditions: { allOf: [{ property: ' ', operator: 'equals', value: 'x' }] } },
		/^Field is empty/,
	],
	[
		'an empty pattern',
		{ conditions: { anyOf: [{ property: 'billno', operator: 'contains', value: '' }] } },
		/^Value is empty/,
	],
	[
		'an operator that is not published',
		{ conditions: { allOf: [{ property: 'billno', operator: '={{ ">" }}', value: '1' }] } },
		/^Operator has no option ">"/,
	],
	['no field chosen', { output: 'selected', selectedFields: [] }, /^Fields is empty/],
])('refuses %s before anything is sent', async (_what, parameters, message) => {
	const { error } = await world().run('workOrder.getAll', parameters as never);
	expect(error?.message).toMatch(message);
	expect(world().requests()).toEqual([]);
});

it('shows what Kingdee refuses', async () => {
	const { error } = await world().run('workOrder.getAll', { options: { orderBy: 'a b c' } });
	expect(error?.message).toBe('orderBy格式错误 (Kingdee errorCode 1030002006)');
	expect(error?.description).toContain('Correct the field that the text names');
});

describe('the list to pick a work order from', () => {
	const search = async (filter?: string, page?: string, list = 'searchWorkOrders') =>
		await world().engine.search(world().node('workOrder.get'), list, filter, page);

	it('shows number and problem, searched by Kingdee', async () => {
		expect(await search('漏水')).toEqual({
			results: [{ name: 'fwgs-20250605-00000002 · 漏水', value: '2230413444614467585' }],
			paginationToken: undefined,
		});
		expect(world().sent(paths.list)).toEqual({
			entityName: 'wg_service_workorder',
			pageindex: 1,
			pagesize: 50,
			selectProperties: 'id,billno,promble',
			andQfilters: [],
			orQfilters: [
				{ property: 'billno', cp: 'like', value: '%漏水%' },
				{ property: 'promble', cp: 'like', value: '%漏水%' },
			],
		});
		expect((await search(orderNo)).results).toHaveLength(1);
		const [entry] = (await search('漏水', undefined, 'searchWorkOrderNumbers')).results;
		expect(entry?.value).toBe('fwgs-20250605-00000002');
	});

	it('is paged at Kingdee', async () => {
		addOrders(60);
		const first = await search();
		expect(first.results).toHaveLength(50);
		expect(first.paginationToken).toBe('2');
		const second = await search(undefined, '2');
		expect(second.results).toHaveLength(13);
		expect(second.paginationToken).toBeUndefined();
		expect(world().sent(paths.list)).not.toHaveProperty('orQfilters');
	});

	it('shows the error of Kingdee instead of an empty list', async () => {
		world().sandbox.kingdee.expireTokens();
		await expect(search()).rejects.toThrow('access_token is expired (Kingdee errcode 4011)');
	});

	it('can be used: what was picked is read', async () => {
		const [entry] = (await search('漏水')).results;
		const id = located('list', String(entry?.value));
		const { items } = await world().run('workOrder.get', { id });
		expect(items[0]?.json.title).toBe('漏水');
	});
});
