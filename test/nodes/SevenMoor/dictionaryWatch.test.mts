import fc from 'fast-check';

import type { JsonObject, JsonValue } from '../../../lib/json';
import { contentOf } from '../../../nodes/SevenMoor/trigger/content';
import { contentChanges } from '../../../nodes/SevenMoor/trigger/contentChanges';
import {
	changeSample,
	type DictionaryEvent,
	type DictionaryEventName,
} from '../../../nodes/SevenMoor/trigger/dictionaryEvents';
import {
	nothingSeen,
	notSeeded,
	watchDictionaries,
	type DictionaryOptions,
	type DictionaryReader,
	type DictionaryState,
} from '../../../nodes/SevenMoor/trigger/dictionaryWatch';
import { runs } from '../../properties.mts';

interface Option {
	name: string;
	key: string;
	state: string;
	level: number;
	options: Option[];
}

interface Row {
	_id: string;
	name: string;
	cascade: string;
	headers: string[];
	createTime: string;
	biUpdateTime: string;
	options: Option[];
}

const kinds = [
	'add',
	'rename',
	'header',
	'addOption',
	'renameOption',
	'toggle',
	'removeOption',
	'moveOption',
	'swap',
	'touch',
	'delete',
	'again',
	'pass',
] as const;

/** One thing that happens; numbers are taken modulo what there is. */
interface Step {
	kind: (typeof kinds)[number];
	which: number;
	option: number;
	/** Whether the vendor's time of change stays as it was. */
	silent: boolean;
}

interface PollStep {
	kind: 'poll';
	/** What happens while it reads, one step after each page. */
	meanwhile: Step[];
	/** Pages after which its time is over. */
	pagesInTime: number;
	/** Whether n8n dies after it has told what it found and before it has saved the memory. */
	killed: boolean;
}

const PAGE = 3;
const clone = <T,>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const flat = (options: Option[]): Option[] =>
	options.flatMap((option) => [option, ...flat(option.options)]);

/** A vendor in memory that lists its dictionaries page by page and changes between two pages. */
class World {
	rows: Row[] = [];
	private now = 1_600_000_000;
	private made = 0;
	private readonly creations = new Set<string>();
	private readonly newestFirst: boolean;

	constructor(newestFirst: boolean) {
		this.newestFirst = newestFirst;
	}

	private time(): string {
		return new Date(this.now * 1000).toISOString().slice(0, 19).replace('T', ' ');
	}

	private uuid(): string {
		return `00000000-0000-4000-8000-${(this.made++).toString(16).padStart(12, '0')}`;
	}

	private option(level: number): Option {
		const key = this.uuid();
		return { name: `option ${this.made}`, key, state: '2', level, options: [] };
	}

	private insert(id: string): void {
		// Made again at the second at which it was made before it could not be told from a changed one.
		while (this.creations.has(id + this.time())) this.now += 1;
		const time = this.time();
		this.creations.add(id + time);
		const row: Row = {
			_id: id,
			name: `dictionary ${this.made}`,
			cascade: '2',
			headers: ['one', 'two'],
			createTime: time,
			biUpdateTime: time,
			options: [this.option(1), this.option(1)],
		};
		if (this.newestFirst) this.rows.unshift(row);
		else this.rows.push(row);
	}

	apply({ kind, which, option: place, silent }: Step): void {
		// The vendor's clock may also go back.
		if (kind === 'pass') this.now += silent ? -(place % 100) : 1 + (place % 100);
		if (kind === 'add') this.insert(this.uuid());
		const row = this.rows[which % Math.max(1, this.rows.length)];
		if (row === undefined || kind === 'pass' || kind === 'add') return;
		if (kind === 'delete' || kind === 'again') {
			this.rows = this.rows.filter((other) => other !== row);
			// The caller chooses the id, so a dictionary can come back under it.
			if (kind === 'again') this.insert(row._id);
			return;
		}
		this.change(row, kind, place);
		if (!silent) row.biUpdateTime = this.time();
	}

	private change(row: Row, kind: Step['kind'], place: number): void {
		const all = flat(row.options);
		const option = all[place % Math.max(1, all.length)];
		if (kind === 'rename') row.name = `dictionary ${place}`;
		if (kind === 'header') row.headers[place % 2] = `title ${place % 5}`;
		if (kind === 'addOption') {
			const parent = option?.level === 1 && place % 2 === 0 ? option.options : row.options;
			parent.push(this.option(parent === row.options ? 1 : 2));
		}
		if (kind === 'swap') row.options.reverse();
		if (option === undefined) return;
		if (kind === 'renameOption') option.name = `option ${place % 7}`;
		if (kind === 'toggle') option.state = option.state === '2' ? '1' : '2';
		if (kind === 'removeOption' || kind === 'moveOption') {
			const without = (options: Option[]): Option[] =>
				options
					.filter((other) => other !== option)
					.map((other) => ({ ...other, options: without(other.options) }));
			row.options = without(row.options);
		}
		if (kind === 'moveOption' && option.options.length === 0) {
			const parent = row.options[place % Math.max(1, row.options.length)];
			const below = parent !== undefined && option.level === 1;
			(below ? parent.options : row.options).push({ ...option, level: below ? 2 : 1 });
		}
	}

	page(number: number) {
		const records = clone(this.rows.slice((number - 1) * PAGE, number * PAGE));
		return { records: records as unknown as JsonObject[], total: this.rows.length };
	}
}

interface Told {
	name: string;
	state: string;
	path: string[];
	parent: string;
	place: string[];
}

/** Options by key, as simply as can be. */
function told(options: Option[], path: string[] = [], parent = ''): Map<string, Told> {
	const place = options.map(({ key }) => key);
	return new Map(
		options.flatMap(({ name, key, state, options: below }) => [
			[key, { name, state, path: [...path, name], parent, place }] as const,
			...told(below, [...path, name], key),
		]),
	);
}

const watchedOf = ({ name, cascade, headers, options }: Row) => ({
	name,
	levels: Number(cascade),
	headers,
	options: [...told(options)],
});
const same = (a: Row, b: Row) => JSON.stringify(watchedOf(a)) === JSON.stringify(watchedOf(b));

/** What a change has to tell, by a plain comparison of the two records. */
function expectedChanges(from: Row, to: Row): Record<string, { from: JsonValue; to: JsonValue }> {
	const [old, now] = [told(from.options), told(to.options)];
	const entry = (all: Map<string, Told>) => (key: string) => {
		const { path = [], state = '' } = all.get(key) ?? {};
		return { key, path, state };
	};
	const both = [...now.keys()].filter((key) => old.has(key));
	const differ = (test: (a: Told, b: Told) => boolean) =>
		both.filter((key) => test(old.get(key) as Told, now.get(key) as Told));
	const pairs = (keys: string[]) => ({ from: keys.map(entry(old)), to: keys.map(entry(now)) });
	const reordered = (order: Map<string, Told>) =>
		[...order].filter(([key, { parent, place }]) => {
			const common = (all: Map<string, Told>) => (other: string) =>
				all.get(other)?.parent === parent && all.has(other);
			const [a, b] = [old, now].map((all) =>
				(all === order ? place : ([...all.values()].find((o) => o.parent === parent)?.place ?? []))
					.filter(common(old))
					.filter(common(now)),
			) as [string[], string[]];
			return a.includes(key) && a.join() !== b.join();
		});
	const keysOf = (all: Map<string, Told>) => reordered(all).map(([key]) => key);
	const changes = {
		name: { from: from.name, to: to.name },
		headers: { from: from.headers, to: to.headers },
		optionsAdded: { from: [], to: [...now.keys()].filter((key) => !old.has(key)).map(entry(now)) },
		optionsRemoved: {
			from: [...old.keys()].filter((key) => !now.has(key)).map(entry(old)),
			to: [],
		},
		optionsRenamed: pairs(differ((a, b) => a.name !== b.name)),
		optionsEnabled: pairs(differ((a, b) => a.state !== b.state && b.state === '2')),
		optionsDisabled: pairs(differ((a, b) => a.state !== b.state && b.state === '1')),
		optionsMoved: pairs(differ((a, b) => a.parent !== b.parent)),
		optionsReordered: { from: keysOf(old).map(entry(old)), to: keysOf(now).map(entry(now)) },
	};
	return Object.fromEntries(
		Object.entries(changes).filter(([, c]) => JSON.stringify(c.from) !== JSON.stringify(c.to)),
	);
}

const sorted = (changes: Record<string, { from: JsonValue; to: JsonValue }>) =>
	Object.fromEntries(
		Object.entries(changes).map(([name, { from, to }]) => {
			const both = name.startsWith('options')
				? [from, to].map((list) => (list as JsonValue[]).map((one) => JSON.stringify(one)).sort())
				: [from, to];
			return [name, both];
		}),
	);

interface Expected {
	event: DictionaryEventName;
	id: string;
	time: string;
	row: Row;
	before: Row | undefined;
}

/** What a trigger has to tell of what it has read; knows nothing of pages and memory. */
class Model {
	private seen = new Map<string, { row: Row; absent: number }>();
	private readonly wanted: ReadonlySet<DictionaryEventName>;

	constructor(wanted: ReadonlySet<DictionaryEventName>) {
		this.wanted = wanted;
	}

	remembered() {
		return clone([...this.seen]);
	}

	fallBack(seen: ReturnType<Model['remembered']>): void {
		this.seen = new Map(seen);
	}

	/** Everything that one reading shows beyond what is known. */
	news(reading: ReadonlyMap<string, Row>): Expected[] {
		return [...reading.values()].flatMap((row): Expected[] => {
			const known = this.seen.get(row._id)?.row;
			const added = known === undefined || known.createTime !== row.createTime;
			if (!added && same(known, row)) return [];
			const event = added ? 'dictionaryAdded' : 'dictionaryChanged';
			const time = added ? row.createTime : row.biUpdateTime;
			return [{ event, id: row._id, time, row, before: known }];
		});
	}

	wants({ event }: Expected): boolean {
		return this.wanted.has(event);
	}

	know(row: Row): void {
		this.seen.set(row._id, { row, absent: 0 });
	}

	/** After a reading of everything. */
	miss(reading: ReadonlyMap<string, Row>): void {
		for (const [id, known] of this.seen) {
			known.absent = reading.has(id) ? 0 : known.absent + 1;
			if (known.absent === 5) this.seen.delete(id);
		}
	}

	knows(row: Row): boolean {
		const known = this.seen.get(row._id)?.row;
		return known?.createTime === row.createTime && same(known, row);
	}
}

interface Reading {
	rows: Map<string, Row>;
	pages: number;
	fromStart: boolean;
}

/** Plays one history and compares every poll with the model. */
class Play {
	state: DictionaryState;
	readonly events: DictionaryEvent[] = [];
	readonly world: World;
	readonly model: Model;
	private readonly options: Omit<DictionaryOptions, 'hasTime'>;

	constructor(
		options: Omit<DictionaryOptions, 'hasTime'>,
		newestFirst: boolean,
		existing: boolean,
	) {
		this.options = options;
		this.world = new World(newestFirst);
		this.model = new Model(options.wanted);
		this.state = existing ? nothingSeen : notSeeded;
	}

	async poll({ meanwhile, pagesInTime, killed }: PollStep): Promise<DictionaryEvent[]> {
		const readings: Reading[] = [];
		const pending = [...meanwhile];
		let pages = 0;
		let last = { number: this.state.page - 1, end: true };
		const reader: DictionaryReader = {
			pageSize: PAGE,
			page: async (number) => {
				if (number !== last.number + 1 || last.end) {
					readings.push({ rows: new Map(), pages: 0, fromStart: number === 1 });
				}
				const page = this.world.page(number);
				const reading = readings.at(-1) as Reading;
				for (const row of page.records as unknown as Row[]) reading.rows.set(row._id, row);
				reading.pages++;
				pages++;
				last = { number, end: page.records.length < PAGE };
				const step = pending.shift();
				if (step !== undefined) this.world.apply(step);
				return page;
			},
			report: (problem) => {
				throw new Error(problem);
			},
		};
		const before = clone(this.state);
		const result = await watchDictionaries(reader, before, {
			...this.options,
			hasTime: () => pages < pagesInTime,
		});
		const seen = this.model.remembered();
		this.compare(readings, result.events, result.state);
		if (killed) {
			this.model.fallBack(seen);
			return result.events;
		}
		this.state = clone(result.state);
		this.events.push(...clone(result.events));
		return result.events;
	}

	private compare(readings: Reading[], events: DictionaryEvent[], after: DictionaryState): void {
		const seeding = this.state.seeding;
		for (const [place, reading] of readings.entries()) {
			const whole = reading.fromStart && (place < readings.length - 1 || after.page === 1);
			const news = this.model.news(reading.rows);
			if (seeding) news.forEach(({ row }) => this.model.know(row));
			else this.compareEvents(news, events);
			if (whole) this.model.miss(reading.rows);
		}
		if (seeding) expect(events).toEqual([]);
		else expect(readings).toHaveLength(1);
	}

	private compareEvents(news: Expected[], events: DictionaryEvent[]): void {
		const due = news.filter((one) => this.model.wants(one));
		for (const { row } of news.filter((one) => !this.model.wants(one))) this.model.know(row);
		const left = new Map(due.map((one) => [one.id, one]));
		expect(events.length).toBe(Math.min(due.length, this.options.cap));
		let latest = '';
		for (const event of events) {
			const expected = left.get(String(event.raw._id)) as Expected;
			expect(event.event).toBe(expected.event);
			expect(event.raw).toEqual(expected.row);
			expect(event.dictionary.id).toBe(expected.id);
			expect(expected.time >= latest).toBe(true);
			latest = expected.time;
			if (event.event === 'dictionaryChanged') {
				expect(sorted(event.changes)).toEqual(
					sorted(expectedChanges(expected.before as Row, expected.row)),
				);
				expect(Object.keys(event.changes)).not.toEqual([]);
			}
			left.delete(expected.id);
			this.model.know(expected.row);
		}
		// The oldest come first, the rest later.
		for (const { time } of left.values()) expect(time >= latest).toBe(true);
	}
}

const step = fc.record({
	kind: fc.constantFrom(...kinds),
	which: fc.nat(50),
	option: fc.nat(1000),
	silent: fc.boolean(),
});
const pollStep = fc.record({
	kind: fc.constant('poll' as const),
	meanwhile: fc.array(step, { maxLength: 6, size: 'max' }),
	pagesInTime: fc.constantFrom(1, 2, 3, Infinity, Infinity, Infinity),
	killed: fc.constantFrom(true, false, false, false),
});
const history = fc.record({
	steps: fc.array(fc.oneof({ weight: 3, arbitrary: step }, { weight: 1, arbitrary: pollStep }), {
		minLength: 5,
		maxLength: 60,
		size: 'max',
	}),
	/** Dictionaries that were there before the trigger. */
	before: fc.nat(8),
	cap: fc.constantFrom(1, 2, 5, 100),
	maxPages: fc.constantFrom(1, 2, 10),
	newestFirst: fc.boolean(),
	emitExisting: fc.boolean(),
	wanted: fc.subarray(['dictionaryAdded', 'dictionaryChanged'] as const, { minLength: 1 }),
});
/** As the text of the documents has it. */
const states = { enabled: '2', disabled: '1' };
const quiet: PollStep = { kind: 'poll', meanwhile: [], pagesInTime: Infinity, killed: false };

test('2,000 histories: what is emitted equals the model, nothing is missed or repeated', async () => {
	const sum = { histories: 0, polls: 0, events: 0 };
	await fc.assert(
		fc.asyncProperty(history, async (h) => {
			const wanted = new Set<DictionaryEventName>(h.wanted);
			const options = { wanted, cap: h.cap, maxPages: h.maxPages, states, keyword: '' };
			const play = new Play(options, h.newestFirst, h.emitExisting);
			for (let i = 0; i < h.before; i++) {
				play.world.apply({ kind: 'add', which: 0, option: 0, silent: false });
			}
			const existing = new Set(play.world.rows.map(({ _id, createTime }) => _id + createTime));
			for (const one of h.steps) {
				if (one.kind === 'poll') await play.poll(one);
				else play.world.apply(one);
				if (one.kind === 'poll') sum.polls++;
			}
			// In the end everything has been told.
			const round = Math.ceil((play.world.rows.length / PAGE + 2) / h.maxPages);
			for (let calm = 0, polls = 0; calm < round + 1; polls++) {
				calm = (await play.poll(quiet)).length === 0 ? calm + 1 : 0;
				expect(polls).toBeLessThan(200);
			}
			if (wanted.has('dictionaryChanged')) {
				for (const row of play.world.rows) expect(play.model.knows(row)).toBe(true);
			}
			if (!h.emitExisting) {
				const added = play.events.filter(({ event }) => event === 'dictionaryAdded');
				for (const { raw } of added) {
					expect(existing.has(String(raw._id) + String(raw.createTime))).toBe(false);
				}
			}
			// One id, one content: it may only come again where the content does at the same time.
			const byId = new Map<string, string>();
			for (const { id, raw } of play.events) {
				const content = JSON.stringify(contentOf(raw));
				if (id.includes(':changed:')) expect(byId.get(id) ?? content).toBe(content);
				byId.set(id, content);
			}
			sum.histories++;
			sum.events += play.events.length;
		}),
		runs(2_000),
	);
	console.log(`7moor dictionaries: ${JSON.stringify(sum)}`);
}, 240_000);

/** A record like the seed's. */
const record = (changes: JsonObject = {}): JsonObject => ({
	_id: '75cf1273-042e-a83d-8118-ddfb50af4ac1',
	name: '修改接口三级',
	cascade: '2',
	headers: ['一级', '二级'],
	createTime: '2021-12-03 15:16:12',
	biUpdateTime: '2021-12-03 15:52:10',
	options: [],
	...changes,
});
const opt = (name: string, key: string, state = '2', options: JsonObject[] = []): JsonObject => ({
	name,
	key,
	state,
	options,
});
const changesBetween = (from: JsonObject[], to: JsonObject[], meant = states) =>
	contentChanges(contentOf(record({ options: from })), contentOf(record({ options: to })), meant);

const K1 = '2546b891-9593-64b0-82e0-3485251c6a5a';
const K2 = '9056baed-c79c-cf29-f718-d76a02741076';

test('a change is told with keys, paths and states, before and after', () => {
	expect(
		changesBetween(
			[opt('硬件', K1, '2', [opt('打印机', K2)])],
			[opt('硬件', K1, '2', [opt('打印机 | 复印机', K2, '1')])],
		),
	).toEqual({
		optionsRenamed: {
			from: [{ key: K2, path: ['硬件', '打印机'], state: '2' }],
			to: [{ key: K2, path: ['硬件', '打印机 | 复印机'], state: '1' }],
		},
		optionsDisabled: {
			from: [{ key: K2, path: ['硬件', '打印机'], state: '2' }],
			to: [{ key: K2, path: ['硬件', '打印机 | 复印机'], state: '1' }],
		},
	});
});

test.each([
	['keys that are no UUIDs', [opt('A', 'k1')], [opt('B', 'k1')], ['optionsRenamed']],
	['no keys: the path counts', [opt('A', '')], [opt('B', '')], ['optionsAdded', 'optionsRemoved']],
	[
		'one key twice',
		[opt('A', K1), opt('B', K1)],
		[opt('A', K1), opt('B', K1, '1')],
		['optionsDisabled'],
	],
	['a state that is not published', [opt('A', K1)], [opt('A', K1, '7')], ['optionsStateChanged']],
	['no options at all', [], [], []],
])('options with %s', (_case, from, to, expected) => {
	expect(Object.keys(changesBetween(from, to))).toEqual(expected);
});

test('which state means enabled is what the account says', () => {
	const swapped = { enabled: '1', disabled: '2' };
	const [was, is] = [[opt('A', K1, '2')], [opt('A', K1, '1')]];
	expect(Object.keys(changesBetween(was, is, swapped))).toEqual(['optionsEnabled']);
	expect(Object.keys(changesBetween(is, was, swapped))).toEqual(['optionsDisabled']);
});

test('the id of a change names time and content, whoever asks', () => {
	const id = (changes: JsonObject) => changeSample(record(changes)).id;
	expect(id({})).toMatch(
		/^sevenMoorDictionary:75cf1273-042e-a83d-8118-ddfb50af4ac1:changed:20211203155210:[0-9a-f]{12}$/,
	);
	expect(id({})).toBe(id({ updateTimeArr: [{ updateTime: 'x' }] }));
	expect(id({})).not.toBe(id({ name: 'other' }));
	expect(id({})).not.toBe(id({ biUpdateTime: '2021-12-03 15:52:11' }));
});

const readerOf = (records: JsonObject[], problems: string[] = []): DictionaryReader => ({
	pageSize: 100,
	page: async () => ({ records, total: records.length }),
	report: (problem) => problems.push(problem),
});
const all = {
	wanted: new Set<DictionaryEventName>(['dictionaryAdded', 'dictionaryChanged']),
	cap: 100,
	maxPages: 10,
	states,
	keyword: '',
	hasTime: () => true,
};

test('a record that cannot be used is reported and stops nothing', async () => {
	/** Valid JSON that no code can turn into text. */
	const unreadable = { toString: 1, valueOf: 1 };
	const records = [
		{},
		record({ _id: 'unreadable', options: [{ name: unreadable }] }),
		record({ _id: 'odd', name: 7, headers: 'none', options: 'none', cascade: null }),
		record(),
	];
	const problems: string[] = [];
	const { events } = await watchDictionaries(readerOf(records, problems), nothingSeen, all);
	expect(events.map(({ raw }) => raw._id)).toEqual(['odd', '75cf1273-042e-a83d-8118-ddfb50af4ac1']);
	expect(problems).toEqual([
		'A dictionary without an _id is left out',
		expect.stringMatching(/^Dictionary unreadable cannot be read: TypeError/),
	]);
});

/** A vendor that shows these lists, one in each reading, in pages of two. */
function readingOf(...lists: string[][]): DictionaryReader {
	let reading = -1;
	return {
		...readerOf([]),
		pageSize: 2,
		page: async (number) => {
			if (number === 1) reading++;
			const ids = lists[Math.min(reading, lists.length - 1)] ?? [];
			const shown = ids.slice((number - 1) * 2, number * 2);
			return { records: shown.map((id) => record({ _id: id })), total: ids.length };
		},
	};
}

test('what slips between two pages of the first reading does not pass for added later', async () => {
	const reader = readingOf(['a', 'b', 'd'], ['b', 'c', 'd'], ['b', 'c', 'd']);
	const { state } = await watchDictionaries(reader, notSeeded, all);
	expect(state).toMatchObject({ seeding: false, seen: { b: {}, c: {}, d: {} } });
	expect((await watchDictionaries(reader, state, all)).events).toEqual([]);
});

test.each([
	[4, []],
	[5, ['sevenMoorDictionary:b:added:20211203151612']],
])('a dictionary that %i readings do not show, and then one does: %j', async (absences, ids) => {
	let { state } = await watchDictionaries(readingOf(['a', 'b']), notSeeded, all);
	for (let i = 0; i < absences; i++) {
		({ state } = await watchDictionaries(readingOf(['a']), state, all));
	}
	const { events, state: last } = await watchDictionaries(readingOf(['a', 'b']), state, all);
	expect(events.map(({ id }) => id)).toEqual(ids);
	expect(last.seen.b).not.toHaveProperty('absent');
});

test('a vendor that always shows the same page does not hold the poll up', async () => {
	const records = Array.from({ length: 100 }, (_, i) => record({ _id: String(i) }));
	const { state } = await watchDictionaries(readerOf(records), notSeeded, all);
	expect(state).toMatchObject({ seeding: false, page: 1 });
});

test('a dictionary that enters or leaves the filter by its new name is told', async () => {
	const poll = async (name: string, before: DictionaryState) =>
		await watchDictionaries(readerOf([record({ name })]), before, { ...all, keyword: 'Hard' });
	const first = await poll('software', nothingSeen);
	expect(first.events).toEqual([]);
	const second = await poll('HARDWARE', first.state);
	expect(second.events.map(({ changes }) => changes.name)).toEqual([
		{ from: 'software', to: 'HARDWARE' },
	]);
	expect((await poll('software', second.state)).events).toHaveLength(1);
	expect((await poll('other', (await poll('software', second.state)).state)).events).toEqual([]);
});

test('changes that are chosen later are told from then on', async () => {
	const onlyAdded = { ...all, wanted: new Set<DictionaryEventName>(['dictionaryAdded']) };
	const { state } = await watchDictionaries(readerOf([record()]), notSeeded, onlyAdded);
	expect(JSON.stringify(state)).not.toContain('接口');
	const next = await watchDictionaries(readerOf([record({ name: 'new' })]), state, all);
	expect(next.events).toEqual([]);
	const last = await watchDictionaries(readerOf([record({ name: 'newer' })]), next.state, all);
	expect(last.events).toHaveLength(1);
});

test('the memory is small: 100 dictionaries of 100 options, and their creation alone', async () => {
	const options = Array.from({ length: 100 }, (_, i) =>
		opt(`选项名称${i}`, `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`),
	);
	const records = Array.from({ length: 100 }, (_, i) =>
		record({ _id: `00000000-0000-4000-9000-${String(i).padStart(12, '0')}`, options }),
	);
	const size = async (wanted: DictionaryEventName[]) => {
		const chosen = { ...all, wanted: new Set(wanted) };
		const { state } = await watchDictionaries(readerOf(records), notSeeded, chosen);
		return Buffer.byteLength(JSON.stringify(state));
	};
	const sizes = {
		added: await size(['dictionaryAdded']),
		changed: await size(['dictionaryChanged']),
	};
	console.log(
		`7moor dictionaries, bytes remembered for 100 x 100 options: ${JSON.stringify(sizes)}`,
	);
	expect(sizes.added).toBeLessThan(8_000);
	expect(sizes.changed).toBeLessThan(500_000);
});
