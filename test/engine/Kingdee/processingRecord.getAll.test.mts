import { located, orderId, orderNo, paths, useWorld } from './world.mts';

const world = useWorld();

async function process(id: string, number: string, note: string): Promise<void> {
	const { error } = await world().run('workOrder.process', {
		id,
		orderNo: number,
		status: 'H',
		handlingStart: '2025-07-17 08:11:41',
		handlingEnd: '2025-07-17 18:11:41',
		handlerId: '1697009251337127936',
		departmentId: '1697221606960547840',
		progress: '100',
		problemCauseId: '1895123256688528389',
		schemeId: '1895123523051994117',
		resultId: '2028468841138471936',
		additionalFields: { note, workingHours: 10 },
	});
	expect(error).toBeUndefined();
	world().sandbox.clearRequests();
}

it('lists what was recorded about one order', async () => {
	await process(orderId, orderNo, '换泵');
	await process('2230413444614467585', 'fwgs-20250605-00000002', '清洗');
	const { items, error } = await world().run('processingRecord.getAll', {
		orderNo: located('list', orderNo),
		options: { orderBy: 'billno desc' },
	});
	expect(error).toBeUndefined();
	expect(world().sentPaths()).toEqual([paths.list]);
	expect(world().sent(paths.list)).toEqual({
		entityName: 'wg_deal_record',
		pageindex: 1,
		pagesize: 50,
		selectProperties:
			'id,billno,sourcebillno,feedbackno,combofield,completionprogress,workinghours,startdate,enddate,emp,dept,mulemp,wg_reason,wg_scheme,wg_result,remark,wg_address,wg_pre_image,wg_after_image',
		andQfilters: [{ property: 'sourcebillno', cp: '=', value: orderNo }],
		orderBy: 'billno desc',
	});
	expect(items.map(({ json }) => json)).toEqual([
		{
			id: expect.stringMatching(/^\d{19}$/),
			number: expect.stringMatching(/^CLJL-/),
			workOrderNumber: orderNo,
			status: 'H',
			startedAt: '2025-07-17T08:11:41+08:00',
			endedAt: '2025-07-17T18:11:41+08:00',
			handler: '1697009251337127936',
			workingHours: 10,
			progress: 100,
			note: '换泵',
		},
	]);
});

it('lists the records of all orders, by conditions', async () => {
	await process(orderId, orderNo, '换泵');
	await process('2230413444614467585', 'fwgs-20250605-00000002', '清洗');
	expect((await world().run('processingRecord.getAll')).items).toHaveLength(2);
	const { items } = await world().run('processingRecord.getAll', {
		conditions: { anyOf: [{ property: 'remark', operator: 'startsWith', value: '清' }] },
		output: 'raw',
	});
	expect(items).toHaveLength(1);
	expect(items[0]?.json).toMatchObject({ remark: '清洗', emp: { id: '1697009251337127936' } });
});

it('fills what Kingdee does not say with null, and takes a name where there is one', async () => {
	const rows = [{ id: '7' }, { id: '8', emp: { id: '5', name: '张工' }, startdate: '' }];
	const body = JSON.stringify({ data: { rows }, errorCode: 'success', success: true });
	world().sandbox.faults.add({ kind: 'body', body });
	const { items } = await world().run('processingRecord.getAll');
	expect(items.map(({ json }) => json)).toEqual([
		{
			id: '7',
			number: null,
			workOrderNumber: null,
			status: null,
			startedAt: null,
			endedAt: null,
			handler: null,
			workingHours: null,
			progress: null,
			note: null,
		},
		expect.objectContaining({ id: '8', handler: '张工', startedAt: null }),
	]);
});

it('stops at the limit', async () => {
	await process(orderId, orderNo, '1');
	await process(orderId, orderNo, '2');
	const { items, hints } = await world().run('processingRecord.getAll', { limit: 1 });
	expect(items).toHaveLength(1);
	expect(world().sent(paths.list)).toMatchObject({ pagesize: 1 });
	expect(hints).toEqual(['Kingdee has 2 of them; Limit let 1 through.']);
});

it('refuses bad input before anything is sent', async () => {
	const { error } = await world().run('processingRecord.getAll', { limit: -1 });
	expect(error?.message).toMatch(/^Limit/);
	expect(world().requests()).toEqual([]);
});
