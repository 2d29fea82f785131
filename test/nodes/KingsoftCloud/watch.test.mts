import fc from 'fast-check';

import type { JsonObject } from '../../../lib/json';
import {
	eventNames,
	type EventName,
	type TicketEvent,
} from '../../../nodes/KingsoftCloud/trigger/events';
import {
	nothingSeen,
	seedWatch,
	type WatchOptions,
	type WatchState,
} from '../../../nodes/KingsoftCloud/trigger/memory';
import { MOST_PAST } from '../../../nodes/KingsoftCloud/trigger/tracks';
import { watch } from '../../../nodes/KingsoftCloud/trigger/watch';
import type { TicketFilter } from '../../../nodes/KingsoftCloud/trigger/filter';
import type { TicketReader } from '../../../nodes/KingsoftCloud/trigger/listing';
import { Model, tellingOf, type ModelOptions, type Telling } from './model.mts';
import {
	isFinished,
	isUrgent,
	statusOf,
	World,
	type Status,
	type Step,
	type Ticket,
	type Unknowns,
} from './world.mts';
import { runs } from '../../properties.mts';

/** Polls; a killed one tells, and what it would have remembered is lost. */
type Asking = { kind: 'poll' } | { kind: 'kill' };

const everything = new Set(eventNames);
const tried = runs(2_000);
const patienceMs = Math.max(240_000, 60 * tried.numRuns);

const unknowns: fc.Arbitrary<Unknowns> = fc.record({
	sortedBy: fc.constantFrom('newest', 'oldest', 'lastUpdated'),
	closingTime: fc.constantFrom('latest', 'resetOnReopening', 'first'),
});

const ticket = fc.nat(30);
const deletion: fc.WeightedArbitrary<Step> = {
	weight: 1,
	arbitrary: fc.record({ kind: fc.constant('delete' as const), ticket }),
};
const happenings: Array<fc.WeightedArbitrary<Step>> = [
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('create' as const),
			late: fc.nat(200),
			urgent: fc.boolean(),
		}),
	},
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('status' as const),
			ticket,
			to: fc.constantFrom('open', 'inProgress', 'closed', 'cancelled'),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('edit' as const), ticket }) },
	deletion,
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('pass' as const),
			seconds: fc.constantFrom(1, 30, 400, 5_000, -1, -30, -5_000),
		}),
	},
];
const askings: Array<fc.WeightedArbitrary<Asking>> = [
	{ weight: 4, arbitrary: fc.constant({ kind: 'poll' as const }) },
	{ weight: 2, arbitrary: fc.constant({ kind: 'kill' as const }) },
];
const happened = fc.array(fc.oneof(...happenings), { maxLength: 30, size: 'max' });
const step = fc.oneof<Array<fc.WeightedArbitrary<Step | Asking>>>(...happenings, ...askings);
const history = fc.array(step, { maxLength: 60, size: 'max' });
const shortHistory = fc.array(step, { maxLength: 30, size: 'max' });

const disturbance = fc.oneof(...happenings, { ...deletion, weight: 6 });
const disturbances = fc.array(fc.array(disturbance, { maxLength: 8, size: 'max' }), {
	maxLength: 12,
	size: 'max',
});
const activationDisturbances = fc.array(disturbance, { maxLength: 4, size: 'max' });

const modelOptions: fc.Arbitrary<ModelOptions> = fc.record({
	wanted: fc
		.subarray([...eventNames], { minLength: 1 })
		.map((events) => new Set<EventName>(events)),
	cap: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constant(100)),
	urgentOnly: fc.boolean(),
});
const unlimited: ModelOptions = { wanted: everything, cap: 1_000, urgentOnly: false };
const onlyCreated: ModelOptions = { ...unlimited, wanted: new Set(['created'] as const) };

const filterBy = (key: string, matches: (record: JsonObject) => boolean): TicketFilter => ({
	key,
	matches,
	excludes: (record) => !matches(record),
});

const watchOptions = ({ wanted, cap, urgentOnly }: ModelOptions): WatchOptions => ({
	wanted,
	cap,
	hasTime: () => true,
	filter: urgentOnly ? filterBy('urgent', isUrgent) : filterBy('', () => true),
});

/** What is remembered has to survive n8n's database. */
const stored = (state: WatchState) => JSON.parse(JSON.stringify(state)) as WatchState;

/** A trigger that is switched on now and polled at will. */
class Trigger {
	readonly tellings: Telling[] = [];
	private state: WatchState;
	private readonly world: World;
	private readonly options: WatchOptions;

	private constructor(world: World, options: WatchOptions, state: WatchState) {
		this.world = world;
		this.options = options;
		this.state = state;
	}

	static async switchOn(world: World, setup: ModelOptions): Promise<Trigger> {
		const options = watchOptions(setup);
		return new Trigger(world, options, await seedWatch(world.reader, options));
	}

	/** Answers what is told; what was remembered before stays. */
	async killed(): Promise<Telling[]> {
		const { events } = await watch(this.world.reader, stored(this.state), this.options);
		return events.map(tellingOf);
	}

	async poll(): Promise<Telling[]> {
		return (await this.pollEvents()).map(tellingOf);
	}

	async pollEvents(): Promise<TicketEvent[]> {
		const { events, state } = await watch(this.world.reader, stored(this.state), this.options);
		this.state = state;
		this.tellings.push(...events.map(tellingOf));
		return events;
	}

	async expectQuiet(): Promise<void> {
		// A ticket that was deleted is tried for and let go.
		for (let i = 0; i < 6; i++) expect(await this.poll()).toEqual([]);
		const before = JSON.stringify(this.state);
		await this.poll();
		expect(JSON.stringify(this.state)).toBe(before);
	}
}

/** Whoever tells that a ticket reached a status then gives it the id that others gave it. */
class Happenings {
	private readonly ids = new Map<string, string>();
	private readonly world: World;

	constructor(world: World) {
		this.world = world;
	}

	/** Answers how many of them had been told before. */
	expectSameIds(tellings: readonly Telling[]): number {
		const again: string[] = [];
		const before: string[] = [];
		for (const { id, event, ticket, to } of tellings) {
			const kind = event === 'created' ? 'created' : to;
			const happening = `${ticket} ${kind} ${this.world.histories.get(ticket)?.length}`;
			const known = this.ids.get(happening);
			if (known !== undefined) {
				again.push(id);
				before.push(known);
			}
			this.ids.set(happening, id);
		}
		expect(again).toEqual(before);
		return again.length;
	}
}

test(
	`${tried.numRuns} histories, poll for poll exactly what a model expects, kills or not`,
	async () => {
		let told = 0;
		let again = 0;
		await fc.assert(
			fc.asyncProperty(
				unknowns,
				happened,
				history,
				modelOptions,
				async (list, before, after, setup) => {
					const world = new World(list);
					for (const step of before) world.apply(step);
					const model = new Model(world, setup);
					const trigger = await Trigger.switchOn(world, setup);
					model.seed();
					const happenings = new Happenings(world);
					const poll = async () => {
						const tellings = await trigger.poll();
						expect(tellings).toEqual(model.poll());
						happenings.expectSameIds(tellings);
						return tellings.length;
					};
					for (const step of after) {
						if (step.kind === 'poll') {
							await poll();
						} else if (step.kind === 'kill') {
							const known = new Map(model.known);
							const tellings = await trigger.killed();
							expect(tellings).toEqual(model.poll());
							happenings.expectSameIds(tellings);
							again += tellings.length;
							model.known = known;
						} else {
							world.apply(step);
						}
					}
					while ((await poll()) > 0);
					await trigger.expectQuiet();
					const ids = trigger.tellings.map(({ id }) => id);
					expect(new Set(ids).size).toBe(ids.length);
					told += ids.length;
				},
			),
			tried,
		);
		console.log(
			`${tried.numRuns} histories: ${told} events as the model expects, ${again} by killed polls`,
		);
	},
	patienceMs,
);

/** Whether the parts come in the whole in their order; several may be the same one. */
function inOrder(parts: readonly Status[], whole: readonly Status[]): boolean {
	let place = 0;
	return parts.every((part) => (place = whole.indexOf(part, place)) >= 0);
}

/**
 * A poll during which tickets come, go and move. What it tells of a ticket must have been true at a moment
 * of the poll, in the model's words. A ticket that did not move itself must be told as ever, with one
 * exception: where rows leave a list, another that is new or taken up again may slip past the reader and
 * wait for the next poll.
 */
async function pollDisturbed(
	{ world, model, trigger }: { world: World; model: Model; trigger: Trigger },
	meanwhile: Step[],
): Promise<number> {
	const before = new Map([...world.histories].map(([id, { length }]) => [id, length]));
	const gone = new Set([...before.keys()].filter((id) => !world.tickets.has(id)));
	world.meanwhile.push(...meanwhile);
	const events = await trigger.pollEvents();
	const left = world.meanwhile.splice(0);
	const taken = meanwhile.slice(0, meanwhile.length - left.length);
	const moves = taken.some(({ kind }) => kind !== 'create' && kind !== 'pass');
	const wrong: string[] = [];
	const expected: Telling[] = [];
	const actual: Telling[] = [];
	for (const [id, statuses] of world.histories) {
		const own = events.filter(({ workOrder }) => workOrder.id === id);
		const during = statuses.slice(Math.max(0, (before.get(id) ?? 0) - 1));
		const records = own.map(({ raw }) => raw as Ticket);
		const last = model.last(id);
		const isWatched = last !== undefined && last !== null && !isFinished(last);
		const mayWait = isWatched ? during.includes(last) : moves || !before.has(id);
		if (gone.has(id) && own.length > 0) wrong.push(`${id} was deleted before`);
		if (!inOrder(records.map(statusOf), during)) wrong.push(`${id} was not like that`);
		if (own.length === 0 && model.hasNews(id) && !mayWait) wrong.push(`${id} was not told`);
		expected.push(...model.believe(records));
		actual.push(...own.map(tellingOf));
	}
	expect(actual).toEqual(expected);
	expect(wrong).toEqual([]);
	for (const step of left) world.apply(step);
	return taken.length;
}

test(
	`${tried.numRuns} histories that move while the pages are read: nothing lost, repeated or untrue`,
	async () => {
		let moved = 0;
		let told = 0;
		await fc.assert(
			fc.asyncProperty(
				unknowns,
				happened,
				history,
				disturbances,
				fc.constantFrom(unlimited, onlyCreated),
				async (list, before, after, meanwhile, setup) => {
					const world = new World(list);
					for (const step of before) world.apply(step);
					const model = new Model(world, setup);
					const trigger = await Trigger.switchOn(world, setup);
					model.seed();
					const pending = [...meanwhile];
					for (const step of after) {
						if (step.kind === 'kill') expect(await trigger.poll()).toEqual(model.poll());
						else if (step.kind !== 'poll') world.apply(step);
						else moved += await pollDisturbed({ world, model, trigger }, pending.shift() ?? []);
					}
					expect(await trigger.poll()).toEqual(model.poll());
					await trigger.expectQuiet();
					const ids = trigger.tellings.map(({ id }) => id);
					expect(new Set(ids).size).toBe(ids.length);
					told += ids.length;
				},
			),
			tried,
		);
		console.log(
			`${tried.numRuns} histories: ${told} events, ${moved} happenings between two answers`,
		);
	},
	patienceMs,
);

test(
	`${tried.numRuns} histories: what is there on activation is not told, though it moves during the reading`,
	async () => {
		await fc.assert(
			fc.asyncProperty(
				unknowns,
				happened,
				activationDisturbances,
				async (list, before, meanwhile) => {
					const world = new World(list);
					for (const step of before) world.apply(step);
					const there = new Map([...world.histories].map(([id, { length }]) => [id, length]));
					world.meanwhile.push(...meanwhile);
					const trigger = await Trigger.switchOn(world, unlimited);
					for (const step of world.meanwhile.splice(0)) world.apply(step);
					for (const { event, ticket } of await trigger.poll()) {
						expect([ticket, event]).not.toEqual([ticket, there.has(ticket) ? 'created' : '']);
						expect(world.histories.get(ticket)?.length).not.toBe(there.get(ticket));
					}
					// Each of them is followed, those included that came during the reading.
					const open = [...world.tickets.values()].filter((one) => !isFinished(statusOf(one)));
					for (const { id } of open)
						world.apply({ kind: 'status', ticket: world.placeOf(id), to: 'cancelled' });
					const ends = (await trigger.poll()).filter(({ event }) => event === 'cancelled');
					expect(ends.map(({ ticket }) => ticket).sort()).toEqual(open.map(({ id }) => id).sort());
				},
			),
			tried,
		);
	},
	patienceMs,
);

test(
	`${tried.numRuns} histories: two triggers that ask at different times give a happening the same id`,
	async () => {
		let both = 0;
		await fc.assert(
			fc.asyncProperty(
				unknowns,
				happened,
				shortHistory,
				shortHistory,
				async (list, before, first, second) => {
					const world = new World(list);
					const happenings = new Happenings(world);
					const expectSameIds = (tellings: readonly Telling[]) => {
						both += happenings.expectSameIds(
							tellings.filter((telling) => world.tellsItself(telling)),
						);
					};
					for (const step of before) world.apply(step);
					const early = await Trigger.switchOn(world, unlimited);
					for (const step of first) {
						if (step.kind === 'poll' || step.kind === 'kill') expectSameIds(await early.poll());
						else world.apply(step);
					}
					const late = await Trigger.switchOn(world, unlimited);
					for (const step of second) {
						if (step.kind === 'poll') expectSameIds(await early.poll());
						else if (step.kind === 'kill') expectSameIds(await late.poll());
						else world.apply(step);
					}
					expectSameIds(await late.poll());
					expectSameIds(await early.poll());
				},
			),
			tried,
		);
		console.log(`${tried.numRuns} histories: ${both} happenings told by both triggers`);
	},
	patienceMs,
);

test('Also Emit Existing gives every ticket once, whatever the cap', async () => {
	await fc.assert(
		fc.asyncProperty(
			unknowns,
			happened,
			fc.integer({ min: 1, max: 5 }),
			async (list, before, cap) => {
				const world = new World(list);
				for (const step of before) world.apply(step);
				const options = watchOptions({ ...onlyCreated, cap });
				const created: string[] = [];
				for (let state = nothingSeen; ; ) {
					const result = await watch(world.reader, stored(state), options);
					created.push(...result.events.map(({ workOrder: { id } }) => id));
					state = result.state;
					if (result.events.length === 0) break;
				}
				expect([...created].sort()).toEqual([...world.tickets.keys()].sort());
			},
		),
	);
}, 60_000);

const usual: Unknowns = { sortedBy: 'oldest', closingTime: 'latest' };
const create: Step = { kind: 'create', late: 0, urgent: false };
const pass = (seconds: number): Step => ({ kind: 'pass', seconds });
const move = (ticket: number, to: Status): Step => ({ kind: 'status', ticket, to });

/** A world and a trigger whose options and memory can be changed between the polls. */
async function story(setup: ModelOptions, ...before: Step[]) {
	const world = new World(usual);
	for (const step of before) world.apply(step);
	let state = await seedWatch(world.reader, watchOptions(setup));
	const poll = async (options: Partial<WatchOptions> = {}) => {
		const result = await watch(world.reader, stored(state), { ...watchOptions(setup), ...options });
		return { ids: result.events.map(({ id }) => id.slice('kingsoftCloud:'.length)), ...result };
	};
	return {
		world,
		/** The ids told by a poll, after these steps; what it remembers is lost. */
		killed: async (...steps: Step[]) => {
			for (const step of steps) world.apply(step);
			return (await poll()).ids;
		},
		told: async (...steps: Step[]) => {
			for (const step of steps) world.apply(step);
			const result = await poll();
			state = result.state;
			return result.ids;
		},
		with: async (options: Partial<WatchOptions>) => {
			const result = await poll(options);
			state = result.state;
			return result.ids;
		},
		state: () => state,
	};
}

test('a change keeps its id where the poll is lost and the ticket is edited before the next', async () => {
	const { killed, told } = await story(unlimited, create, create);
	const lost = await killed(pass(60), move(0, 'inProgress'), move(1, 'cancelled'));
	expect(lost).toEqual(['1:inProgress', '2:cancelled']);
	const edits: Step[] = [0, 1].map((ticket) => ({ kind: 'edit', ticket }));
	expect(await told(pass(60), ...edits)).toEqual(lost);
	expect(await told(pass(60), move(1, 'open'))).toEqual(['2:open:x2']);
	expect(await told(pass(60), move(1, 'cancelled'))).toEqual(['2:cancelled:x2']);
});

test('a closing is named after its time, or its round where the time is that of an earlier one', async () => {
	const { world, told } = await story(unlimited, create);
	expect(await told(move(0, 'closed'))).toEqual([`1:closed:${world.now}`]);
	expect(await told(move(0, 'inProgress'))).toEqual(['1:inProgress:x2']);
	expect(await told(move(0, 'closed'))).toEqual(['1:closed:x2']);
	expect(await told(pass(60), move(0, 'open'))).toEqual(['1:open:x3']);
	expect(await told(move(0, 'closed'))).toEqual([`1:closed:${world.now}`]);
});

test('the ids of a ticket that was forgotten do not come again', async () => {
	const { told, state } = await story(unlimited, create);
	expect(await told(move(0, 'cancelled'))).toEqual(['1:cancelled']);
	expect(await told(move(0, 'open'), pass(60))).toEqual(['1:open:x2']);
	expect(await told(move(0, 'cancelled'))).toEqual(['1:cancelled:x2']);
	const others = Array.from({ length: MOST_PAST }, (_, i) => [create, move(i + 1, 'cancelled')]);
	expect(await told(...others.flat())).toHaveLength(2 * MOST_PAST);
	expect(state().past).toHaveLength(MOST_PAST);
	expect(state().past.map(([id]) => id)).not.toContain('1');
	expect(await told(move(0, 'inProgress'))).toEqual(['1:inProgress:x3']);
	expect(await told(move(1, 'inProgress'))).toEqual(['2:inProgress:x2']);
});

test('nor do they where changes are not watched for a while', async () => {
	const { world, told, with: pollWith, state } = await story(unlimited, create, create);
	expect(await told(move(0, 'inProgress'))).toEqual(['1:inProgress']);
	expect(await told(move(0, 'cancelled'))).toEqual(['1:cancelled']);
	expect(await pollWith({ wanted: new Set(['created']) })).toEqual([]);
	expect(state()).toMatchObject({ open: {}, past: [] });
	world.apply(move(0, 'inProgress'));
	expect(await told()).toEqual([]);
	expect(await told(move(0, 'cancelled'))).toEqual(['1:cancelled:x2']);
});

test('a ticket that has to wait for room keeps its id, whatever is forgotten meanwhile', async () => {
	const {
		killed,
		told,
		with: pollWith,
	} = await story(unlimited, create, move(0, 'closed'), create);
	for (const status of ['cancelled', 'open', 'cancelled'] as const) await told(move(1, status));
	const others = Array.from({ length: MOST_PAST - 1 }, (_, i) => [
		create,
		move(i + 2, 'cancelled'),
	]);
	await told(...others.flat());
	const lost = await killed(move(0, 'inProgress'), create, move(MOST_PAST + 1, 'cancelled'));
	expect(lost).toEqual(['502:created', '502:cancelled', '1:inProgress:x2']);
	expect(await pollWith({ cap: 1 })).toEqual(lost.slice(0, 2));
	expect(await told()).toEqual(lost.slice(2));
});

test('another filter makes no events by itself', async () => {
	const { world, with: pollWith } = await story(unlimited, create, { ...create, urgent: true });
	const urgent = filterBy('urgent', isUrgent);
	const normal = filterBy('normal', (record) => !isUrgent(record));
	const none = filterBy('', () => true);
	for (const filter of [urgent, normal, none, normal, urgent]) {
		expect(await pollWith({ filter })).toEqual([]);
	}
	world.apply({ kind: 'edit', ticket: 0 });
	expect(await pollWith({ filter: urgent })).toEqual(['1:created']);
});

test('a ticket that shows up more than five minutes late is told by its change, if it is open', async () => {
	const { world, told } = await story(unlimited, create);
	expect(await told(pass(5_000), create)).toEqual(['2:created']);
	world.apply(create);
	world.apply(create);
	for (const ticket of [...world.tickets.values()].slice(-2)) ticket.created_time -= 1_000;
	expect(await told(move(3, 'closed'))).toEqual(['3:open:x2']);
});

test('a ticket that slips past a reading is told later, although a much newer one was seen', async () => {
	const tickets = Array.from({ length: 9 }, () => [pass(400), create]);
	const { world, told } = await story(unlimited, ...tickets.flat());
	world.meanwhile.push(create, pass(5_000), create, move(0, 'cancelled'));
	expect(await told()).toEqual(['11:created']);
	expect(await told()).toEqual(['10:created', '1:cancelled']);
});

test('nor is it lost where this happens while the new tickets are read once more', async () => {
	const { world, told } = await story(onlyCreated, create);
	for (let i = 0; i < 11; i++) world.apply(create);
	const once = Array.from({ length: 4 }, () => pass(0));
	world.meanwhile.push(...once, create, pass(5_000), create, { kind: 'delete', ticket: 0 });
	expect((await told()).at(-1)).toBe('14:created');
	expect(await told()).toEqual(['13:created']);
});

test('what slips past all readings of lists that never come to rest is told by the next poll', async () => {
	const world = new World(usual);
	world.apply(create);
	const options = watchOptions(onlyCreated);
	const seeded = await seedWatch(world.reader, options);
	for (const step of [create, pass(5_000), create]) world.apply(step);
	const [, slips, latest] = [...world.tickets.values()];
	let readings = 0;
	const restless: TicketReader = {
		...world.reader,
		createdSince: async () => {
			const leaves = { ...slips, id: String(100 + readings++) };
			return { rows: [leaves, { ...latest }], isWhole: false };
		},
	};
	const { state } = await watch(restless, seeded, options);
	expect(readings).toBe(5);
	const { events } = await watch(world.reader, stored(state), options);
	expect(events.map(({ id }) => id)).toEqual(['kingsoftCloud:2:created']);
});

test('a ticket that slips past two readings on activation is not told as new', async () => {
	const world = new World(usual);
	for (let i = 0; i < 6; i++) world.apply(create);
	const deletion: Step = { kind: 'delete', ticket: 0 };
	const sampled = [pass(0), pass(0)];
	world.meanwhile.push(...sampled, deletion, { ...create, late: 100 }, deletion);
	const trigger = await Trigger.switchOn(world, onlyCreated);
	expect(world.meanwhile).toEqual([]);
	expect(await trigger.poll()).toEqual([]);
});

test('a ticket is let go after five refusals in a row, and known again when it is back', async () => {
	const world = new World(usual);
	world.apply(create);
	const options = watchOptions(unlimited);
	let state = await seedWatch(world.reader, options);
	const hidden: TicketReader = {
		...world.reader,
		inStatus: async () => ({ rows: [], isWhole: true }),
		one: async () => undefined,
	};
	const poll = async (reader: TicketReader) => {
		const result = await watch(reader, stored(state), options);
		state = result.state;
		expect(result.events).toEqual([]);
	};
	for (const reader of [hidden, hidden, hidden, hidden, world.reader, hidden]) await poll(reader);
	expect(state).toMatchObject({ open: { 1: 'o' }, unreadable: { 1: 1 } });
	for (let i = 0; i < 4; i++) await poll(hidden);
	expect(state).toMatchObject({ open: {}, past: [['1', 'o']], unreadable: {} });
	await poll(world.reader);
	expect(state).toMatchObject({ open: { 1: 'o' }, past: [] });
});

test('what there is no time for comes with the next poll', async () => {
	const { with: pollWith, world, told, state } = await story(unlimited, create);
	const before = state();
	for (const step of [create, move(0, 'inProgress')]) world.apply(step);
	expect(await pollWith({ hasTime: () => false })).toEqual([]);
	expect(state()).toEqual(before);
	expect(await told()).toEqual(['2:created', '1:inProgress']);
});

test.each([unlimited, { ...unlimited, urgentOnly: true }])(
	'10,000 open tickets take at most 40 bytes each, %j',
	async (setup) => {
		const { world } = await story(setup);
		const ids = Array.from({ length: 10_000 }, (_, i) => String(1471808049579560961n + BigInt(i)));
		const rows = ids.map((id, i): Ticket => {
			const time = world.now + 400 * i;
			return { id, status: 1, priority: 3, created_time: time, updated_time: time, closed_time: 0 };
		});
		const byId = new Map(rows.map((row) => [row.id, row]));
		const list = (matches: (row: Ticket) => boolean) => ({
			rows: rows.filter(matches),
			isWhole: false,
		});
		const reader: TicketReader = {
			...world.reader,
			sample: async () => rows.slice(-1),
			createdSince: async (seconds) => list(({ created_time }) => created_time >= seconds),
			inStatus: async (status) => list((row) => row.status === status),
			one: async (id) => byId.get(id),
		};
		const options = { ...watchOptions(setup), cap: 50_000 };
		let state = await seedWatch(reader, options);
		// Taken up, finished and taken up again: more cannot be known of a ticket.
		for (const status of [2, 4, 1, 2]) {
			for (const row of rows) row.status = status;
			({ state } = await watch(reader, stored(state), options));
		}
		for (const row of rows) row.status = 2;
		expect(Object.keys(state.open)).toHaveLength(10_000);
		const size = JSON.stringify(state).length;
		console.log(`10,000 open tickets: ${size} bytes`);
		expect(size).toBeLessThan(400_000);
		expect(await watch(reader, stored(state), options)).toEqual({ events: [], state });
	},
);

/** A reader of tickets that are as they are. */
const standing = (rows: readonly JsonObject[]): TicketReader => {
	const list = (matches: (row: JsonObject) => boolean) => ({
		rows: rows.filter(matches),
		isWhole: true,
	});
	return {
		sample: async () => [...rows],
		createdSince: async (seconds) =>
			list(({ created_time: time }) => typeof time !== 'number' || time >= seconds),
		inStatus: async (wanted) => list(({ status }) => status === wanted),
		one: async (id) => rows.find((row) => row.id === id),
	};
};

test.each([1_700_000_000_000, '1471808049579560960', 1e300])(
	'a ticket created at %j keeps no later one back',
	async (created_time) => {
		const odd = { id: '1', status: 4, created_time };
		const later = { id: '2', status: 1, created_time: 1_700_000_000 };
		const options = watchOptions(unlimited);
		const state = await seedWatch(standing([odd]), options);
		const { events } = await watch(standing([odd, later]), stored(state), options);
		expect(events.map(({ id }) => id)).toEqual(['kingsoftCloud:2:created']);
	},
);

test.each([1_700_000_000.5, 1e21, '1471808049579560960'])(
	'an open ticket that was closed at %j is not told again and again',
	async (closed_time) => {
		const reader = standing([{ id: '1', status: 1, created_time: 1_700_000_000, closed_time }]);
		const options = watchOptions(unlimited);
		const state = await seedWatch(reader, options);
		expect((await watch(reader, stored(state), options)).events).toEqual([]);
	},
);
