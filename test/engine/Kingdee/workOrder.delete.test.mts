import { located, orderId, orderNo, paths, useWorld } from './world.mts';

const world = useWorld();

it('deletes one order and says so', async () => {
	const { items } = await world().run('workOrder.delete', { id: located('list', orderId) });
	expect(world().sentPaths()).toEqual([paths.delete]);
	expect(world().requests()[0]?.body).toBe(
		`{"ids":["${orderId}"],"entityName":"wg_service_workorder"}`,
	);
	expect(items[0]?.json).toEqual({ id: orderId, deleted: true, message: '操作成功' });
	expect(world().sandbox.kingdee.workOrders()).toHaveLength(2);
});

it('deletes an order by its number', async () => {
	const { items } = await world().run('workOrder.delete', { id: located('number', orderNo) });
	expect(world().sentPaths()).toEqual([paths.list, paths.delete]);
	expect(items[0]?.json).toMatchObject({ id: orderId, deleted: true });
});

it.each(['9007199254740993', '1471808049579560961'])('deletes %s and no other', async (id) => {
	world().sandbox.kingdee.createWorkOrder({ id });
	await world().run('workOrder.delete', { id });
	expect(world().sandbox.kingdee.workOrders()).toHaveLength(3);
});

it.each<[unknown, RegExp]>([
	['={{ "" }}', /^Work Order is empty/],
	['={{ 2230413444614467584 }}', /lost its last digits/],
	[located('number', 'fwgs-9'), /has no work order in Kingdee/],
])('deletes nothing for %j', async (id, message) => {
	const { error } = await world().run('workOrder.delete', { id: id as string });
	expect(error?.message).toMatch(message);
	expect(world().requests(paths.delete)).toEqual([]);
});

it('shows what Kingdee says, and goes on with the next item', async () => {
	const items = ['7', orderId].map((id) => ({ json: { id } }));
	const result = await world().run(
		'workOrder.delete',
		{ id: '={{ $json.id }}' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(result.items.map(({ json }) => json)).toMatchObject([
		{ error: '单据7不存在 (Kingdee errorCode 1030002003)' },
		{ id: orderId, deleted: true },
	]);
});

it('warns that the order may be gone when no answer comes', async () => {
	world().sandbox.faults.add({ kind: 'empty' });
	const { error } = await world().run('workOrder.delete', { id: orderId });
	expect(error?.description).toContain('may have taken effect');
	expect(world().requests()).toHaveLength(1);
});
