import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox/index.mts';
import { kingdee } from '../sandbox/clients.mts';
import type { Engine } from './engine.mts';
import { onSandbox } from './onSandbox.mts';
import { kingdeeByToken, longIds } from './vendors.mts';

const HANDLE = '/weigusoft/wg_crm/wg_handleBillBusinessApi';
const LIST = '/weigusoft/wg_cost/loadList';
const LOAD = '/weigusoft/wg_cost/loadData';

let engine: Engine;
let sandbox: Sandbox;
onSandbox((started) => ({ engine, sandbox } = started));

const byToken = () => ({ kingdeeApi: kingdeeByToken(sandbox) });

const idOf = ({ workOrder }: IDataObject) => (workOrder as { id: string }).id;
const brief = (event: IDataObject) => `${String(event.event)} ${idOf(event)}`;

function trigger(events: string[], options: object = {}) {
	const watched = engine.pollingTrigger({
		type: 'kingdeeTrigger',
		parameters: { events, options: options as never },
		credentials: byToken(),
	});
	/** Polls and answers "event id" pairs. */
	return { ...watched, names: async () => (await watched.poll()).map(brief) };
}

const statuses = ['created', 'statusChanged', 'done', 'cannotBeHandled'];
const everything = [...statuses, 'processingRecordAdded'];

const create = (partial: Parameters<Sandbox['kingdee']['createWorkOrder']>[0] = {}) =>
	sandbox.kingdee.createWorkOrder(partial).id;
const change = (id: string, patch: Parameters<Sandbox['kingdee']['changeWorkOrder']>[1]) =>
	sandbox.kingdee.changeWorkOrder(id, patch);
const requests = () => sandbox.requests('kingdee');

/** Somebody processes an order in Kingdee: its state changes and a record is added. */
async function handle(id: string, state: 'F' | 'G' | 'H', end = '2025-07-17 18:11:41') {
	const order = sandbox.kingdee.workOrders().find((candidate) => candidate.id === id);
	const { json } = await kingdee(sandbox, HANDLE, {
		entity: '',
		id,
		flag: 'handle-order',
		body_: {
			orderNo: order?.billno,
			handlesdate: '2025-07-17 08:11:41',
			handleedate: end,
			handlemanid: '1697009251337127936',
			handledeptid: '1697221606960547840',
			wxztid: state,
			combofield: state,
			diff: 10,
			processid: '2',
			wtyyid: '1895123256688528389',
			clfaid: '1895123523051994117',
			cljgid: '2028468841138471936',
			clsmid: '处理说明',
		},
	});
	expect(json).toMatchObject({ success: true });
}

describe.each(['rows', 'array'] as const)('with lists as %s', (listShape) => {
	beforeEach(() => {
		sandbox.kingdee.listShape = listShape;
	});

	test('the first poll emits nothing, later ones each happening once', async () => {
		const watched = trigger(statuses);
		expect(await watched.names()).toEqual([]);
		const id = create();
		expect(await watched.names()).toEqual([`created ${id}`]);
		expect(await watched.names()).toEqual([]);
		await handle(id, 'F');
		expect(await watched.names()).toEqual([`statusChanged ${id}`]);
		await handle(id, 'H');
		expect(await watched.names()).toEqual([`done ${id}`]);
		change(id, { billstatus: 'F' });
		expect(await watched.names()).toEqual([`statusChanged ${id}`]);
		await handle(id, 'G');
		expect(await watched.names()).toEqual([`cannotBeHandled ${id}`]);
		expect(await watched.names()).toEqual([]);
	});

	test('a list of several pages is read to its end', async () => {
		for (let i = 0; i < 230; i++) create({ billstatus: 'A' });
		const watched = trigger(statuses, { maxEvents: 1000 });
		await watched.poll();
		expect(Object.keys((watched.memory().watch as { open: object }).open)).toHaveLength(232);
		for (const { id } of sandbox.kingdee.workOrders()) change(id, { billstatus: 'B' });
		expect(await watched.names()).toHaveLength(233);
	});

	test('nothing is missed when Kingdee does not heed the order asked for', async () => {
		sandbox.kingdee.heedsOrderBy = false;
		for (let i = 0; i < 130; i++) create({ billstatus: 'H' });
		const watched = trigger(statuses);
		await watched.poll();
		const id = create({ billstatus: 'H' });
		const cleared = trigger(statuses, { orderBy: '' });
		await cleared.poll();
		expect(await watched.names()).toEqual([`created ${id}`, `done ${id}`]);
		const other = create();
		expect(await cleared.names()).toEqual([`created ${other}`]);
		expect(requests().at(-1)?.body).not.toContain('orderBy');
	});
});

test('an event has the published shape and a stable id', async () => {
	const [first, second] = [trigger(statuses), trigger(statuses)];
	await first.poll();
	await second.poll();
	const id = create();
	const [created] = await first.poll();
	expect(created).toMatchObject({
		id: `kingdee:${id}:created`,
		event: 'created',
		workOrder: {
			vendor: 'kingdee',
			id,
			title: '设备无法启动',
			status: 'open',
			vendorStatus: 'C',
			customer: { name: '南京示例机电有限公司' },
			requester: { name: '王先生' },
			assignee: { name: '张工' },
			closedAt: null,
			custom: { statusName: 'Not Handled' },
		},
		changes: {},
		raw: { id, billstatus: 'C' },
	});
	await second.poll();
	await handle(id, 'H');
	const [event] = await first.poll();
	expect(event).toMatchObject({
		id: `kingdee:${id}:H:20250717181141`,
		event: 'done',
		occurredAt: '2025-07-17T18:11:41+08:00',
		workOrder: { status: 'resolved', closedAt: '2025-07-17T18:11:41+08:00' },
		changes: {
			status: { from: 'open', to: 'resolved' },
			vendorStatus: { from: 'C', to: 'H' },
		},
	});
	expect((await second.poll())[0]?.id).toBe(event?.id);
	await handle(id, 'G');
	const [stuck] = await first.poll();
	expect(stuck).toMatchObject({
		event: 'cannotBeHandled',
		occurredAt: null,
		workOrder: {
			status: 'unknown',
			vendorStatus: 'G',
			custom: { statusName: 'Cannot Be Handled' },
		},
		changes: { vendorStatus: { from: 'H', to: 'G' } },
	});
});

test('a state that is reached again has another id', async () => {
	const watched = trigger(statuses);
	await watched.poll();
	const id = create();
	await watched.poll();
	const ids = new Set<unknown>();
	for (const billstatus of ['F', 'H', 'F', 'H', 'C', 'F', 'H', 'G', 'A']) {
		change(id, { billstatus });
		for (const event of await watched.poll()) ids.add(event.id);
	}
	expect(ids.size).toBe(9);
});

test.each(longIds)('order %s is followed digit for digit', async (id) => {
	sandbox.kingdee.deleteWorkOrder(id);
	const watched = trigger(everything, { includeDetails: true });
	await watched.poll();
	create({ id });
	expect(await watched.names()).toEqual([`created ${id}`]);
	await handle(id, 'F');
	expect(await watched.names()).toEqual([`statusChanged ${id}`, `processingRecordAdded ${id}`]);
	await handle(id, 'H');
	expect(await watched.names()).toEqual([`done ${id}`, `processingRecordAdded ${id}`]);
});

test('ids that come as bare numbers keep their digits', async () => {
	const row = '{"id":2230413444614467584,"billno":"fwgs-20990101-00000001","billstatus":"C"}';
	const other = row.replaceAll('84,', '85,').replace('00001"', '00002"');
	const body = `{"data":[${row},${other}],"errorCode":"success","status":true,"success":true}`;
	for (const { id } of sandbox.kingdee.workOrders()) sandbox.kingdee.deleteWorkOrder(id);
	const fresh = trigger(['created'], { emitExisting: true });
	sandbox.faults.add({ vendor: 'kingdee', kind: 'body', path: LIST, body, times: 1 });
	expect((await fresh.poll()).map(idOf)).toEqual(['2230413444614467584', '2230413444614467585']);
});

test('only chosen events come; ends count as changes of status where they are not chosen', async () => {
	const [done, changed, created] = [
		trigger(['done']),
		trigger(['statusChanged']),
		trigger(['created']),
	];
	for (const watched of [done, changed, created]) await watched.poll();
	const id = create();
	for (const watched of [done, changed]) expect(await watched.names()).toEqual([]);
	expect(await created.names()).toEqual([`created ${id}`]);
	await handle(id, 'F');
	expect(await done.names()).toEqual([]);
	expect(await changed.names()).toEqual([`statusChanged ${id}`]);
	await handle(id, 'H');
	expect(await done.names()).toEqual([`done ${id}`]);
	expect(await changed.names()).toEqual([`statusChanged ${id}`]);
	change(id, { billstatus: 'C' });
	expect(await changed.names()).toEqual([`statusChanged ${id}`]);
	await handle(id, 'G');
	expect(await done.names()).toEqual([]);
	expect(await changed.names()).toEqual([`statusChanged ${id}`]);
	expect(await created.names()).toEqual([]);
});

test('an order that was created and done between two polls gives both events', async () => {
	const watched = trigger(statuses);
	await watched.poll();
	const id = create();
	await handle(id, 'H');
	const events = await watched.poll();
	expect(events.map(brief)).toEqual([`created ${id}`, `done ${id}`]);
	expect(events[1]).toMatchObject({ changes: { vendorStatus: { from: null, to: 'H' } } });
});

test('an order with a number of its own making is found', async () => {
	for (let i = 0; i < 120; i++) create({ billstatus: 'H' });
	const watched = trigger(['created']);
	await watched.poll();
	const id = create({ billno: '2024年第1号' });
	const lower = create({ billno: '001' });
	expect(await watched.names()).toEqual([`created ${lower}`, `created ${id}`]);
});

test('an old order that is taken up again is a change, not a creation', async () => {
	const old = create({
		billstatus: 'H',
		actualcompletiontime: '2025-06-06 16:20:00',
		completionprogress: 100,
	});
	for (let i = 0; i < 120; i++) create({ billstatus: 'H' });
	const watched = trigger(statuses);
	await watched.poll();
	change(old, { billstatus: 'C' });
	const [event] = await watched.poll();
	expect(event).toMatchObject({
		id: `kingdee:${old}:C:20250606162000:again-100-0`,
		event: 'statusChanged',
		changes: { vendorStatus: { from: null, to: 'C' } },
	});
	expect(await watched.names()).toEqual([]);
});

test('more events than the cap come in the next polls, oldest first, none twice', async () => {
	const watched = trigger(['created'], { maxEvents: 3 });
	await watched.poll();
	const ids = Array.from({ length: 7 }, () => create());
	const names = ids.map((id) => `created ${id}`);
	expect(await watched.names()).toEqual(names.slice(0, 3));
	expect(await watched.names()).toEqual(names.slice(3, 6));
	expect(await watched.names()).toEqual(names.slice(6));
	expect(await watched.names()).toEqual([]);
});

test('Also Emit Existing emits what is there, oldest first', async () => {
	const watched = trigger(['created'], { emitExisting: true });
	const ids = sandbox.kingdee.workOrders().map(({ id }) => id);
	expect(await watched.names()).toEqual(ids.map((id) => `created ${id}`));
	expect(await watched.names()).toEqual([]);
});

test('a poll with nothing new costs six requests and leaves the memory alone', async () => {
	for (let i = 0; i < 250; i++) create({ billstatus: 'H' });
	const watched = trigger(statuses);
	await watched.poll();
	const before = JSON.stringify(watched.memory());
	sandbox.clearRequests();
	expect(await watched.poll()).toEqual([]);
	expect(requests()).toHaveLength(6);
	expect(requests().every(({ path }) => path === LIST)).toBe(true);
	expect(JSON.stringify(watched.memory())).toBe(before);
});

test('asks for documented fields, operators and page sizes only', async () => {
	await trigger(everything).poll();
	for (const { body } of requests()) {
		const asked = JSON.parse(body) as Record<string, unknown>;
		expect(asked).toMatchObject({ pagesize: 100, orderBy: 'billno desc' });
		expect(asked.andQfilters).toEqual(
			(asked.andQfilters as object[]).length === 0
				? []
				: [{ property: 'billstatus', cp: '=', value: expect.stringMatching(/^[AZCBF]$/) }],
		);
	}
	expect(requests().every(({ accepted }) => accepted)).toBe(true);
});

test('a failed poll loses nothing', async () => {
	const watched = trigger(everything);
	await watched.poll();
	const id = create();
	await handle(id, 'F');
	// At the newest orders, at an open list, at the records.
	const body = '{"errcode":429,"description":"too many requests"}';
	for (const after of [0, 3, 6]) {
		sandbox.faults.add({
			vendor: 'kingdee',
			kind: 'body',
			status: 429,
			body,
			after,
			times: Infinity,
		});
		await expect(watched.poll()).rejects.toThrow(/too many requests/);
		sandbox.faults.clear();
	}
	expect(await watched.names()).toEqual([`created ${id}`, `processingRecordAdded ${id}`]);
	await handle(id, 'H');
	sandbox.faults.add({ vendor: 'kingdee', kind: 'resetBefore', path: LIST, times: Infinity });
	await expect(watched.poll()).rejects.toThrow(/broke off/);
	sandbox.faults.clear();
	expect(await watched.names()).toEqual([`done ${id}`, `processingRecordAdded ${id}`]);
});

test('a record that names no order, or one that is not there, is told of none', async () => {
	const watched = trigger(['processingRecordAdded']);
	await watched.poll();
	create({ billno: '' });
	const record = { id: '2230413444614467599', billno: 'wgd-20990101-00000001' };
	const list = (rows: object[], after: number) => {
		const envelope = { data: rows, errorCode: 'success', status: true, success: true };
		const body = JSON.stringify(envelope);
		sandbox.faults.add({ vendor: 'kingdee', kind: 'body', path: LIST, body, after, times: 1 });
	};
	const untold = { ...record, id: '2230413444614467598', sourcebillno: 'fwgs-gone' };
	list([untold, record], 6);
	// A vendor that does not heed the condition.
	list([{ id: '1', billno: 'fwgs-another' }], 7);
	expect(await watched.names()).toEqual([]);
});

test('an expired token and a rate limit are named as what they are', async () => {
	const watched = trigger(statuses);
	await watched.poll();
	sandbox.kingdee.limitPerMinute = 1;
	await expect(watched.poll()).rejects.toMatchObject({
		message: expect.stringContaining('429'),
		description: expect.stringContaining('500 calls a minute'),
	});
	sandbox.kingdee.limitPerMinute = 500;
	sandbox.kingdee.expireTokens();
	await expect(watched.poll()).rejects.toThrow(/4011/);
});

test('a list in an unknown form is an error, not an empty list', async () => {
	const watched = trigger(statuses);
	await watched.poll();
	const id = create();
	for (const data of ['"nothing"', '{"page":1}', '[{"billno":"x"}]']) {
		const body = `{"data":${data},"errorCode":"success","status":true,"success":true}`;
		sandbox.faults.add({ vendor: 'kingdee', kind: 'body', path: LIST, body, times: 1 });
		await expect(watched.poll()).rejects.toThrow('Kingdee sent a list in a form that is not known');
	}
	expect(await watched.names()).toEqual([`created ${id}`]);
});

test('a row without an id does not stop the others', async () => {
	const watched = trigger(statuses);
	await watched.poll();
	const id = create();
	const rows = `{"billno":"x"},{"id":"${id}","billno":"y","billstatus":"C"},7`;
	const body = `{"data":{"list":[${rows}]},"errorCode":"success","status":true,"success":true}`;
	sandbox.faults.add({ vendor: 'kingdee', kind: 'body', path: LIST, body, times: 1 });
	expect(await watched.names()).toEqual([`created ${id}`]);
});

test('an order that Kingdee does not show any more stops nothing and is let go', async () => {
	const watched = trigger(statuses);
	const gone = create();
	await watched.poll();
	sandbox.kingdee.deleteWorkOrder(gone);
	for (let i = 0; i < 6; i++) {
		const id = create();
		expect(await watched.names()).toEqual([`created ${id}`]);
	}
	expect(watched.memory()).not.toHaveProperty(`watch.open.${gone}`);
	expect(watched.memory()).not.toHaveProperty(`watch.unreadable.${gone}`);
});

test('Include Details fetches the full record once per event, and goes without where it is refused', async () => {
	const watched = trigger(statuses, { includeDetails: true });
	await watched.poll();
	create({ material_entity: [{ name: '滤芯' }] });
	sandbox.clearRequests();
	const [event] = await watched.poll();
	expect(requests().filter(({ path }) => path === LOAD)).toHaveLength(1);
	expect(event).toMatchObject({
		workOrder: {
			customer: { id: '1701234567890123457', name: '南京示例机电有限公司' },
			custom: { materials: [{ name: '滤芯' }], department: '服务部' },
		},
		raw: { material_entity: [{ name: '滤芯' }] },
	});
	const other = create();
	const refusal = '{"data":null,"errorCode":"1030002003","message":"x","success":false}';
	sandbox.faults.add({ vendor: 'kingdee', kind: 'body', path: LOAD, body: refusal, times: 1 });
	expect(await watched.names()).toEqual([`created ${other}`]);
	const third = create();
	sandbox.faults.add({ vendor: 'kingdee', kind: 'resetBefore', path: LOAD, times: Infinity });
	await expect(watched.poll()).rejects.toThrow(/broke off/);
	sandbox.faults.clear();
	expect(await watched.names()).toEqual([`created ${third}`]);
});

test('filters pass what they name, and an order that enters by a change is an event', async () => {
	const watched = [
		trigger(statuses, { assignee: ' 李 ' }),
		trigger(statuses, { customer: '上海' }),
		trigger(statuses, { keyword: 'VALVE' }),
	];
	for (const one of watched) await one.poll();
	const plain = create();
	const li = { id: '1', number: 'YG2', name: '李工' };
	const shanghai = { id: '2', number: 'KH2', name: '上海示例科技有限公司' };
	const mine = create({ dealman: li, servicecustomer: shanghai, promble: 'A valve leaks' });
	for (const one of watched) expect(await one.names()).toEqual([`created ${mine}`]);
	change(plain, { dealman: li, servicecustomer: shanghai, promble: 'Valve' });
	for (const one of watched) expect(await one.names()).toEqual([`created ${plain}`]);
	change(mine, { dealman: null, servicecustomer: null, promble: '' });
	await handle(mine, 'F');
	for (const one of watched) expect(await one.names()).toEqual([]);
	change(mine, { dealman: li, servicecustomer: shanghai, promble: 'valve' });
	await handle(mine, 'H');
	for (const one of watched) expect(await one.names()).toEqual([`done ${mine}`]);
});

describe('processing records', () => {
	test('come once each, oldest first, with their order', async () => {
		const id = create();
		await handle(id, 'F');
		const watched = trigger(['processingRecordAdded'], { maxEvents: 2 });
		await watched.poll();
		for (let i = 0; i < 3; i++) await handle(id, 'F');
		const events = await watched.poll();
		const records = sandbox.kingdee.dealRecords();
		expect(events).toMatchObject([
			{
				id: `kingdee:${id}:record:${records[1]?.id}`,
				event: 'processingRecordAdded',
				occurredAt: '2025-07-17T18:11:41+08:00',
				workOrder: { id, vendorStatus: 'F' },
				raw: { id: records[1]?.id, remark: '处理说明', workinghours: 10 },
			},
			{ raw: { id: records[2]?.id } },
		]);
		expect((await watched.poll()).map(({ raw }) => (raw as { id: string }).id)).toEqual([
			records[3]?.id,
		]);
		expect(await watched.names()).toEqual([]);
	});

	test('of an order that is in no list are told with the order read by its number', async () => {
		const id = create({ billstatus: 'H' });
		for (let i = 0; i < 120; i++) create({ billstatus: 'H' });
		const watched = trigger(['processingRecordAdded']);
		await watched.poll();
		await handle(id, 'H');
		expect(await watched.names()).toEqual([`processingRecordAdded ${id}`]);
	});

	test('of a deleted order are left out and stop nothing', async () => {
		const watched = trigger(['processingRecordAdded']);
		await watched.poll();
		const [gone, id] = [create(), create()];
		await handle(gone, 'F');
		await handle(id, 'F');
		sandbox.kingdee.deleteWorkOrder(gone);
		expect(await watched.names()).toEqual([`processingRecordAdded ${id}`]);
		expect(await watched.names()).toEqual([]);
	});

	test('cost one request more when nothing is new', async () => {
		const watched = trigger(everything);
		await watched.poll();
		sandbox.clearRequests();
		await watched.poll();
		expect(requests()).toHaveLength(7);
	});
});

test('a manual test shows recent orders as what is chosen, and says why when there are none', async () => {
	const id = create();
	const [newest, ...others] = await trigger(statuses).test();
	expect(newest).toMatchObject({ event: 'created', workOrder: { id } });
	expect(others).toHaveLength(2);
	expect(trigger(statuses).memory()).toEqual({});
	await handle(id, 'H');
	expect(await trigger(['done']).test()).toMatchObject([
		{ event: 'done', workOrder: { id } },
		{ event: 'done' },
		{ event: 'created' },
	]);
	expect(await trigger(['processingRecordAdded'], { includeDetails: true }).test()).toMatchObject([
		{ event: 'processingRecordAdded', workOrder: { id, custom: { materials: [] } } },
	]);
	await expect(trigger(statuses, { customer: 'nobody' }).test()).rejects.toThrow(
		'None of the newest work orders passes the filters',
	);
	for (const order of sandbox.kingdee.workOrders()) sandbox.kingdee.deleteWorkOrder(order.id);
	await expect(trigger(statuses).test()).rejects.toThrow('Kingdee shows no work orders yet');
});
