import type { Sandbox } from '../../sandbox/index.mts';
import type { Engine } from './engine.mts';
import { onSandbox } from './onSandbox.mts';
import { credentialsFor, longIds } from './vendors.mts';

let engine: Engine;
let sandbox: Sandbox;
onSandbox((started) => ({ engine, sandbox } = started));

const now = () => Math.floor(sandbox.clock.now() / 1000);

function trigger(events: string[], options: object = {}) {
	const { kingsoftCloudApi } = credentialsFor(sandbox);
	const watched = engine.pollingTrigger({
		type: 'kingsoftCloudTrigger',
		parameters: { events, options: options as never },
		credentials: { kingsoftCloudApi },
	});
	return {
		...watched,
		/** Polls and answers "event id" pairs. */
		names: async () =>
			(await watched.poll()).map(
				({ event, workOrder }) => `${String(event)} ${(workOrder as { id: string }).id}`,
			),
	};
}

const everything = ['created', 'statusChanged', 'closed', 'cancelled'];
const created = (id: string) =>
	sandbox.kingsoftCloud.createTicket({ id, status: 1, created_time: now() });
/** The sandbox stamps `updated_time` by its own clock. */
const change = (id: string, patch: object) => {
	sandbox.clock.advance(1000);
	sandbox.kingsoftCloud.changeTicket(id, { updated_time: now(), ...patch });
};

test('the first poll emits nothing, later ones each happening once', async () => {
	const watched = trigger(everything);
	expect(await watched.names()).toEqual([]);
	created('5001');
	expect(await watched.names()).toEqual(['created 5001']);
	expect(await watched.names()).toEqual([]);
	change('5001', { status: 2 });
	expect(await watched.names()).toEqual(['statusChanged 5001']);
	change('5001', { status: 3, closed_time: now() });
	expect(await watched.names()).toEqual(['closed 5001']);
	change('5001', { status: 2, closed_time: 0 });
	expect(await watched.names()).toEqual(['statusChanged 5001']);
	change('5001', { status: 4 });
	expect(await watched.names()).toEqual(['cancelled 5001']);
	expect(await watched.names()).toEqual([]);
});

test('an event has the published shape and a stable id', async () => {
	const [first, second] = [trigger(everything), trigger(everything)];
	await first.poll();
	await second.poll();
	created('5001');
	await first.poll();
	await second.poll();
	change('5001', { status: 3, closed_time: 1660298589 });
	const [event] = await first.poll();
	expect(event).toMatchObject({
		id: 'kingsoftCloud:5001:closed:1660298589',
		event: 'closed',
		occurredAt: '2022-08-12T18:03:09+08:00',
		workOrder: { vendor: 'kingsoftCloud', id: '5001', status: 'closed' },
		changes: { status: { from: 'open', to: 'closed' } },
		raw: { id: 5001, status: 3 },
	});
	expect((await second.poll())[0]?.id).toBe(event?.id);
});

test('a poll whose memory is lost tells the same ids again, though the tickets were edited since', async () => {
	const watched = trigger(everything);
	for (const id of ['5001', '5002', '5003']) created(id);
	await watched.poll();
	const before: unknown = JSON.parse(JSON.stringify(watched.memory()));
	change('5001', { status: 2 });
	change('5002', { status: 3, closed_time: now() });
	change('5003', { status: 4 });
	const told = (await watched.poll()).map(({ id }) => id);
	expect(told).toHaveLength(3);
	// As in a new process: one that lives on knows that this memory is outdated.
	const restarted = trigger(everything);
	Object.assign(restarted.memory(), before);
	for (const id of ['5001', '5002', '5003']) change(id, { priority: 1 });
	expect((await restarted.poll()).map(({ id }) => id)).toEqual(told);
});

test('a ticket that is taken up again tells what it was, under ids of its own', async () => {
	const watched = trigger(everything);
	created('5001');
	await watched.poll();
	for (const [status, from, to] of [
		[4, 'open', 'cancelled'],
		[2, 'cancelled', 'inProgress:x2'],
		[4, 'inProgress', 'cancelled:x2'],
	] as const) {
		change('5001', { status });
		expect(await watched.poll()).toMatchObject([
			{ id: `kingsoftCloud:5001:${to}`, changes: { status: { from } } },
		]);
	}
	const finished = sandbox.kingsoftCloud.tickets().find(({ status }) => status === 3);
	change(finished?.id ?? '', { status: 2, closed_time: 0 });
	expect(await watched.poll()).toMatchObject([
		{ id: `kingsoftCloud:${finished?.id}:inProgress:x2`, changes: { status: { from: null } } },
	]);
});

test.each(longIds)('ticket %s is followed digit for digit', async (id) => {
	if (id === longIds[0]) sandbox.kingsoftCloud.deleteTicket(id);
	const watched = trigger(everything);
	await watched.poll();
	created(id);
	expect(await watched.names()).toEqual([`created ${id}`]);
	change(id, { status: 2 });
	expect(await watched.names()).toEqual([`statusChanged ${id}`]);
});

test('only chosen events come; closing counts as a change of status where it is not chosen', async () => {
	const [onlyClosed, onlyChanged] = [trigger(['closed']), trigger(['statusChanged'])];
	await onlyClosed.poll();
	await onlyChanged.poll();
	created('5001');
	change('5001', { status: 2 });
	expect(await onlyClosed.names()).toEqual([]);
	expect(await onlyChanged.names()).toEqual([]);
	change('5001', { status: 3, closed_time: now() });
	expect(await onlyClosed.names()).toEqual(['closed 5001']);
	expect(await onlyChanged.names()).toEqual(['statusChanged 5001']);
});

test('a ticket that was opened and closed between two polls gives both events', async () => {
	const watched = trigger(everything);
	await watched.poll();
	created('5001');
	change('5001', { status: 3, closed_time: now() });
	expect(await watched.names()).toEqual(['created 5001', 'closed 5001']);
});

test('more events than the cap come in the next polls, oldest first, none twice', async () => {
	const watched = trigger(['created'], { maxEvents: 3 });
	await watched.poll();
	for (let i = 1; i <= 7; i++) {
		if (i % 2 === 1) sandbox.clock.advance(1000);
		created(`600${i}`);
	}
	expect(await watched.names()).toEqual(['created 6001', 'created 6002', 'created 6003']);
	expect(await watched.names()).toEqual(['created 6004', 'created 6005', 'created 6006']);
	expect(await watched.names()).toEqual(['created 6007']);
	expect(await watched.names()).toEqual([]);
});

test('a ticket that shows up late with an earlier creation time is not missed', async () => {
	const watched = trigger(['created']);
	await watched.poll();
	created('5001');
	await watched.poll();
	sandbox.kingsoftCloud.createTicket({ id: '5002', status: 1, created_time: now() - 60 });
	expect(await watched.names()).toEqual(['created 5002']);
});

test('Also Emit Existing emits what is there, oldest first', async () => {
	const watched = trigger(['created'], { emitExisting: true });
	const ids = sandbox.kingsoftCloud
		.tickets()
		.sort((a, b) => a.created_time - b.created_time)
		.map(({ id }) => id);
	expect(
		(await watched.poll()).map(({ workOrder }) => (workOrder as { id: string }).id).sort(),
	).toEqual([...ids].sort());
	expect(await watched.names()).toEqual([]);
});

test('a poll with nothing new costs one request for creations and leaves the memory alone', async () => {
	const watched = trigger(['created']);
	await watched.poll();
	const before = JSON.stringify(watched.memory());
	sandbox.clearRequests();
	await watched.poll();
	expect(sandbox.requests('kingsoftCloud')).toHaveLength(1);
	expect(JSON.stringify(watched.memory())).toBe(before);
});

test('a failed poll loses nothing', async () => {
	const watched = trigger(everything);
	await watched.poll();
	created('5001');
	sandbox.faults.add({ vendor: 'kingsoftCloud', kind: 'html', times: Infinity });
	await expect(watched.poll()).rejects.toThrow(/web page with HTTP 502/);
	sandbox.faults.clear();
	expect(await watched.names()).toEqual(['created 5001']);
});

test('trouble of the vendor with single tickets is no refusal to show them', async () => {
	const watched = trigger(everything);
	created('5001');
	await watched.poll();
	change('5001', { status: 3, closed_time: now() });
	const trouble = { status: 500, body: '{"errno":50000,"errmsg":"system busy"}' };
	sandbox.faults.add({ kind: 'body', path: 'ticket/base', times: Infinity, ...trouble });
	for (let poll = 0; poll < 6; poll++) await watched.names().catch(() => undefined);
	sandbox.faults.clear();
	expect(await watched.names()).toEqual(['closed 5001']);
}, 60_000);

test('a ticket that the vendor does not show any more stops nothing and is let go', async () => {
	const watched = trigger(everything);
	created('5001');
	await watched.poll();
	sandbox.kingsoftCloud.deleteTicket('5001');
	for (let i = 0; i < 6; i++) {
		created(`700${i}`);
		expect(await watched.names()).toEqual([`created 700${i}`]);
	}
	expect(watched.memory()).not.toHaveProperty('watch.open.5001');
	expect(watched.memory()).not.toHaveProperty('watch.unreadable.5001');
});

test('a manual test shows recent tickets, and says why when there are none', async () => {
	created('5001');
	const [newest] = await trigger(everything).test();
	expect(newest).toMatchObject({ event: 'created', workOrder: { id: '5001' } });
	for (const { id } of sandbox.kingsoftCloud.tickets()) sandbox.kingsoftCloud.deleteTicket(id);
	await expect(trigger(everything).test()).rejects.toThrow('Kingsoft Cloud has no tickets yet');
});

const handling = {
	id: '1',
	product_group_id: '36',
	product_group_name: '对象存储',
	user_group_id: '1',
	user_id: '40084',
	user_name: '田金秀',
	manager_name: '',
	is_handler: true,
	status: 2,
	created_time: 0,
	handled_time: 0,
	finished_time: 0,
	updated_time: 0,
	history: [],
};

describe('filters', () => {
	const filtered = (filters: object, events = everything) => {
		const { kingsoftCloudApi } = credentialsFor(sandbox);
		const watched = engine.pollingTrigger({
			type: 'kingsoftCloudTrigger',
			parameters: { events, filters: filters as never, options: {} },
			credentials: { kingsoftCloudApi },
		});
		return async () =>
			(await watched.poll()).map(
				({ event, workOrder }) => `${String(event)} ${(workOrder as { id: string }).id}`,
			);
	};

	test.each([
		[{ priorities: ['urgent'] }, { priority: 1 }, { priority: 3 }],
		[
			{ customer: '金山' },
			{ customer_organization_name: '北京金山云' },
			{ customer_organization_name: '别家' },
		],
		[{ keyword: 'VPN' }, { title: 'vpn 断线' }, { title: '打印机' }],
		[{ productLine: '存储' }, { product_group_name: '对象存储' }, { product_group_name: '网络' }],
		[{ type: 'consult' }, { type: 3 }, { type: 1 }],
	])('%j', async (filters, passing, other) => {
		const names = filtered(filters);
		await names();
		sandbox.kingsoftCloud.createTicket({ id: '5001', status: 1, created_time: now(), ...passing });
		sandbox.kingsoftCloud.createTicket({ id: '5002', status: 1, created_time: now(), ...other });
		expect(await names()).toEqual(['created 5001']);
		change('5001', { status: 3, closed_time: now() });
		change('5002', { status: 3, closed_time: now() });
		expect(await names()).toEqual(['closed 5001']);
	});

	describe('in a manual test', () => {
		const tested = async (parameters: object) => {
			const { kingsoftCloudApi } = credentialsFor(sandbox);
			sandbox.clearRequests();
			return await engine
				.pollingTrigger({
					type: 'kingsoftCloudTrigger',
					parameters: { events: everything, filters: {}, options: {}, ...parameters },
					credentials: { kingsoftCloudApi },
				})
				.test();
		};
		const readDetails = () =>
			sandbox.requests('kingsoftCloud').filter(({ path }) => path.endsWith('/detail')).length;
		const ids = (events: Array<{ workOrder?: unknown }>) =>
			events.map(({ workOrder }) => (workOrder as { id: string }).id);

		test('only tickets that pass are shown', async () => {
			const times = { status: 1 as const, created_time: now() };
			sandbox.kingsoftCloud.createTicket({ id: '5001', ...times, priority: 1, title: 'VPN' });
			sandbox.kingsoftCloud.createTicket({ id: '5002', ...times, priority: 3, title: 'VPN' });
			const filters = { priorities: ['urgent'], keyword: 'vpn' };
			expect(ids(await tested({ filters }))).toEqual(['5001']);
			expect(readDetails()).toBe(0);
			await expect(tested({ filters: { keyword: 'nothing of this' } })).rejects.toThrow(
				'No recent ticket passes the filters',
			);
		});

		test('what a list row does not tell is looked up, for ten tickets at most', async () => {
			for (let n = 0; n < 15; n++) {
				const assigns = n === 6 ? [handling] : [];
				const id = String(5001 + n);
				sandbox.kingsoftCloud.createTicket({ id, created_time: now() + n, assigns });
			}
			expect(ids(await tested({ filters: { assignee: '秀' } }))).toEqual(['5007']);
			expect(readDetails()).toBe(10);
		});

		test('details come along where they are chosen', async () => {
			const [bare] = await tested({});
			expect(bare?.raw).not.toHaveProperty('assigns');
			const events = await tested({ includeDetails: true });
			expect(events).toHaveLength(3);
			for (const event of events) expect(event.raw).toHaveProperty('assigns');
			expect(readDetails()).toBe(3);
		});
	});

	test('a ticket that a change brings into the filter counts as created then', async () => {
		const names = filtered({ priorities: ['urgent'] }, ['created']);
		await names();
		sandbox.kingsoftCloud.createTicket({ id: '5001', status: 1, priority: 3, created_time: now() });
		expect(await names()).toEqual([]);
		sandbox.kingsoftCloud.timestampWindowMs = Infinity;
		sandbox.clock.advance(86_400_000);
		change('5001', { priority: 1 });
		expect(await names()).toEqual(['created 5001']);
		expect(await names()).toEqual([]);
	});

	test.each([
		[{ assignee: '40084' }],
		// List rows lack these.
		[{ assignee: '秀' }],
		[{ customer: '1653682321878942721' }],
		[{ productLine: '3600' }],
	])('%j tells the creation, the changes and the end of a ticket', async (filters) => {
		const names = filtered(filters);
		const ticket = (id: string) =>
			sandbox.kingsoftCloud.createTicket({
				id,
				status: 1,
				created_time: now(),
				handler: '40084',
				assigns: [handling],
				customer_organization_id: '1653682321878942721',
				product_group_id: '3600',
			});
		ticket('5000');
		await names();
		ticket('5001');
		created('5002');
		expect(await names()).toEqual(['created 5001']);
		for (const id of ['5000', '5001', '5002']) change(id, { status: 2 });
		expect(await names()).toEqual(['statusChanged 5000', 'statusChanged 5001']);
		for (const id of ['5000', '5001', '5002']) change(id, { status: 3, closed_time: now() });
		expect(await names()).toEqual(['closed 5000', 'closed 5001']);
	});

	test('so does one that was there on activation', async () => {
		sandbox.kingsoftCloud.createTicket({ id: '5001', status: 1, priority: 3, created_time: now() });
		const names = filtered({ priorities: ['urgent'] }, ['created', 'closed']);
		expect(await names()).toEqual([]);
		change('5001', { priority: 1 });
		expect(await names()).toEqual(['created 5001']);
		change('5001', { status: 3, closed_time: now() });
		expect(await names()).toEqual(['closed 5001']);
	});
});

test('Include Details gives the full record, one request per event', async () => {
	const { kingsoftCloudApi } = credentialsFor(sandbox);
	const watched = engine.pollingTrigger({
		type: 'kingsoftCloudTrigger',
		parameters: { events: ['created'], includeDetails: true, options: {} },
		credentials: { kingsoftCloudApi },
	});
	await watched.poll();
	created('5001');
	created('5002');
	sandbox.clearRequests();
	const events = await watched.poll();
	expect(events).toMatchObject([{ raw: { assigns: [] } }, { raw: { assigns: [] } }]);
	expect(sandbox.requests('kingsoftCloud').map(({ path }) => path.split('/').at(-1))).toEqual([
		'list_tickets',
		'detail',
		'detail',
	]);
});

test('a poll that starts while the last one is not over asks and tells nothing', async () => {
	const watched = trigger(['created']);
	await watched.poll();
	created('5001');
	sandbox.faults.add({ vendor: 'kingsoftCloud', kind: 'latency', ms: 200 });
	sandbox.clearRequests();
	const both = await Promise.all([watched.names(), watched.names()]);
	expect(both).toEqual([['created 5001'], []]);
	expect(sandbox.requests('kingsoftCloud')).toHaveLength(1);
});

test('changes that are chosen later begin silently', async () => {
	const { kingsoftCloudApi } = credentialsFor(sandbox);
	const watching = (events: string[]) =>
		engine.pollingTrigger({
			type: 'kingsoftCloudTrigger',
			parameters: { events, options: {} },
			credentials: { kingsoftCloudApi },
		});
	const before = watching(['created']);
	await before.poll();
	const after = watching(everything);
	Object.assign(after.memory(), before.memory());
	created('5001');
	expect((await after.poll()).map(({ id }) => id)).toEqual(['kingsoftCloud:5001:created']);
	change('1476', { status: 2 });
	expect(await after.poll()).toMatchObject([{ event: 'statusChanged', workOrder: { id: '1476' } }]);
});
