import type { JsonObject } from '../../../lib/json';
import type { PollSettings } from '../../../lib/polling';
import type { WorkOrderStatus } from '../../../lib/workOrder';
import { statusOf } from '../workOrder';
import { createdEvent, statusEvent, type EventName, type TicketEvent } from './events';

/**
 * What a poll remembers. Times are the vendor's own, in epoch seconds; the local clock plays no part.
 * Losing the last write only makes the next poll read again.
 */
export interface WatchState {
	/** Creations up to here have been seen, save for stragglers inside the overlap. */
	watermark: number;
	/** Creation times of the tickets seen inside the overlap, by id. */
	recent: Record<string, number>;
	/** Whether `open` is kept: only where changes are watched. */
	watching: boolean;
	/** Status of the tickets that are not finished, by id. */
	open: Record<string, 'open' | 'inProgress'>;
	/** Tickets whose creation the filter has kept back so far, by id. */
	hidden: Record<string, true>;
	/** How often a ticket that should be open could not be read, by id. */
	unreadable: Record<string, number>;
}

export const nothingSeen: WatchState = {
	watermark: 0,
	recent: {},
	watching: true,
	open: {},
	hidden: {},
	unreadable: {},
};

/** What a poll may ask the vendor. */
export interface TicketReader {
	/** All tickets created at this second or later. */
	createdSince(seconds: number): Promise<JsonObject[]>;
	/** All tickets in one of the vendor's statuses: 1 waiting, 2 in progress. */
	inStatus(status: 1 | 2): Promise<JsonObject[]>;
	/** The first and last pages of all tickets: the newest is on one of them, whatever the order. */
	sample(): Promise<JsonObject[]>;
	/** One ticket; undefined where the vendor refuses to show it. */
	one(id: string): Promise<JsonObject | undefined>;
}

export interface WatchOptions extends Pick<PollSettings, 'cap' | 'hasTime'> {
	readonly wanted: ReadonlySet<EventName>;
	/** Keeps events back; absent where the person set no filter. */
	readonly matches?: (record: JsonObject) => boolean;
}

export interface WatchResult {
	readonly events: TicketEvent[];
	readonly state: WatchState;
}

/** A ticket may become visible later than others that were created after it. */
const OVERLAP_S = 300;
/** A ticket that the vendor refuses this often is taken for deleted. */
const TRIES = 5;

type Unfinished = 'open' | 'inProgress';

const idOf = (record: JsonObject) => String(record.id);
const createdAt = (record: JsonObject) => Number(record.created_time ?? 0);
const isUnfinished = (status: WorkOrderStatus): status is Unfinished =>
	status === 'open' || status === 'inProgress';

type Interest = Pick<WatchOptions, 'wanted' | 'matches'>;

/** With a filter open tickets are watched in any case: one may enter it later. */
function watchesChanges({ wanted, matches }: Interest): boolean {
	const changes: EventName[] = ['statusChanged', 'closed', 'cancelled'];
	return matches !== undefined || changes.some((event) => wanted.has(event));
}

function byCreation(a: JsonObject, b: JsonObject): number {
	return createdAt(a) - createdAt(b) || idOf(a).localeCompare(idOf(b));
}

/** The tickets in both open states; a ticket that moves on while they are read counts where it is last. */
async function readOpen(reader: TicketReader): Promise<Map<string, JsonObject>> {
	const rows = [...(await reader.inStatus(1)), ...(await reader.inStatus(2))];
	return new Map(rows.map((row) => [idOf(row), row]));
}

/** The state of a trigger that has just been switched on: everything there is counts as seen. */
export async function seedWatch(reader: TicketReader, interest: Interest): Promise<WatchState> {
	const newest = Math.max(0, ...(await reader.sample()).map(createdAt));
	const seen = await reader.createdSince(Math.max(0, newest - OVERLAP_S));
	const watermark = Math.max(newest, ...seen.map(createdAt));
	const open: WatchState['open'] = {};
	if (watchesChanges(interest)) {
		for (const [id, row] of await readOpen(reader)) {
			const status = statusOf(row);
			if (isUnfinished(status)) open[id] = status;
		}
	}
	return {
		watermark,
		recent: withinOverlap(
			Object.fromEntries(seen.map((row) => [idOf(row), createdAt(row)])),
			watermark,
		),
		watching: watchesChanges(interest),
		open,
		hidden: {},
		unreadable: {},
	};
}

function withinOverlap(recent: Record<string, number>, watermark: number): Record<string, number> {
	return Object.fromEntries(
		Object.entries(recent).filter(([, time]) => time >= watermark - OVERLAP_S),
	);
}

/** One poll: what has happened since `before`, oldest creations first, then changes of status. */
export async function watch(
	reader: TicketReader,
	before: WatchState,
	options: WatchOptions,
): Promise<WatchResult> {
	const poll = new Poll(reader, before, options);
	return await poll.run();
}

class Poll {
	private readonly events: TicketEvent[] = [];
	private readonly open: WatchState['open'];
	private readonly hidden: WatchState['hidden'];
	private readonly unreadable: Record<string, number>;
	private readonly recent: Record<string, number>;
	private watermark: number;

	private readonly reader: TicketReader;
	private readonly before: WatchState;
	private readonly options: WatchOptions;

	constructor(reader: TicketReader, before: WatchState, options: WatchOptions) {
		this.reader = reader;
		this.before = before;
		this.options = options;
		this.open = { ...before.open };
		this.hidden = { ...before.hidden };
		this.unreadable = { ...before.unreadable };
		this.recent = { ...before.recent };
		this.watermark = before.watermark;
	}

	async run(): Promise<WatchResult> {
		const { before, options, reader } = this;
		const since = Math.max(0, before.watermark - OVERLAP_S);
		const created = await reader.createdSince(since);
		const watching = watchesChanges(options);
		const listed = watching ? await readOpen(reader) : new Map<string, JsonObject>();
		if (watching && !before.watching) this.startWatching(listed, since);
		await this.takeCreations(newestReading(created, listed), since);
		if (watching) await this.takeChanges(listed, since);
		this.takeEntries(listed);
		return {
			events: this.events,
			state: {
				watermark: this.watermark,
				recent: withinOverlap(this.recent, this.watermark),
				watching,
				open: watching ? this.open : {},
				hidden: this.hidden,
				unreadable: this.unreadable,
			},
		};
	}

	/** Changes were not watched until now: what is open counts as seen. */
	private startWatching(listed: Map<string, JsonObject>, since: number): void {
		for (const [id, row] of listed) {
			const status = statusOf(row);
			const isKnown = createdAt(row) < since || this.before.recent[id] !== undefined;
			if (isKnown && isUnfinished(status)) this.open[id] = status;
		}
	}

	private get hasRoom(): boolean {
		return this.events.length < this.options.cap && this.options.hasTime();
	}

	/** New tickets, oldest first, as many as there is room for; the watermark stops at the first left out. */
	private async takeCreations(rows: Map<string, JsonObject>, since: number): Promise<void> {
		const fresh = [...rows.values()]
			.filter((row) => createdAt(row) >= since && this.before.recent[idOf(row)] === undefined)
			.sort(byCreation);
		const { wanted } = this.options;
		for (const row of fresh) {
			if (!this.hasRoom) {
				this.watermark = Math.max(this.before.watermark, Math.min(this.watermark, createdAt(row)));
				return;
			}
			if (wanted.has('created')) this.tellCreation(row);
			this.recent[idOf(row)] = createdAt(row);
			this.watermark = Math.max(this.watermark, createdAt(row));
			if (watchesChanges(this.options)) await this.follow(idOf(row), statusOf(row));
		}
	}

	private tellCreation(row: JsonObject): void {
		if (this.matches(row)) this.events.push(createdEvent(row));
		else this.hidden[idOf(row)] = true;
	}

	/** Tickets that a change has brought into the filter. */
	private takeEntries(listed: Map<string, JsonObject>): void {
		for (const id of Object.keys(this.hidden)) {
			const row = listed.get(id);
			if (row === undefined || !this.hasRoom || !this.matches(row)) continue;
			this.events.push(createdEvent(row));
			delete this.hidden[id];
		}
	}

	private matches(record: JsonObject): boolean {
		return this.options.matches?.(record) ?? true;
	}

	/** Starts to watch a ticket that is new; one that is finished already has its end told at once. */
	private async follow(id: string, status: WorkOrderStatus): Promise<void> {
		this.open[id] = isUnfinished(status) ? status : 'open';
		if (isUnfinished(status)) return;
		const record = await this.reader.one(id);
		if (record === undefined) return;
		// Where it has moved on since the list was read, the list's status is what was told last.
		this.tell(record, statusOf(record) === status ? 'open' : status);
	}

	private async takeChanges(listed: Map<string, JsonObject>, since: number): Promise<void> {
		const { before } = this;
		const { wanted } = this.options;
		const watched = new Map(Object.entries(this.open));
		for (const [id, known] of watched) {
			const row = listed.get(id);
			const listedStatus = row && statusOf(row);
			if (listedStatus === known) continue;
			const silent = !wanted.has('statusChanged');
			if (listedStatus && isUnfinished(listedStatus) && silent) {
				this.open[id] = listedStatus;
			} else {
				await this.takeChange(id, known);
			}
		}
		for (const [id, row] of listed) {
			const wasFinished = createdAt(row) < since || before.recent[id] !== undefined;
			// One that ended while the lists were read stands in them still.
			if (!watched.has(id) && wasFinished) await this.takeChange(id, null);
		}
	}

	/** Reads the ticket itself: the lists give no time of change, and a ticket may slip between pages. */
	private async takeChange(id: string, from: Unfinished | null): Promise<void> {
		if (!this.hasRoom) return;
		const record = await this.reader.one(id);
		if (record === undefined) {
			const tries = (this.unreadable[id] ?? 0) + 1;
			this.unreadable[id] = tries;
			if (tries >= TRIES) this.forget(id);
			return;
		}
		delete this.unreadable[id];
		this.tell(record, from);
	}

	private tell(record: JsonObject, from: WorkOrderStatus | null): void {
		const to = statusOf(record);
		if (to === from) return;
		const event = statusEvent(record, from, this.options.wanted);
		if (event !== undefined && this.matches(record)) this.events.push(event);
		if (isUnfinished(to)) this.open[idOf(record)] = to;
		else this.forget(idOf(record));
	}

	private forget(id: string): void {
		delete this.open[id];
		delete this.hidden[id];
		delete this.unreadable[id];
	}
}

/** Rows by id; the open lists are read later and so know better. */
function newestReading(
	created: readonly JsonObject[],
	listed: ReadonlyMap<string, JsonObject>,
): Map<string, JsonObject> {
	return new Map([...created.map((row): [string, JsonObject] => [idOf(row), row]), ...listed]);
}
