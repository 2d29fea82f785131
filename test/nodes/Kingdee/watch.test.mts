import fc from 'fast-check';

import type { JsonObject } from '../../../lib/json';
import { eventNames, type EventName, type OrderEvent } from '../../../nodes/Kingdee/trigger/events';
import { orderFilter } from '../../../nodes/Kingdee/trigger/filter';
import {
	nothingSeen,
	seedWatch,
	type WatchOptions,
	type WatchState,
} from '../../../nodes/Kingdee/trigger/memory';
import type { OrderReader } from '../../../nodes/Kingdee/trigger/reader';
import { watch } from '../../../nodes/Kingdee/trigger/watch';
import { runs } from '../../properties.mts';

type Letter = 'A' | 'Z' | 'C' | 'B' | 'F' | 'H' | 'G';
type Order = JsonObject & {
	id: string;
	billno: string;
	billstatus: string;
	actualcompletiontime: string;
	completionprogress: number;
	dealman: string;
};

/** One thing that happens; numbers are taken modulo what there is. */
type Step =
	| { kind: 'create'; letter: Letter; handler: string; odd: boolean }
	| { kind: 'status'; order: number; to: Letter; completed: boolean }
	| { kind: 'assign'; order: number; handler: string }
	| { kind: 'record'; order: number }
	| { kind: 'delete'; order: number }
	| { kind: 'poll' }
	/** n8n dies after the poll and before it has saved the memory. */
	| { kind: 'crash' };

type Listing = 'falling' | 'rising' | 'mixed';

const PAGE = 3;
const ended = new Set(['H', 'G']);

/** Some order that has nothing to do with anything, but stays as it is. */
const mix = (id: string) => (BigInt(id) * 2_654_435_761n) % 1_009n;

/** A vendor in memory that lists page by page, in any order, and may change between two pages. */
class World {
	readonly orders = new Map<string, Order>();
	readonly records: JsonObject[] = [];
	/** States that each order had, as the vendor knows them. */
	readonly history = new Map<string, string[]>();
	readonly deleted = new Set<string>();
	/** Orders whose number says nothing about their age. */
	readonly odd = new Set<string>();
	/** Orders that ended without a time of completion: in progress again, nothing shows it. */
	readonly undated = new Set<string>();
	/** Steps to take in the middle of reading, one after each page. */
	readonly meanwhile: Step[] = [];
	private readonly listing: Listing;
	private next = 1;

	constructor(listing: Listing) {
		this.listing = listing;
	}

	apply(step: Step): void {
		if (step.kind === 'create') this.create(step.letter, step.handler, step.odd);
		if (step.kind === 'status') this.setStatus(step.order, step.to, step.completed);
		if (step.kind === 'assign') this.assign(step.order, step.handler);
		if (step.kind === 'record') this.addRecord(step.order);
		if (step.kind === 'delete') this.remove(step.order);
	}

	private create(letter: Letter, handler: string, odd: boolean): void {
		const serial = this.next++;
		const id = String(2_230_413_444_614_467_584n + BigInt(serial));
		const order: Order = {
			id,
			billno: `${odd ? 'A' : 'fwgs'}-20250605-${String(serial).padStart(8, '0')}`,
			billstatus: letter,
			actualcompletiontime: '',
			completionprogress: 0,
			dealman: handler,
		};
		this.orders.set(id, order);
		this.history.set(id, [letter]);
		if (ended.has(letter)) this.undated.add(id);
		if (odd) this.odd.add(id);
	}

	private pick(index: number): Order | undefined {
		return [...this.orders.values()][index % Math.max(1, this.orders.size)];
	}

	private setStatus(index: number, to: Letter, completed: boolean): void {
		const order = this.pick(index);
		if (order === undefined || order.billstatus === to) return;
		// An ended order can only be taken up again.
		if (ended.has(order.billstatus) && ended.has(to)) return;
		order.billstatus = to;
		if (ended.has(to)) order.completionprogress = 100;
		if (to === 'H' && completed) {
			order.actualcompletiontime = `2025-06-05 10:00:${String(this.next++ % 60).padStart(2, '0')}`;
		}
		if (ended.has(to) && order.actualcompletiontime === '') this.undated.add(order.id);
		this.history.get(order.id)?.push(to);
	}

	private assign(index: number, handler: string): void {
		const order = this.pick(index);
		if (order !== undefined) order.dealman = handler;
	}

	private addRecord(index: number): void {
		const order = this.pick(index);
		if (order === undefined) return;
		const serial = this.next++;
		const billno = `CLJL-20250605-${String(serial).padStart(8, '0')}`;
		this.records.push({ id: String(serial), billno, sourcebillno: order.billno });
	}

	private remove(index: number): void {
		const order = this.pick(index);
		if (order === undefined) return;
		this.orders.delete(order.id);
		this.deleted.add(order.id);
	}

	private sorted<Row extends JsonObject>(rows: Row[]): Row[] {
		const number = ({ billno }: Row) => String(billno);
		const rising = rows.sort((a, b) => (number(a) < number(b) ? -1 : 1));
		if (this.listing === 'rising') return rising;
		if (this.listing === 'falling') return rising.reverse();
		const [first, second, ...others] = rising.sort((a, b) =>
			Number(mix(String(a.id)) - mix(String(b.id))),
		);
		if (first === undefined || second === undefined) return rising;
		// A page of three would fall by chance now and then; the vendor's has a hundred rows.
		return number(first) < number(second) ? [first, second, ...others] : [second, first, ...others];
	}

	private async *pages(list: () => JsonObject[]): AsyncGenerator<JsonObject[]> {
		for (let page = 0; ; page++) {
			const rows = this.sorted(list()).slice(page * PAGE, (page + 1) * PAGE);
			yield rows.map((row) => ({ ...row }));
			const step = this.meanwhile.shift();
			if (step !== undefined) this.apply(step);
			if (rows.length < PAGE) return;
		}
	}

	private async all(pages: AsyncGenerator<JsonObject[]>): Promise<JsonObject[]> {
		const rows: JsonObject[] = [];
		for await (const page of pages) rows.push(...page);
		return rows;
	}

	readonly reader: OrderReader = {
		pageSize: PAGE,
		orders: () => this.pages(() => [...this.orders.values()]),
		records: () => this.pages(() => [...this.records]),
		inState: async (letter) =>
			await this.all(
				this.pages(() => [...this.orders.values()].filter((row) => row.billstatus === letter)),
			),
		one: async (id) => {
			const order = this.orders.get(id);
			return order && { ...order };
		},
		numbered: async (number) => {
			const order = [...this.orders.values()].find(({ billno }) => billno === number);
			return order && { ...order };
		},
		details: async () => undefined,
	};
}

const letter = fc.constantFrom<Letter>('A', 'Z', 'C', 'B', 'F', 'H', 'G');
const handler = fc.constantFrom('', 'Zhang', 'Li');
const order = fc.nat(30);
const arbitraries = {
	create: fc.record({
		kind: fc.constant('create' as const),
		// H and G: created and ended between two looks.
		letter: fc.constantFrom<Letter>('A', 'Z', 'C', 'C', 'B', 'F', 'H', 'G'),
		handler,
		odd: fc.nat(9).map((n) => n === 0),
	}),
	status: fc.record({
		kind: fc.constant('status' as const),
		order,
		to: letter,
		completed: fc.boolean(),
	}),
	assign: fc.record({ kind: fc.constant('assign' as const), order, handler }),
	record: fc.record({ kind: fc.constant('record' as const), order }),
	delete: fc.record({ kind: fc.constant('delete' as const), order }),
	poll: fc.record({ kind: fc.constant('poll' as const) }),
	crash: fc.record({ kind: fc.constant('crash' as const) }),
};

const happenings = [
	{ weight: 4, arbitrary: arbitraries.create },
	{ weight: 6, arbitrary: arbitraries.status },
	{ weight: 1, arbitrary: arbitraries.assign },
	{ weight: 1, arbitrary: arbitraries.record },
	{ weight: 1, arbitrary: arbitraries.delete },
];
const history = fc.array(fc.oneof(...happenings), { maxLength: 25, size: 'max' });
const historyWithPolls = fc.array(
	fc.oneof(
		...happenings,
		{ weight: 4, arbitrary: arbitraries.poll },
		{ weight: 1, arbitrary: arbitraries.crash },
	),
	{ maxLength: 40, size: 'max' },
);
const disturbances = fc.array(fc.oneof(...happenings), { maxLength: 12, size: 'max' });
const listing = fc.constantFrom<Listing>('falling', 'rising', 'mixed');

const optionsFor = (changes: Partial<WatchOptions> = {}): WatchOptions => ({
	wanted: new Set(eventNames),
	filter: orderFilter({}),
	includeDetails: false,
	cap: 100,
	hasTime: () => true,
	...changes,
});

const isCreation = ({ event }: OrderEvent) => event === 'created';
const isRecord = ({ event }: OrderEvent) => event === 'processingRecordAdded';
const told = (event: OrderEvent) => String(event.changes.vendorStatus?.to);
const brief = (event: OrderEvent) =>
	isCreation(event) ? 'created' : isRecord(event) ? `record ${String(event.raw.id)}` : told(event);

interface Run {
	world: World;
	events: OrderEvent[];
	/** Status by order when the trigger was switched on. */
	seeded: Map<string, string>;
	seededRecords: number;
}

/** A trigger that is switched on now and polled at will. */
class Trigger {
	readonly events: OrderEvent[] = [];
	private state: WatchState;
	private readonly world: World;
	private readonly options: WatchOptions;

	private constructor(world: World, options: WatchOptions, state: WatchState) {
		this.world = world;
		this.options = options;
		this.state = state;
	}

	static async switchOn(world: World, options: WatchOptions): Promise<Trigger> {
		return new Trigger(world, options, await seedWatch(world.reader, options));
	}

	private async ask() {
		// What is remembered has to survive n8n's database.
		const remembered = JSON.parse(JSON.stringify(this.state)) as WatchState;
		const result = await watch(this.world.reader, remembered, this.options);
		expect(result.events.length).toBeLessThanOrEqual(this.options.cap);
		return result;
	}

	async poll(): Promise<OrderEvent[]> {
		const { events, state } = await this.ask();
		this.state = state;
		this.events.push(...events);
		return events;
	}

	/** What comes again after a crash is told apart from what is new by its id. */
	async crash(): Promise<void> {
		const lost = (await this.ask()).events.map(({ id }) => id);
		const again = (await this.poll()).map(({ id }) => id);
		expect(again).toEqual(lost);
	}

	async pollUntilQuiet(): Promise<void> {
		while ((await this.poll()).length > 0);
		const before = JSON.stringify(this.state);
		// An order that was deleted is tried for and let go.
		for (let i = 0; i < 6; i++) expect(await this.poll()).toEqual([]);
		const after = JSON.stringify(this.state);
		await this.poll();
		expect(JSON.stringify(this.state)).toBe(after);
		expect(after.length).toBeLessThanOrEqual(before.length);
	}
}

/** Plays a history: some steps, the first poll, the rest with polls between, then polls until quiet. */
async function play(
	world: World,
	before: Step[],
	after: Step[],
	meanwhile: Step[],
	cap: number,
): Promise<Run> {
	for (const step of before) world.apply(step);
	const seeded = new Map([...world.orders].map(([id, { billstatus }]) => [id, billstatus]));
	const seededRecords = world.records.length;
	const trigger = await Trigger.switchOn(world, optionsFor({ cap }));
	for (const step of after) {
		if (step.kind === 'poll' || step.kind === 'crash') {
			if (step.kind === 'poll') world.meanwhile.push(...meanwhile.splice(0, 3));
			await trigger[step.kind]();
			for (const left of world.meanwhile.splice(0)) world.apply(left);
		} else {
			world.apply(step);
		}
	}
	await trigger.pollUntilQuiet();
	return { world, events: trigger.events, seeded, seededRecords };
}

/** Every order's events tell a true story: in order, nothing twice, ending where the order is. */
function checkStory({ world, events, seeded, seededRecords }: Run): void {
	expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
	for (const [id, states] of world.history) {
		const own = events.filter(({ workOrder }) => workOrder.id === id);
		const created = own.filter(isCreation);
		const changes = own.filter((event) => !isCreation(event) && !isRecord(event)).map(told);
		if (world.deleted.has(id)) {
			expect(created.length).toBeLessThanOrEqual(1);
			continue;
		}
		const now = String(states.at(-1));
		// Ended before a poll saw it, with a number below all others: only its return would show it.
		const mayBeUnseen = world.odd.has(id) && states.some((state) => ended.has(state));
		const mayLookNew = ended.has(seeded.get(id) ?? '') && world.undated.has(id);
		if (seeded.has(id)) expect(created.length).toBeLessThanOrEqual(mayLookNew ? 1 : 0);
		else if (!mayBeUnseen) expect(created).toHaveLength(1);
		let place = 0;
		for (const status of changes) {
			const next = states.findIndex((state, index) => index >= place && state === status);
			expect(next).toBeGreaterThanOrEqual(0);
			place = next;
		}
		const last = changes.at(-1) ?? created.at(-1)?.workOrder.vendorStatus ?? seeded.get(id);
		// Taken up again and ended otherwise between two polls: seen only while among the newest.
		if (ended.has(String(last)) && ended.has(now)) continue;
		if (!(mayBeUnseen && last === undefined)) expect(last).toBe(now);
	}
	const records = events.filter(isRecord).map(({ raw }) => String(raw.id));
	const expected = world.records
		.slice(seededRecords)
		.filter(({ sourcebillno }) =>
			[...world.orders.values()].some(({ billno }) => billno === sourcebillno),
		)
		.map(({ id }) => String(id));
	expect(records).toEqual(expect.arrayContaining(expected));
	expect(new Set(records).size).toBe(records.length);
}

test('2,000 histories, poll for poll what a model expects', async () => {
	await fc.assert(
		fc.asyncProperty(listing, history, historyWithPolls, async (order, before, after) => {
			const world = new World(order);
			for (const step of before) world.apply(step);
			const trigger = await Trigger.switchOn(world, optionsFor());
			const known = new Map([...world.orders].map(([id, { billstatus }]) => [id, billstatus]));
			let records = world.records.length;
			for (const step of after) {
				if (step.kind !== 'poll') {
					if (step.kind !== 'crash') world.apply(step);
					continue;
				}
				const expected: string[] = [];
				/** What cannot be told from something else or only be seen while among the newest. */
				const vague = new Set<string>();
				for (const { id, billstatus } of world.orders.values()) {
					const was = known.get(id);
					const isOver = ended.has(billstatus);
					const wasOver = ended.has(was ?? '');
					if (wasOver && (isOver || world.undated.has(id))) vague.add(id);
					const hasEnded = world.history.get(id)?.some((state) => ended.has(state));
					if (was === undefined && hasEnded && world.odd.has(id)) vague.add(id);
					if (was === undefined) expected.push(`${id} created`);
					if (was === undefined ? isOver : was !== billstatus) expected.push(`${id} ${billstatus}`);
				}
				for (const record of world.records.slice(records)) {
					const order = await world.reader.numbered(String(record.sourcebillno));
					if (order) expected.push(`${String(order.id)} record ${String(record.id)}`);
				}
				const events = (await trigger.poll()).map(
					(event) => `${event.workOrder.id} ${brief(event)}`,
				);
				const clear = (all: string[]) =>
					all
						.filter((text) => text.includes('record') || !vague.has(text.split(' ')[0] ?? ''))
						.sort();
				expect(clear(events)).toEqual(clear(expected));
				for (const event of trigger.events) {
					if (!isRecord(event)) known.set(event.workOrder.id, String(event.workOrder.vendorStatus));
				}
				records = world.records.length;
			}
		}),
		runs(2_000),
	);
}, 240_000);

test('2,000 histories with every cap: each happening once, in order, to the end', async () => {
	await fc.assert(
		fc.asyncProperty(
			listing,
			history,
			historyWithPolls,
			fc.integer({ min: 1, max: 8 }),
			async (order, before, after, cap) => {
				checkStory(await play(new World(order), before, after, [], cap));
			},
		),
		runs(2_000),
	);
}, 240_000);

test('2,000 histories with orders that come, go and move while the pages are read', async () => {
	await fc.assert(
		fc.asyncProperty(
			listing,
			history,
			historyWithPolls.map((steps) => steps.filter(({ kind }) => kind !== 'crash')),
			disturbances,
			async (order, before, after, meanwhile) => {
				checkStory(await play(new World(order), before, after, [...meanwhile], 100));
			},
		),
		runs(2_000),
	);
}, 240_000);

test('2,000 histories: what is there on activation is not told, though it moves during the reading', async () => {
	await fc.assert(
		fc.asyncProperty(
			listing,
			history,
			fc.array(fc.oneof(...happenings), { maxLength: 3, size: 'max' }),
			async (order, before, meanwhile) => {
				const world = new World(order);
				for (const step of before) world.apply(step);
				const there = new Set(world.orders.keys());
				world.meanwhile.push(...meanwhile);
				const trigger = await Trigger.switchOn(world, optionsFor());
				const again = (await trigger.poll()).filter(
					(event) => isCreation(event) && there.has(event.workOrder.id),
				);
				expect(again).toEqual([]);
			},
		),
		runs(2_000),
	);
}, 120_000);

test('500 histories: with a filter, an order is told from when it has come through it', async () => {
	await fc.assert(
		fc.asyncProperty(listing, history, historyWithPolls, async (order, before, after) => {
			const world = new World(order);
			for (const step of before) world.apply(step);
			const inside = new Set(
				[...world.orders.values()].filter(({ dealman }) => dealman === 'Zhang').map(({ id }) => id),
			);
			const filter = orderFilter({ assignee: 'zhang' });
			const trigger = await Trigger.switchOn(world, optionsFor({ filter }));
			for (const step of after) {
				if (step.kind !== 'poll') {
					if (step.kind !== 'crash') world.apply(step);
					continue;
				}
				const events = await trigger.poll();
				const created = new Set(events.filter(isCreation).map(({ workOrder: { id } }) => id));
				expect(events.every(({ workOrder }) => workOrder.assignee.name === 'Zhang')).toBe(true);
				for (const { id, dealman } of world.orders.values()) {
					if (dealman !== 'Zhang') continue;
					// What is true of an order that was forgotten after its end stands in the other tests.
					if (world.history.get(id)?.some((state) => ended.has(state))) continue;
					expect(inside.has(id) || created.has(id)).toBe(true);
					if (created.has(id)) expect(inside.has(id)).toBe(false);
				}
				for (const id of created) inside.add(id);
			}
		}),
		runs(500),
	);
}, 120_000);

test('another filter makes no events by itself', async () => {
	const world = new World('falling');
	const create = (name: string) =>
		world.apply({ kind: 'create', letter: 'C', handler: name, odd: false });
	create('Zhang');
	create('Li');
	const zhang = optionsFor({ filter: orderFilter({ assignee: 'zhang' }) });
	const li = optionsFor({ filter: orderFilter({ assignee: 'li' }) });
	let state = await seedWatch(world.reader, zhang);
	for (const options of [li, optionsFor(), zhang, optionsFor()]) {
		const result = await watch(world.reader, state, options);
		expect(result.events).toEqual([]);
		state = result.state;
	}
	create('Wang');
	expect((await watch(world.reader, state, optionsFor())).events).toHaveLength(1);
});

test('records that are asked for later start with what comes then', async () => {
	const world = new World('falling');
	world.apply({ kind: 'create', letter: 'C', handler: '', odd: false });
	world.apply({ kind: 'record', order: 0 });
	const created = optionsFor({ wanted: new Set<EventName>(['created']) });
	const first = await watch(world.reader, await seedWatch(world.reader, created), optionsFor());
	expect(first.events).toEqual([]);
	world.apply({ kind: 'record', order: 0 });
	const second = await watch(world.reader, first.state, optionsFor());
	expect(second.events.map(({ id }) => id)).toEqual(['kingdee:2230413444614467585:record:3']);
});

test('what there is no time for comes with the next poll', async () => {
	const world = new World('falling');
	const create = () => world.apply({ kind: 'create', letter: 'C', handler: '', odd: false });
	create();
	const seeded = await seedWatch(world.reader, optionsFor());
	create();
	world.apply({ kind: 'status', order: 0, to: 'H', completed: true });
	world.apply({ kind: 'record', order: 0 });
	const late = await watch(world.reader, seeded, optionsFor({ hasTime: () => false }));
	expect(late.events).toEqual([]);
	expect(late.state).toEqual(seeded);
	expect((await watch(world.reader, late.state, optionsFor())).events.map(brief)).toEqual([
		'created',
		'H',
		'record 4',
	]);
});

test('Also Emit Existing gives every order once, whatever the cap', async () => {
	await fc.assert(
		fc.asyncProperty(
			listing,
			history,
			fc.integer({ min: 1, max: 5 }),
			async (order, before, cap) => {
				const world = new World(order);
				for (const step of before) world.apply(step);
				const options = optionsFor({ cap, wanted: new Set<EventName>(['created']) });
				const created: string[] = [];
				let state = nothingSeen(options);
				for (;;) {
					const result = await watch(world.reader, state, options);
					created.push(...result.events.map(({ workOrder: { id } }) => id));
					state = result.state;
					if (result.events.length === 0) break;
				}
				expect([...created].sort()).toEqual([...world.orders.keys()].sort());
			},
		),
	);
}, 60_000);

test('10,000 open orders that have moved on take less than 400 KB of memory', async () => {
	const world = new World('falling');
	for (let i = 0; i < 10_000; i++) {
		world.apply({ kind: 'create', letter: 'C', handler: '', odd: false });
	}
	const rows = [...world.orders.values()];
	const reader: OrderReader = {
		...world.reader,
		pageSize: 100,
		orders: async function* () {
			yield rows.slice(-100).reverse();
		},
		inState: async (wanted) => rows.filter(({ billstatus }) => billstatus === wanted),
	};
	const options = optionsFor({ cap: 20_000, filter: orderFilter({ assignee: 'nobody' }) });
	let state = await seedWatch(reader, options);
	for (const letter of ['A', 'B', 'F']) {
		for (const row of rows) row.billstatus = letter;
		({ state } = await watch(reader, state, options));
	}
	expect(Object.keys(state.open)).toHaveLength(10_000);
	expect(JSON.stringify(state).length).toBeLessThan(400_000);
});
