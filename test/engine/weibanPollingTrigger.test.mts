import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Sandbox, WeibanWorkOrder } from '../../sandbox/index.mts';
import type { Engine } from './engine.mts';
import { onSandbox } from './onSandbox.mts';
import { credentialsFor, longIds } from './vendors.mts';

let engine: Engine;
let sandbox: Sandbox;
onSandbox((started) => ({ engine, sandbox } = started));

const everything = ['created', 'handedOver', 'other'];
const created = (order_no: string, more: Partial<WeibanWorkOrder> = {}) =>
	sandbox.weiban.createWorkOrder({ order_no, ...more });
const change = (order_no: string, patch: Partial<WeibanWorkOrder>) => {
	sandbox.clock.advance(1000);
	sandbox.weiban.changeWorkOrder(order_no, patch);
};
const lists = () => sandbox.requests('weiban').filter(({ path }) => path.endsWith('/list'));

function trigger(events: string[], parameters: INodeParameters = {}) {
	const { weibanApi } = credentialsFor(sandbox);
	const watched = engine.pollingTrigger({
		type: 'weibanPollingTrigger',
		parameters: { events, ...parameters },
		credentials: { weibanApi },
	});
	return {
		...watched,
		/** Polls and answers "event number" pairs. */
		names: async () =>
			(await watched.poll()).map(
				({ event, workOrder }) => `${String(event)} ${(workOrder as { id: string }).id}`,
			),
	};
}

describe.each(['created_at', 'updated_at'] as const)(
	'where the list filters on %s',
	(timeFilter) => {
		describe.each(['newestFirst', 'oldestFirst'] as const)('and is sorted %s', (listOrder) => {
			beforeEach(() => Object.assign(sandbox.weiban, { timeFilter, listOrder }));

			test('the first poll emits nothing, later ones each happening once', async () => {
				const watched = trigger(everything);
				expect(await watched.names()).toEqual([]);
				created('5001');
				expect(await watched.names()).toEqual(['created 5001']);
				expect(await watched.names()).toEqual([]);
				change('5001', { handler_id: 'WangFang', last_handler_id: 'LiuYang' });
				expect(await watched.names()).toEqual(['handedOver 5001']);
				change('5001', { status: 20 });
				expect(await watched.names()).toEqual(['other 5001']);
				change('5001', { title: 'Renamed' });
				expect(await watched.names()).toEqual(['other 5001']);
				expect(await watched.names()).toEqual([]);
			});

			test('more events than the cap and more orders than a page come oldest first, once', async () => {
				const watched = trigger(['created'], { options: { maxEvents: 100 } });
				await watched.poll();
				const numbers = Array.from({ length: 250 }, (_, index) => String(10_000 + index));
				for (const number of numbers) {
					created(number);
					sandbox.clock.advance(10_000);
				}
				const told: string[] = [];
				for (let poll = 0; poll < 4; poll++) told.push(...(await watched.names()));
				expect(told).toEqual(numbers.map((number) => `created ${number}`));
			});
		});
	},
);

test('an event has the published shape and a stable id', async () => {
	const [first, second] = [trigger(everything), trigger(everything)];
	await first.poll();
	await second.poll();
	created('5001');
	const [event] = await first.poll();
	expect(event).toMatchObject({ id: 'weiban:5001:created', event: 'created', changes: {} });
	await second.poll();
	sandbox.weiban.changeWorkOrder('5001', { status: 20, updated_at: 1639741999 + 4e8 });
	const [changed] = await first.poll();
	expect(changed).toMatchObject({
		id: 'weiban:5001:2039741999:20:LiuYang',
		event: 'other',
		occurredAt: '2034-08-21T10:59:59+08:00',
		workOrder: { vendor: 'weiban', id: '5001', status: 'unknown', vendorStatus: '20' },
		changes: { status: { from: '10', to: '20' }, updatedAt: expect.any(Object) },
		raw: { order_no: '5001', status: 20 },
	});
	expect((await second.poll())[0]?.id).toBe(changed?.id);
});

test.each(longIds)('work order %s is followed digit for digit', async (id) => {
	sandbox.weiban.deleteWorkOrder(id);
	const watched = trigger(everything);
	await watched.poll();
	created(id);
	expect(await watched.names()).toEqual([`created ${id}`]);
	change(id, { handler_id: 'WangFang' });
	expect(await watched.names()).toEqual([`handedOver ${id}`]);
});

test('only chosen events come; a hand-over counts as another change where it is not chosen', async () => {
	const [handedOver, other] = [trigger(['handedOver']), trigger(['other'])];
	await handedOver.poll();
	await other.poll();
	created('5001');
	change('5001', { status: 20 });
	expect(await handedOver.names()).toEqual([]);
	expect(await other.names()).toEqual([]);
	change('5001', { handler_id: 'WangFang' });
	expect(await handedOver.names()).toEqual(['handedOver 5001']);
	expect(await other.names()).toEqual(['other 5001']);
});

test('an order handed over before it was first seen gives both events', async () => {
	const watched = trigger(everything);
	await watched.poll();
	created('5001', { handler_id: 'WangFang', last_handler_id: 'LiuYang' });
	const events = await watched.poll();
	expect(events.map(({ event }) => event)).toEqual(['created', 'handedOver']);
	expect(events[1]?.changes).toEqual({ assignee: { from: 'LiuYang', to: 'WangFang' } });
});

test('an order that enters the filter by a change counts, whatever is chosen', async () => {
	const filters = { handlers: 'WangFang' };
	const [all, onlyCreated] = [trigger(everything, { filters }), trigger(['created'], { filters })];
	await all.poll();
	await onlyCreated.poll();
	created('5001');
	created('5002', { handler_id: 'WangFang' });
	expect(await all.names()).toEqual(['created 5002']);
	expect(await onlyCreated.names()).toEqual(['created 5002']);
	change('5001', { handler_id: 'WangFang' });
	change('5002', { handler_id: 'LiuYang' });
	expect(await all.names()).toEqual(['handedOver 5001']);
	expect(await onlyCreated.names()).toEqual(['created 5001']);
});

test('templates and titles filter', async () => {
	const template = trigger(['created'], { filters: { templates: '7, Complaint' } });
	const title = trigger(['created'], { filters: { title: 'urgent' } });
	await template.poll();
	await title.poll();
	created('5001', { template_id: 7, title: 'URGENT: leak' });
	created('5002', { template_title: 'Complaint' });
	created('5003');
	expect(await template.names()).toEqual(['created 5001', 'created 5002']);
	expect(await title.names()).toEqual(['created 5001']);
});

test('a poll with nothing new costs one request for creations and leaves the memory alone', async () => {
	const watched = trigger(['created']);
	await watched.poll();
	const before = JSON.stringify(watched.memory());
	sandbox.clearRequests();
	await watched.poll();
	expect(sandbox.requests('weiban')).toHaveLength(1);
	expect(lists()[0]?.query).toMatchObject({ limit: '100', offset: '0', end_time: '2147483647' });
	expect(JSON.stringify(watched.memory())).toBe(before);
});

test('changes cost one request per hundred followed orders', async () => {
	for (let i = 0; i < 246; i++) created(String(7_000 + i));
	const watched = trigger(everything);
	await watched.poll();
	sandbox.clearRequests();
	expect(await watched.names()).toEqual([]);
	expect(lists().map(({ query }) => query.offset)).toEqual(['0', '99', '198']);
});

test('an order is not followed for longer than asked', async () => {
	const watched = trigger(everything, { options: { followDays: 2 } });
	await watched.poll();
	created('5001');
	await watched.poll();
	sandbox.clock.advance(3 * 86_400_000);
	created('5002');
	expect(await watched.names()).toEqual(['created 5002']);
	expect(watched.memory()).toMatchObject({ watch: { orders: { '5002': expect.any(String) } } });
	expect(watched.memory()).not.toHaveProperty('watch.orders.5001');
});

test('Also Emit Existing emits what is there, oldest first', async () => {
	const watched = trigger(['created'], { options: { emitExisting: true } });
	const numbers = sandbox.weiban
		.workOrders()
		.reverse()
		.map(({ order_no }) => `created ${order_no}`);
	expect(await watched.names()).toEqual(numbers);
	expect(await watched.names()).toEqual([]);
});

test('a failed poll loses nothing and says why', async () => {
	const watched = trigger(everything);
	await watched.poll();
	created('5001');
	sandbox.faults.add({ vendor: 'weiban', kind: 'html', times: Infinity, path: 'list' });
	await expect(watched.poll()).rejects.toThrow(/web page with HTTP 502/);
	sandbox.faults.clear();
	sandbox.weiban.limitPerMinute = 0;
	await expect(watched.poll()).rejects.toMatchObject({
		message: expect.stringContaining('10053'),
		failure: { cause: 'rate-limited', retryAfterMs: 60_000 },
	});
	sandbox.clock.advance(61_000);
	sandbox.weiban.limitPerMinute = 600;
	expect(await watched.names()).toEqual(['created 5001']);
});

test('a list that comes empty above the limit makes no old order new', async () => {
	sandbox.weiban.emptyPageAboveLimit = true;
	const watched = trigger(everything);
	await watched.poll();
	sandbox.weiban.limitInFlight = 0;
	expect(await watched.names()).toEqual([]);
	sandbox.weiban.limitInFlight = 5;
	expect(await watched.names()).toEqual([]);
	created('5001');
	expect(await watched.names()).toEqual(['created 5001']);
});

test('Include Details fetches the full record once per event', async () => {
	const watched = trigger(['created'], { includeDetails: true });
	await watched.poll();
	sandbox.clearRequests();
	expect(await watched.names()).toEqual([]);
	created('5001');
	created('5002');
	sandbox.clearRequests();
	const events = await watched.poll();
	expect(events).toMatchObject([
		{
			workOrder: { id: '5001', assignee: { name: '刘洋' } },
			raw: { work_order: { id: expect.any(Number) } },
		},
		{ workOrder: { id: '5002' } },
	]);
	expect(sandbox.requests('weiban')).toHaveLength(3);
});

test('an order that Weiban does not show any more stops nothing', async () => {
	const watched = trigger(['created'], { includeDetails: true });
	await watched.poll();
	created('5001');
	created('5002');
	sandbox.faults.add({
		vendor: 'weiban',
		kind: 'body',
		path: 'detail',
		body: '{"errcode":22301,"errmsg":"order_no非法，对应工单不存在"}',
	});
	const events = await watched.poll();
	expect(events.map(({ workOrder }) => (workOrder as IDataObject).custom)).toMatchObject([
		{ detailsUnavailable: expect.stringContaining('22301') },
		{ stage: null },
	]);
});

test.each([
	['', /HTTP 503/],
	['{"errcode":-1,"errmsg":"system busy"}', /busy/],
	['{"errcode":50000,"errmsg":"system busy"}', /busy/],
])(
	'details that fail for a time fail the poll, the events come with the next: %s',
	async (body, says) => {
		const watched = trigger(['created'], { includeDetails: true });
		await watched.poll();
		created('5001');
		sandbox.faults.add({
			vendor: 'weiban',
			kind: 'status',
			path: 'detail',
			status: 503,
			body,
			times: Infinity,
		});
		await expect(watched.poll()).rejects.toThrow(says);
		sandbox.faults.clear();
		expect(await watched.names()).toEqual(['created 5001']);
	},
);

test('a manual test shows recent work orders, and says why when there are none', async () => {
	created('5001');
	const [newest, ...older] = await trigger(everything).test();
	expect(newest).toMatchObject({ event: 'created', workOrder: { id: '5001' } });
	expect(older).toHaveLength(2);
	await expect(trigger(everything, { filters: { title: 'nothing' } }).test()).rejects.toThrow(
		'None of 5 recent work orders passes the filters',
	);
	for (const { order_no } of sandbox.weiban.workOrders()) sandbox.weiban.deleteWorkOrder(order_no);
	await expect(trigger(everything).test()).rejects.toThrow('Weiban has no work orders yet');
});
