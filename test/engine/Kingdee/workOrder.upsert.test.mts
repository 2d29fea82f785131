import { commonRefusals, located, orderId, orderNo, paths, useWorld } from './world.mts';

const world = useWorld();

const save = async (parameters: object, more = {}) =>
	await world().run('workOrder.upsert', parameters as never, more);
const mapped = (value: object, types: Record<string, string> = {}) => ({
	values: {
		mappingMode: 'defineBelow',
		value,
		matchingColumns: [],
		schema: Object.keys(value).map((id) => ({
			id,
			displayName: id,
			type: types[id] ?? 'string',
			required: false,
			defaultMatch: false,
			display: true,
		})),
	},
});
const saved = () => world().sandbox.kingdee.workOrders();

it('creates an order from JSON', async () => {
	const data =
		'{"promble": "漏水", "servicecustomer_id": "1701234567890123457", "dealman_id": 1697009251337127936}';
	const { items, error } = await save({ valuesAs: 'json', data });
	expect(error).toBeUndefined();
	expect(world().sentPaths()).toEqual([paths.save]);
	// Text for text: the bare id keeps every digit and stays bare.
	expect(world().requests()[0]?.body).toBe(
		'{"entityName":"wg_service_workorder","data":{"promble":"漏水","servicecustomer_id":"1701234567890123457","dealman_id":1697009251337127936}}',
	);
	const created = saved().at(-1);
	expect(created).toMatchObject({
		promble: '漏水',
		servicecustomer: { name: '南京示例机电有限公司' },
		dealman: { id: '1697009251337127936', name: '张工' },
	});
	expect(items[0]?.json).toEqual({
		id: created?.id,
		number: created?.billno,
		created: true,
		message: null,
	});
});

it('changes an order with values from the form, in the form of Kingdee', async () => {
	const { items, error } = await save({
		id: located('list', orderId),
		...mapped(
			{
				comment: '加急',
				dealman_id: '9007199254740993',
				custdldate: '2025-07-17T00:11:41Z',
				totalservicehours: 2.5,
				wg_allocationsentry:
					'[{"member_id": 9007199254740993, "mulemp": [{"fbasedataid_id": "7"}]}]',
				email: '',
				job: null,
			},
			{ custdldate: 'dateTime', totalservicehours: 'number', wg_allocationsentry: 'array' },
		),
	});
	expect(error).toBeUndefined();
	expect(world().requests()[0]?.body).toBe(
		`{"entityName":"wg_service_workorder","data":{"id":"${orderId}","comment":"加急","dealman_id":"9007199254740993","custdldate":"2025-07-17 08:11:41","totalservicehours":2.5,"wg_allocationsentry":[{"member_id":9007199254740993,"mulemp":[{"fbasedataid_id":"7"}]}]}}`,
	);
	expect(saved()[0]).toMatchObject({ comment: '加急', email: '', promble: '设备无法启动' });
	expect(items[0]?.json).toEqual({ id: orderId, number: orderNo, created: false, message: null });
});

it('maps fields of the input item by their names', async () => {
	const { values } = mapped({ comment: '', promble: '', mobile: '' });
	const [, ...wanted] = values.schema;
	const result = await save(
		{
			id: orderId,
			values: {
				...values,
				mappingMode: 'autoMapInputData',
				value: null,
				schema: [{ ...values.schema[0], removed: true }, ...wanted],
			},
		},
		{ items: [{ json: { comment: '不', promble: '异响', other: 1 } }] },
	);
	expect(result.error).toBeUndefined();
	expect(world().sent(paths.save).data).toEqual({ id: orderId, promble: '异响' });
});

it.each([
	['2025-07-17 08:11:41', '2025-07-17 08:11:41'],
	['2025-07-16T20:11:41', '2025-07-17 08:11:41'],
	["={{ DateTime.fromISO('2025-07-17T00:11:41Z') }}", '2025-07-17 08:11:41'],
])('reads the time %s as the zone of its form says', async (custdldate, sent) => {
	const values = mapped({ custdldate }, { custdldate: 'dateTime' });
	const { error } = await save({ id: orderId, ...values }, { timezone: 'America/New_York' });
	expect(error).toBeUndefined();
	expect(world().sent(paths.save).data).toEqual({ id: orderId, custdldate: sent });
});

it('changes an order by its number', async () => {
	const { items } = await save({
		id: located('number', orderNo),
		valuesAs: 'json',
		data: { comment: 'x' },
	});
	expect(world().sentPaths()).toEqual([paths.list, paths.save]);
	expect(items[0]?.json).toMatchObject({ id: orderId, created: false });
});

it('empties a field by JSON', async () => {
	await save({ id: orderId, valuesAs: 'json', data: { dealman_id: '' } });
	expect(saved()[0]?.dealman).toBeNull();
});

it.each([
	['id', true, null],
	['text', false, '操作成功'],
] as const)('reads an answer that is %s', async (shape, tellsId, message) => {
	world().sandbox.kingdee.savedShape = shape;
	const { items } = await save({ valuesAs: 'json', data: { promble: 'x' } });
	const id = tellsId ? saved().at(-1)?.id : null;
	expect(items[0]?.json).toEqual({ id, number: null, created: true, message });
	const update = await save({ id: orderId, valuesAs: 'json', data: { promble: 'x' } });
	expect(update.items[0]?.json.id).toBe(orderId);
});

it("answers Kingdee's own answer", async () => {
	const { items } = await save({ valuesAs: 'json', data: { promble: 'x' }, output: 'raw' });
	expect(items[0]?.json).toMatchObject({ errorCode: 'success', success: true });
});

it.each<[string, object, RegExp]>([
	['no JSON', { valuesAs: 'json', data: '{' }, /^Data is not JSON/],
	['a list', { valuesAs: 'json', data: '[1]' }, /^Data is not a JSON object/],
	['an empty object', { valuesAs: 'json', data: '{}' }, /^Data has no field/],
	['an id in the data', { valuesAs: 'json', data: '{"id": "7"}' }, /^Data has an id/],
	['a form without values', mapped({ comment: '' }), /^Values has no field with a value/],
	[
		'a reference by name',
		mapped({ dealman_id: '张工' }),
		/^Values has dealman_id, which is not a whole number/,
	],
	[
		'a damaged id',
		mapped({ serial: '={{ 2230413444614467584 }}' }, { serial: 'number' }),
		/^Values has serial, which .*lost its last digits/,
	],
	[
		'a list that is none',
		mapped({ mulemp: '={{ "x" }}' }, { mulemp: 'array' }),
		/^Values has mulemp, which is not a list in JSON/,
	],
	[
		'a date that is none',
		mapped({ custdldate: '={{ "soon" }}' }, { custdldate: 'dateTime' }),
		/^Values has custdldate, which is not a date/,
	],
	['a wrong order', { id: 'x', valuesAs: 'json', data: '{"a": 1}' }, /^Work Order is not a whole/],
	['a wrong way', { valuesAs: '={{ "x" }}' }, /^Enter Values As has no option "x"/],
])('refuses %s before anything is sent', async (_what, parameters, message) => {
	const { error } = await save(parameters);
	expect(error?.message).toMatch(message);
	expect(world().requests()).toEqual([]);
});

it.each<[string, object, string]>([
	[
		'an unknown order',
		{ id: '7', data: '{"comment": "x"}' },
		'单据不存在 (Kingdee errorCode 1030002003)',
	],
	[
		'an unknown field',
		{ data: '{"problem": "x"}' },
		'字段problem不存在 (Kingdee errorCode 1030002006)',
	],
	[
		'a reference without _id',
		{ data: '{"dealman": "7"}' },
		'dealman应使用dealman_id (Kingdee errorCode 1030002001)',
	],
])('shows what Kingdee says about %s', async (_what, parameters, message) => {
	const { error } = await save({ valuesAs: 'json', ...parameters });
	expect(error?.message).toBe(message);
	expect(error?.description).toBeTruthy();
	expect(saved()).toHaveLength(3);
});

it.each(commonRefusals)('advises about %s and does not repeat', async (errorCode, advice) => {
	const body = JSON.stringify({ errorCode, message: 'x', success: false });
	world().sandbox.faults.add({ kind: 'body', body });
	const { error } = await save({ valuesAs: 'json', data: { promble: 'x' } });
	expect(error?.description).toContain(advice);
	expect(world().requests()).toHaveLength(1);
});

it('warns that the order may have been saved when the connection breaks', async () => {
	world().sandbox.faults.add({ kind: 'resetAfter' });
	const { error } = await save({ valuesAs: 'json', data: { promble: 'x' } });
	expect(error?.description).toContain('may have taken effect');
	expect(saved()).toHaveLength(4);
	expect(world().requests()).toHaveLength(1);
});

describe('the fields of the form', () => {
	const fields = async (parameters = {}) =>
		await world().engine.mapperFields(
			world().node('workOrder.upsert', parameters),
			'getWorkOrderFields',
		);

	it('are those that sample orders have', async () => {
		const { fields: found } = await fields();
		const types = Object.fromEntries(found.map(({ id, type }) => [id, type]));
		expect(types).toMatchObject({
			billdate: 'dateTime',
			// Only the third order has one.
			actualcompletiontime: 'dateTime',
			dealman_id: 'string',
			servicecustomer_id: 'string',
			totalservicehours: 'number',
			promble: 'string',
			material_entity: 'array',
		});
		expect(types).not.toHaveProperty('id');
		expect(types).not.toHaveProperty('dealman');
		// Empty in every sample: what it takes is not known.
		expect(types).not.toHaveProperty('project');
		expect(types).not.toHaveProperty('project_id');
		expect(world().sentPaths()).toEqual([paths.list, paths.load, paths.load, paths.load]);
	});

	it('begin with the order that is to be changed', async () => {
		await fields({ id: located('id', '2231150198437654017') });
		expect(JSON.parse(world().requests(paths.load)[0]?.body ?? '')).toMatchObject({
			id: '2231150198437654017',
		});
		expect(world().requests(paths.load)).toHaveLength(3);
	});

	it('are none, with a word of advice, where Kingdee has no order', async () => {
		for (const { id } of saved()) world().sandbox.kingdee.deleteWorkOrder(id);
		expect(await fields()).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringContaining('Enter JSON instead'),
		});
	});

	it('show the error of Kingdee', async () => {
		world().sandbox.kingdee.expireTokens();
		await expect(fields()).rejects.toThrow('access_token is expired (Kingdee errcode 4011)');
	});
});
