import { commonRefusals, located, orderId, orderNo, paths, useWorld } from './world.mts';

const world = useWorld();

it('reads one order by its id, with every field', async () => {
	const { items, error } = await world().run('workOrder.get', { id: orderId });
	expect(error).toBeUndefined();
	expect(world().sentPaths()).toEqual([paths.load]);
	const [request] = world().requests();
	expect(request).toMatchObject({
		method: 'POST',
		query: { access_token: expect.any(String), authority_info: expect.any(String) },
		headers: { groupname: 'ns-f51c', appuserid: '10102023', 'content-type': 'application/json' },
		accepted: true,
	});
	expect(request?.body).toBe(
		`{"entityName":"wg_service_workorder","id":"${orderId}","selectProperties":""}`,
	);
	expect(items.map(({ json }) => json)).toEqual([
		{
			vendor: 'kingdee',
			id: orderId,
			number: orderNo,
			title: '设备无法启动',
			description: null,
			status: 'open',
			vendorStatus: 'C',
			priority: null,
			type: '电话报修',
			customer: { id: '1701234567890123457', name: '南京示例机电有限公司' },
			requester: { id: null, name: '王先生' },
			assignee: { id: '1697009251337127936', name: '张工' },
			createdAt: '2025-06-05T09:12:00+08:00',
			updatedAt: null,
			dueAt: null,
			closedAt: null,
			tags: [],
			attachments: [],
			custom: expect.objectContaining({ statusName: 'Not Handled', team: [] }),
		},
	]);
});

it("answers Kingdee's own record, or chosen fields", async () => {
	const [raw] = (await world().run('workOrder.get', { id: orderId, output: 'raw' })).items;
	expect(raw?.json).toMatchObject({ billno: orderNo, promble: '设备无法启动', entryentity1: [] });
	const chosen = await world().run('workOrder.get', {
		id: orderId,
		output: 'selected',
		selectedFields: ['id', 'status'],
	});
	expect(chosen.items[0]?.json).toEqual({ id: orderId, status: 'open' });
});

it.each([
	['picked from the list', located('list', '2230413444614467585')],
	['entered by ID', located('id', ' 2230413444614467585 ')],
	['given by expression', '={{ "2230413444614467585" }}'],
])('takes an order that was %s', async (_how, id) => {
	const { items } = await world().run('workOrder.get', { id });
	expect(items[0]?.json).toMatchObject({ id: '2230413444614467585', title: '漏水' });
	expect(world().requests()).toHaveLength(1);
});

describe('by number', () => {
	const get = async (number: string) =>
		await world().run('workOrder.get', { id: located('number', number) });

	it('looks the id up by one request', async () => {
		expect((await get(` ${orderNo} `)).items[0]?.json).toMatchObject({ id: orderId });
		expect(world().sentPaths()).toEqual([paths.list, paths.load]);
		expect(world().sent(paths.list)).toEqual({
			entityName: 'wg_service_workorder',
			pageindex: 1,
			pagesize: 2,
			selectProperties: 'id,billno',
			andQfilters: [{ property: 'billno', cp: '=', value: orderNo }],
		});
	});

	it('takes no order of another number, should Kingdee not heed the condition', async () => {
		const rows = [{ id: '7', billno: 'fwgs-7' }];
		const body = JSON.stringify({ data: { rows }, errorCode: 'success', success: true });
		world().sandbox.faults.add({ kind: 'body', body });
		expect((await get(orderNo)).error?.message).toContain('has no work order in Kingdee');
		expect(world().requests(paths.load)).toEqual([]);
	});

	it('says when there is none, or several', async () => {
		expect((await get('fwgs-1')).error?.message).toBe(
			'Work Order has no work order in Kingdee: "fwgs-1"',
		);
		world().sandbox.kingdee.createWorkOrder({ billno: orderNo });
		const { error } = await get(orderNo);
		expect(error?.message).toContain('belongs to several work orders');
		expect(error?.description).toBe('Enter the ID.');
		expect(world().requests(paths.load)).toEqual([]);
	});
});

it.each(['9007199254740993', '1471808049579560961', '2230413444614467586'])(
	'passes %s digit for digit, also where Kingdee sends bare digits',
	async (id) => {
		world().sandbox.kingdee.createWorkOrder({ id });
		expect((await world().run('workOrder.get', { id })).items[0]?.json.id).toBe(id);
		const body = `{"data":{"id":${id},"dealman":{"id":${id}}},"errorCode":"success","success":true}`;
		world().sandbox.faults.add({ kind: 'body', body });
		const { items } = await world().run('workOrder.get', { id });
		expect(items[0]?.json).toMatchObject({ id, number: id, assignee: { id } });
	},
);

it.each<[string, unknown, RegExp]>([
	['nothing', '={{ "" }}', /^Work Order is empty/],
	['letters', 'x', /^Work Order is not a whole number/],
	['a damaged id', '={{ 2230413444614467584 }}', /^Work Order .*lost its last digits/],
	['no number', located('number', ' '), /^Work Order is empty/],
])('refuses %s before anything is sent', async (_what, id, message) => {
	const { error } = await world().run('workOrder.get', { id: id as string });
	expect(error?.message).toMatch(message);
	expect(world().requests()).toEqual([]);
});

it('tells what Kingdee says about an order that it does not have', async () => {
	const { error } = await world().run('workOrder.get', { id: '7' });
	expect(error?.message).toBe('单据不存在 (Kingdee errorCode 1030002003)');
	expect(error?.description).toContain('Check the ids');
});

it.each(['', 'null', '{}', '"x"', '[]'])('does not take %j for an order', async (data) => {
	const body = `{${data === '' ? '' : `"data":${data},`}"errorCode":"success","success":true}`;
	world().sandbox.faults.add({ kind: 'body', body });
	const { error } = await world().run('workOrder.get', { id: orderId });
	expect(error?.message).toMatch(/has no work order in Kingdee|in a form that is not known/);
});

it.each(commonRefusals)('advises about %s', async (errorCode, advice) => {
	const body = JSON.stringify({ errorCode, message: 'x', success: false });
	world().sandbox.faults.add({ kind: 'body', body });
	const { error } = await world().run('workOrder.get', { id: orderId });
	expect(error?.message).toBe(`x (Kingdee errorCode ${errorCode})`);
	expect(error?.description).toContain(advice);
	expect(world().requests()).toHaveLength(1);
});

it('keeps the other items going under Continue On Fail', async () => {
	const items = [orderId, '7', orderId].map((id) => ({ json: { id } }));
	const result = await world().run(
		'workOrder.get',
		{ id: '={{ $json.id }}' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(result.items.map(({ json }) => json.vendor ?? json.error)).toEqual([
		'kingdee',
		'单据不存在 (Kingdee errorCode 1030002003)',
		'kingdee',
	]);
});
