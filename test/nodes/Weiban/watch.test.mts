import fc from 'fast-check';

import type { JsonObject } from '../../../lib/json';
import {
	nothingSeen,
	seedWatch,
	watch,
	type WatchOptions,
	type WatchState,
} from '../../../nodes/Weiban/trigger/watch';
import type { ListedEvent, ListedEventName } from '../../../nodes/Weiban/trigger/rowEvents';
import { Model, stateOf, type ModelOptions } from './model.mts';
import { World, type Order, type Step, type Unknowns } from './world.mts';
import { runs } from '../../properties.mts';

const everything = new Set<ListedEventName>(['created', 'handedOver', 'other']);
const DAY = 86_400;

const unknowns: fc.Arbitrary<Unknowns> = fc.record({
	timeFilter: fc.constantFrom('created_at', 'updated_at'),
	sortedBy: fc.constantFrom('created_at', 'updated_at'),
	newestFirst: fc.boolean(),
});

const number = fc.nat(30);
const happenings: Array<fc.WeightedArbitrary<Step>> = [
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('create' as const), late: fc.nat(200) }) },
	{
		weight: 3,
		arbitrary: fc.record({ kind: fc.constant('handOver' as const), order: number, to: fc.nat(2) }),
	},
	{
		weight: 3,
		arbitrary: fc.record({ kind: fc.constant('status' as const), order: number, to: fc.nat(3) }),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('touch' as const), order: number }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), order: number }) },
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('pass' as const),
			seconds: fc.constantFrom(0, 1, 30, 400, 5_000, -1, -30, -100),
		}),
	},
];
const polls: Array<fc.WeightedArbitrary<Step>> = [
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('poll' as const) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const) }) },
];
const history = fc.array(fc.oneof(...happenings, ...polls), { maxLength: 60, size: 'max' });
const happenedMeanwhile = fc.array(fc.oneof(...happenings), { maxLength: 6, size: 'max' });

const modelOptions: fc.Arbitrary<ModelOptions> = fc.record({
	wanted: fc
		.subarray([...everything], { minLength: 1 })
		.map((events) => new Set<ListedEventName>(events)),
	cap: fc.integer({ min: 1, max: 8 }),
	handlers: fc.option(fc.constant(['staff1', 'staff2']), { nil: undefined }),
});

function watchOptions({ wanted, cap, handlers }: ModelOptions): WatchOptions {
	return {
		wanted,
		cap,
		hasTime: () => true,
		followS: 30 * DAY,
		passes: ({ handler_id }) => handlers?.includes(String(handler_id)) ?? true,
		canBeEntered: handlers !== undefined,
	};
}

/** What is remembered has to survive n8n's database. */
const stored = (state: WatchState) => JSON.parse(JSON.stringify(state)) as WatchState;

const nameOf = ({ event, workOrder: { id }, raw }: ListedEvent) =>
	event === 'created' ? `created ${id}` : `${event} ${id} ${stateOf(raw as Order)}`;

test('3,000 histories: exactly what a model that sees everything expects', async () => {
	let told = 0;
	await fc.assert(
		fc.asyncProperty(
			unknowns,
			history,
			history,
			modelOptions,
			async (list, before, after, setup) => {
				const world = new World(list);
				for (const step of before) world.apply(step);
				const options = watchOptions(setup);
				const model = new Model(world, setup);
				let state = await seedWatch(world.reader, options);
				model.seed();
				let [lastState, lastKnown] = [state, model.known];
				const poll = async () => {
					[lastState, lastKnown] = [state, model.known];
					const result = await watch(world.reader, stored(state), options);
					expect(result.events.map(nameOf)).toEqual(model.poll());
					state = result.state;
					told += result.events.length;
					return result.events.length;
				};
				for (const step of after) {
					world.apply(step);
					if (step.kind === 'poll') await poll();
					if (step.kind === 'forget') [state, model.known] = [lastState, lastKnown];
				}
				while ((await poll()) > 0);
				const quiet = await watch(world.reader, stored(state), options);
				expect(quiet.state).toEqual(state);
			},
		),
		runs(3_000),
	);
	console.log(`3,000 histories, ${told} events, each as the model expects`);
}, 120_000);

interface Story {
	world: World;
	events: ListedEvent[];
	/** State by order when the trigger was switched on. */
	seeded: Map<string, string>;
}

/** Every order's events tell a true story: one creation, no gap between two changes, the end is the truth. */
function checkStory({ world, events, seeded }: Story): void {
	const toldAs = new Map(seeded);
	for (const event of events) {
		const { id } = event.workOrder;
		if (event.event === 'created') {
			expect(toldAs.has(id)).toBe(false);
		} else {
			const [time, status, handler] = (toldAs.get(id) ?? '').split(' ');
			const { assignee, status: vendorStatus, updatedAt } = event.changes;
			// An order may have been handed over before it was first seen.
			const atFirst = events.some((other) => other.event === 'created' && other.raw === event.raw);
			if (!atFirst) {
				expect(toldAs.get(id)).not.toBe(stateOf(event.raw as Order));
				if (assignee !== undefined) expect(assignee.from).toBe(handler);
				if (vendorStatus !== undefined) expect(vendorStatus.from).toBe(status);
				if (updatedAt !== undefined)
					expect(new Date(String(updatedAt.from)).getTime()).toBe(Number(time) * 1000);
			}
		}
		toldAs.set(id, stateOf(event.raw as Order));
	}
	for (const [id, order] of world.orders) expect(toldAs.get(id)).toBe(stateOf(order));
}

test('3,000 histories with orders that come, go and move while the pages are read', async () => {
	let moved = 0;
	await fc.assert(
		fc.asyncProperty(
			unknowns,
			history,
			history,
			fc.array(happenedMeanwhile, { maxLength: 4, size: 'max' }),
			fc.integer({ min: 1, max: 20 }),
			async (list, before, after, meanwhile, cap) => {
				const world = new World(list);
				for (const step of before) world.apply(step);
				const options = watchOptions({ wanted: everything, cap, handlers: undefined });
				let state = await seedWatch(world.reader, options);
				const seeded = new Map([...world.orders].map(([id, order]) => [id, stateOf(order)]));
				const events: ListedEvent[] = [];
				const poll = async () => {
					const result = await watch(world.reader, stored(state), options);
					events.push(...result.events);
					state = result.state;
					return result.events.length;
				};
				for (const step of after) {
					world.apply(step);
					if (step.kind !== 'poll') continue;
					const steps = meanwhile.shift() ?? [];
					world.meanwhile.push(...steps);
					await poll();
					moved += steps.length - world.meanwhile.length;
					for (const left of world.meanwhile.splice(0)) world.apply(left);
				}
				while ((await poll()) > 0);
				checkStory({ world, events, seeded });
			},
		),
		runs(3_000),
	);
	console.log(`3,000 histories, ${moved} happenings between two pages`);
}, 120_000);

test('3,000 histories that move while they are read: no creation is missed or told twice', async () => {
	await fc.assert(
		fc.asyncProperty(
			unknowns,
			history,
			history,
			fc.array(happenedMeanwhile, { maxLength: 4, size: 'max' }),
			async (list, before, after, meanwhile) => {
				const world = new World(list);
				for (const step of before) world.apply(step);
				const options = watchOptions({
					wanted: new Set(['created']),
					cap: 100,
					handlers: undefined,
				});
				const seeded = new Set(world.orders.keys());
				let state = await seedWatch(world.reader, options);
				const created: string[] = [];
				const poll = async () => {
					const result = await watch(world.reader, stored(state), options);
					created.push(...result.events.map(({ workOrder: { id } }) => id));
					state = result.state;
				};
				for (const step of after) {
					world.apply(step);
					if (step.kind !== 'poll') continue;
					world.meanwhile.push(...(meanwhile.shift() ?? []));
					await poll();
					for (const left of world.meanwhile.splice(0)) world.apply(left);
				}
				await poll();
				expect(new Set(created).size).toBe(created.length);
				const expected = [...world.orders.keys()].filter((id) => !seeded.has(id));
				expect(created.filter((id) => world.orders.has(id)).sort()).toEqual(expected.sort());
			},
		),
		runs(3_000),
	);
}, 120_000);

test('Also Emit Existing gives every order once, whatever the cap and the list', async () => {
	await fc.assert(
		fc.asyncProperty(
			unknowns,
			history,
			fc.integer({ min: 1, max: 5 }),
			async (list, before, cap) => {
				const world = new World(list);
				for (const step of before) world.apply(step);
				const options = watchOptions({ wanted: new Set(['created']), cap, handlers: undefined });
				const created: string[] = [];
				for (let state = nothingSeen; ; ) {
					const result = await watch(world.reader, stored(state), options);
					created.push(...result.events.map(({ workOrder: { id } }) => id));
					state = result.state;
					if (result.events.length === 0) break;
				}
				expect([...created].sort()).toEqual([...world.orders.keys()].sort());
			},
		),
		runs(1_000),
	);
}, 60_000);

const steady: Unknowns = { timeFilter: 'created_at', sortedBy: 'created_at', newestFirst: true };

test('a trigger that begins to watch changes later on does not take old orders for new ones', async () => {
	for (const timeFilter of ['created_at', 'updated_at'] as const) {
		const world = new World({ ...steady, timeFilter });
		for (let i = 0; i < 9; i++) {
			world.apply({ kind: 'create', late: 0 });
			world.apply({ kind: 'pass', seconds: 5_000 });
		}
		const onlyCreated = watchOptions({
			wanted: new Set(['created']),
			cap: 100,
			handlers: undefined,
		});
		const all = watchOptions({ wanted: everything, cap: 100, handlers: undefined });
		let state = await seedWatch(world.reader, onlyCreated);
		const poll = async (options: WatchOptions) => {
			const result = await watch(world.reader, stored(state), options);
			state = result.state;
			return result.events.map(({ event, workOrder: { id } }) => `${event} ${id}`);
		};
		world.apply({ kind: 'touch', order: 2 });
		expect(await poll(onlyCreated)).toEqual([]);
		expect(await poll(all)).toEqual([]);
		world.apply({ kind: 'pass', seconds: 400 });
		world.apply({ kind: 'handOver', order: 3, to: 1 });
		expect(await poll(all)).toEqual(['handedOver 4']);
		expect(await poll(onlyCreated)).toEqual([]);
		world.apply({ kind: 'create', late: 0 });
		expect(await poll(onlyCreated)).toEqual(['created 10']);
	}
});

test('an order too old to be followed tells of its change only where the list has it', async () => {
	for (const timeFilter of ['created_at', 'updated_at'] as const) {
		const world = new World({ ...steady, timeFilter });
		world.apply({ kind: 'create', late: 0 });
		world.apply({ kind: 'pass', seconds: 40 * DAY });
		world.apply({ kind: 'create', late: 0 });
		const options = watchOptions({ wanted: everything, cap: 100, handlers: undefined });
		const state = await seedWatch(world.reader, options);
		world.apply({ kind: 'pass', seconds: 60 });
		world.apply({ kind: 'status', order: 0, to: 2 });
		const { events } = await watch(world.reader, state, options);
		expect(events.map(nameOf)).toEqual(
			timeFilter === 'created_at' ? [] : [`other 1 ${world.now} 20 staff0`],
		);
		if (events[0] !== undefined) {
			expect(events[0].changes).toEqual({
				updatedAt: { from: null, to: expect.stringMatching(/\+08:00$/) },
			});
		}
	}
});

test('a seed whose list comes empty although there are orders takes none for new', async () => {
	const world = new World(steady);
	for (let i = 0; i < 5; i++) {
		world.apply({ kind: 'pass', seconds: 10 });
		world.apply({ kind: 'create', late: 0 });
	}
	const options = watchOptions({ wanted: new Set(['created']), cap: 100, handlers: undefined });
	const empty = { ...world.reader, since: async () => ({ rows: new Map(), settled: true }) };
	const state = await seedWatch(empty, options);
	expect((await watch(world.reader, stored(state), options)).events).toEqual([]);
	world.apply({ kind: 'create', late: 0 });
	const { events } = await watch(world.reader, stored(state), options);
	expect(events.map(nameOf)).toEqual(['created 6']);
});

test('time that runs out leaves the rest to the next poll', async () => {
	const world = new World(steady);
	const options = watchOptions({ wanted: everything, cap: 100, handlers: undefined });
	const seed = await seedWatch(world.reader, options);
	for (let i = 0; i < 4; i++) world.apply({ kind: 'create', late: 0 });
	let left = 2;
	const hurried = await watch(world.reader, seed, { ...options, hasTime: () => left-- > 0 });
	expect(hurried.events.map(nameOf)).toEqual(['created 1', 'created 2']);
	const rest = await watch(world.reader, stored(hurried.state), options);
	expect(rest.events.map(nameOf)).toEqual(['created 3', 'created 4']);
});

test('rows that cannot be followed stop nothing', async () => {
	const world = new World(steady);
	const options = watchOptions({ wanted: everything, cap: 100, handlers: undefined });
	const seed = await seedWatch(world.reader, options);
	world.apply({ kind: 'create', late: 0 });
	const broken = { title: 'no number' } as unknown as Order;
	world.orders.set('broken', broken);
	world.orders.set('undated', { ...broken, order_no: '77' });
	const { events } = await watch(world.reader, seed, options);
	expect(events.map(nameOf)).toEqual(['created 1']);
});

test('10,000 followed orders take less than 400 KB of memory', async () => {
	const world = new World(steady);
	for (let i = 0; i < 10_000; i++) {
		world.apply({ kind: 'pass', seconds: 60 });
		world.apply({ kind: 'create', late: 0 });
	}
	const rows = new Map(
		[...world.orders.values()].map((order, index) => {
			const order_no = String(1471808049579560961n + BigInt(index));
			return [order_no, { ...order, order_no, handler_id: `LiuYang${index % 40}` }];
		}),
	);
	const reader = {
		since: async () => ({ rows, settled: true }),
		sample: async () => [...rows.values()].slice(-1),
	};
	const options = watchOptions({ wanted: everything, cap: 100, handlers: undefined });
	const state = await seedWatch(reader, options);
	expect(Object.keys(state.orders)).toHaveLength(10_000);
	const size = JSON.stringify(state).length;
	console.log(`10,000 followed orders: ${size} bytes`);
	expect(size).toBeLessThan(400_000);
	expect(await watch(reader, stored(state), options)).toEqual({ events: [], state });
});

/** A reader of a list that stands still. */
const listing = (rows: JsonObject[]) => ({
	since: async () => ({
		rows: new Map(rows.map((row) => [String(row.order_no), row])),
		settled: true,
	}),
	sample: async () => rows.slice(0, 100),
});

test('a backlog of any length is told bit by bit, oldest first', async () => {
	const rows = Array.from({ length: 200_000 }, (_, n) => ({
		order_no: String(n),
		created_at: 1_700_000_000 + n,
	}));
	const options = watchOptions({ wanted: new Set(['created']), cap: 3, handlers: undefined });
	const { events, state } = await watch(listing(rows), nothingSeen, options);
	expect(events.map(({ workOrder: { id } }) => id)).toEqual(['0', '1', '2']);
	expect(state.watermark).toBe(1_700_000_003);
});

test.each([1_700_000_000_000, '1471808049579560960', -1, 'never', null])(
	'a row whose time of creation is %j is passed over: those after it are told',
	async (created_at) => {
		const options = watchOptions({ wanted: new Set(['created']), cap: 9, handlers: undefined });
		const odd = { order_no: '1', created_at };
		const first = await seedWatch(listing([odd]), options);
		const order = { order_no: '2', created_at: 1_700_000_000 };
		const { events } = await watch(listing([odd, order]), stored(first), options);
		expect(events.map(({ workOrder: { id } }) => id)).toEqual(['2']);
	},
);
