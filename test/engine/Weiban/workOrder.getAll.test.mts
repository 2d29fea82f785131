import { jsonOf, seedOrder, useWorld } from './world.mts';
import { longIds } from '../vendors.mts';

const world = useWorld();
const getAll = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run('workOrder', 'getAll', parameters, options);
const queries = () => world.calls().map(({ query: { access_token: _token, ...query } }) => query);
const fill = (count: number) => {
	for (let n = 0; n < count; n++) world.weiban.createWorkOrder();
};

test('the rows come out as work orders with every digit', async () => {
	const orders = jsonOf(await getAll({}));
	expect(world.calls()).toMatchObject([
		{ method: 'GET', path: '/open-api/workorder/list', body: '', accepted: true },
	]);
	expect(queries()).toEqual([{ limit: '50', offset: '0' }]);
	expect(orders.map(({ number }) => number)).toEqual([
		longIds[0],
		longIds[2],
		longIds[1],
		seedOrder,
	]);
	expect(orders[3]).toMatchObject({
		vendor: 'weiban',
		id: seedOrder,
		title: '2021年12月17日19:42:43',
		description: '2021年12月17日19:42:45',
		status: 'open',
		vendorStatus: '10',
		type: '鬼鬼',
		customer: { id: 'wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg', name: null },
		assignee: { id: 'LiuYang', name: null },
		createdAt: '2021-12-17T19:43:02+08:00',
	});
});

test('raw rows and selected fields come out as chosen', async () => {
	const [raw] = jsonOf(await getAll({ limit: 1, output: 'raw' }));
	expect(raw).toMatchObject({ order_no: longIds[0], status: 10, last_handler_id: null });
	const selected = { output: 'selected', selectedFields: ['number', 'status'] };
	expect(jsonOf(await getAll({ limit: 1, ...selected }))).toEqual([
		{ number: longIds[0], status: 'open' },
	]);
});

test.each([
	[30, [[30, 0]]],
	[100, [[100, 0]]],
	[
		150,
		[
			[100, 0],
			[50, 100],
		],
	],
	[
		240,
		[
			[100, 0],
			[100, 100],
			[40, 200],
		],
	],
	[
		999,
		[
			[100, 0],
			[100, 100],
			[100, 200],
		],
	],
])('limit %d makes the requests %j', async (limit, requests) => {
	fill(236);
	const { items, hints } = await getAll({ limit });
	expect(items).toHaveLength(Math.min(limit, 240));
	expect(queries().map((query) => [Number(query['limit']), Number(query['offset'])])).toEqual(
		requests,
	);
	expect(hints).toEqual(
		limit < 240 ? [`Weiban has 240 work orders; Limit cut them to ${limit}.`] : [],
	);
});

test('Return All reads all pages one after the other, each order once', async () => {
	fill(236);
	const { items, hints } = await getAll({ returnAll: true });
	expect(new Set(jsonOf({ items } as never).map(({ id }) => id)).size).toBe(240);
	expect(world.calls()).toHaveLength(3);
	expect(hints).toEqual([]);
});

test('an order that moves to the next page meanwhile comes out once', async () => {
	fill(146);
	world.sandbox.faults.add({ kind: 'latency', path: 'workorder/list', ms: 100, times: 2 });
	const reading = getAll({ returnAll: true });
	while (world.calls().length === 0) await new Promise((resolve) => setImmediate(resolve));
	world.weiban.createWorkOrder();
	const { items, hints } = await reading;
	const ids = items.map(({ json }) => json.id);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids).toHaveLength(150);
	expect(hints).toEqual([expect.stringContaining('counts 151 work orders and gave 150')]);
});

test('a page that comes empty is asked for again', async () => {
	fill(146);
	const empty = JSON.stringify({ errcode: 0, errmsg: 'ok', total: 150, workorder_list: [] });
	world.sandbox.faults.add({ vendor: 'weiban', path: 'workorder/list', kind: 'body', body: empty });
	const { items, hints } = await getAll({ returnAll: true });
	expect(items).toHaveLength(150);
	expect(world.calls()).toHaveLength(3);
	expect(hints).toEqual([]);
});

test('pages that stay empty end with a remark', async () => {
	const body = JSON.stringify({ errcode: 0, errmsg: 'ok', total: 150, workorder_list: [] });
	world.sandbox.faults.add({ vendor: 'weiban', path: 'list', kind: 'body', body, times: Infinity });
	const { items, hints } = await getAll({ returnAll: true });
	expect(items).toEqual([]);
	expect(world.calls()).toHaveLength(3);
	expect(hints).toEqual([expect.stringContaining('counts 150 work orders and gave 0')]);
});

test('title and span go out as the vendor counts', async () => {
	const filters = {
		title: ' 2021年12月17日 ',
		startTime: '2021-12-17T19:43:00+08:00',
		endTime: '2021-12-17T06:44:00',
	};
	const result = await getAll({ filters }, { timezone: 'America/New_York' });
	expect(queries()).toEqual([
		{
			limit: '50',
			offset: '0',
			title: '2021年12月17日',
			start_time: '1639741380',
			end_time: '1639741440',
		},
	]);
	expect(jsonOf(result).map(({ id }) => id)).toEqual([seedOrder]);
});

test.each([
	[{ filters: { startTime: 1639741380 } }, 'End Time is empty'],
	[{ filters: { endTime: 1639741380 } }, 'Start Time is empty'],
	[{ filters: { startTime: 1639741380, endTime: 1639741379 } }, 'End Time is before Start Time'],
	[{ filters: { startTime: 'soon', endTime: 1 } }, 'Start Time is not a date: "soon"'],
	[{ limit: '={{ 0 }}' }, 'Limit is not a whole number from 1 up'],
	[{ output: '={{ "xml" }}' }, 'Output has no option "xml"'],
])('%j is refused before anything is sent', async (wrong, message) => {
	const { error } = await getAll(wrong);
	expect(error?.message).toContain(message);
	expect(world.sandbox.requests()).toEqual([]);
});

test('the limits of the vendor are shown with their advice', async () => {
	const refused = (errcode: number) => JSON.stringify({ errcode, errmsg: '超过限制' });
	const fault = { vendor: 'weiban', path: 'workorder/list', kind: 'body' } as const;
	world.sandbox.faults.add({ ...fault, body: refused(10053), times: Infinity });
	const frequent = await getAll({});
	expect(frequent.error?.message).toBe('超过限制 (Weiban errcode 10053)');
	expect(frequent.error?.description).toContain('600 calls a minute');
	world.sandbox.faults.clear();
	world.sandbox.faults.add({ ...fault, body: refused(10052), times: Infinity });
	const parallel = await getAll({});
	expect(parallel.error?.message).toBe('超过限制 (Weiban errcode 10052)');
	expect(parallel.error?.description).toContain('More than 5 requests');
});

test('with Continue On Fail the other items go on', async () => {
	const items = ['soon', '2021-12-17'].map((end) => ({ json: { end } }));
	const result = await getAll(
		{ filters: { startTime: '2021-12-01', endTime: '={{ $json.end }}' } },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)[0]).toMatchObject({ error: expect.stringContaining('End Time') });
	expect(jsonOf(result)).toHaveLength(1);
});
