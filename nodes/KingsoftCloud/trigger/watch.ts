import type { JsonObject } from '../../../lib/json';
import { statusOf } from '../workOrder';
import { createdEvent, statusEvent, type TicketEvent } from './events';
import {
	byCreation,
	compareIds,
	createdAt,
	idOf,
	isUnfinished,
	openLists,
	readAtRest,
	type Rows,
	type TicketReader,
} from './listing';
import {
	OVERLAP_S,
	watchesChanges,
	withinOverlap,
	type WatchOptions,
	type WatchState,
} from './memory';
import { arrive, trackOf } from './track';
import { MOST_PAST, Tracks } from './tracks';

export interface WatchResult {
	readonly events: TicketEvent[];
	readonly state: WatchState;
}

/** A ticket that the vendor refuses this often is taken for deleted. */
const TRIES = 5;

/** One poll: what has happened since `before`, oldest creations first, then changes of status. */
export async function watch(
	reader: TicketReader,
	before: WatchState,
	options: WatchOptions,
): Promise<WatchResult> {
	return await new Poll(reader, before, options).run();
}

class Poll {
	private readonly events: TicketEvent[] = [];
	private readonly tracks: Tracks;
	private readonly unreadable: Record<string, number>;
	private readonly recent: Record<string, number>;
	private watermark: number;
	/** Whether something had to be left to the next poll. */
	private isFull = false;

	private readonly reader: TicketReader;
	private readonly before: WatchState;
	private readonly options: WatchOptions;
	private readonly watching: boolean;

	constructor(reader: TicketReader, before: WatchState, options: WatchOptions) {
		this.reader = reader;
		this.before = before;
		this.options = options;
		this.watching = watchesChanges(options);
		this.tracks = new Tracks(before);
		this.unreadable = { ...before.unreadable };
		this.recent = { ...before.recent };
		this.watermark = before.watermark;
	}

	async run(): Promise<WatchResult> {
		const { before, options } = this;
		const creations = await readAtRest(
			async () => [await this.reader.createdSince(this.since)],
			(rows) => options.hasTime() && [...rows.values()].some((row) => this.isNew(row)),
		);
		const listed = await this.readOpen();
		if (before.filter !== options.filter.key) this.changeFilter(listed);
		// The open lists are read later and so know better.
		await this.takeCreations(new Map([...creations.rows, ...listed]), creations.sure);
		if (this.watching && !this.isFull) await this.takeChanges(listed);
		return {
			events: this.events,
			state: {
				watermark: this.watermark,
				recent: withinOverlap(this.recent, this.watermark),
				watching: this.watching,
				...this.packedTracks(),
				unreadable: this.watching ? this.unreadable : {},
				filter: options.filter.key,
			},
		};
	}

	private get since(): number {
		return Math.max(0, this.before.watermark - OVERLAP_S);
	}

	private get hasRoom(): boolean {
		return this.events.length < this.options.cap && this.options.hasTime();
	}

	private isNew(row: JsonObject): boolean {
		return createdAt(row) >= this.since && this.before.recent[idOf(row)] === undefined;
	}

	private packedTracks() {
		if (!this.watching) return this.tracks.allForgotten();
		// What was left to the next poll may still need what is known of it.
		return this.tracks.packed(this.isFull ? Infinity : MOST_PAST);
	}

	private async readOpen(): Promise<Rows> {
		if (!this.watching) return new Map();
		if (this.before.watching) {
			const lists = await openLists(this.reader);
			return new Map(lists.flatMap(({ rows }) => rows.map((row) => [idOf(row), row])));
		}
		// Changes were not watched until now: what is open counts as seen.
		const { rows } = await readAtRest(
			async () => await openLists(this.reader),
			() => this.options.hasTime(),
		);
		for (const [id, row] of rows) {
			if (this.isNew(row) || !isUnfinished(row)) continue;
			this.tracks.place(id, trackOf(row, this.tracks.freshRound, this.excludes(row)));
		}
		return rows;
	}

	private matches(record: JsonObject): boolean {
		return this.options.filter.matches(record);
	}

	private excludes(record: JsonObject): boolean {
		return this.options.filter.excludes(record);
	}

	/** Who stands in- or outside of another filter than before did not get there by a change. */
	private changeFilter(listed: Rows): void {
		const { filter } = this.options;
		this.tracks.markOutside((id, { outside }) => {
			const row = listed.get(id);
			return filter.key !== '' && (row === undefined ? outside : filter.excludes(row));
		});
	}

	/**
	 * New tickets, oldest first, as many as there is room for. The watermark stops before the first one left
	 * out and where one may have been missed.
	 */
	private async takeCreations(rows: Rows, sure: Rows): Promise<void> {
		const fresh = [...rows.values()].filter((row) => this.isNew(row)).sort(byCreation);
		for (const row of fresh) {
			if (!this.hasRoom) {
				this.isFull = true;
				return;
			}
			const isUndecided = !this.matches(row) && !this.excludes(row);
			const record = isUndecided ? ((await this.reader.one(idOf(row))) ?? row) : row;
			if (this.matches(record)) this.tellCreation(record);
			this.recent[idOf(row)] = createdAt(row);
			if (sure.has(idOf(row))) this.watermark = Math.max(this.watermark, createdAt(row));
			if (this.watching) await this.follow(record);
		}
	}

	private tellCreation(record: JsonObject): void {
		if (this.options.wanted.has('created')) this.events.push(createdEvent(record));
	}

	/** Starts to watch a ticket that is new; one that is finished already has its end told at once. */
	private async follow(row: JsonObject): Promise<void> {
		const id = idOf(row);
		const seen = trackOf(row, 1, this.excludes(row));
		if (isUnfinished(row)) {
			this.tracks.place(id, seen);
			return;
		}
		const record = (await this.reader.one(id)) ?? row;
		// Where it has moved on since the list was read, the list's status is what was told last.
		const movedOn = statusOf(record) !== seen.status;
		this.tracks.place(id, movedOn ? seen : { ...seen, status: 'open', closedAt: 0 });
		this.tell(id, record);
	}

	private async takeChanges(listed: Rows): Promise<void> {
		const taken = new Set(this.tracks.openIds());
		for (const [id, row] of listed) if (!this.isNew(row)) taken.add(id);
		for (const id of [...taken].sort(compareIds)) {
			const row = listed.get(id);
			if (row !== undefined) delete this.unreadable[id];
			if (row !== undefined && this.isAsKnown(id, row)) continue;
			if (!this.hasRoom) {
				this.isFull = true;
				return;
			}
			const record = await this.recordOf(id, row);
			if (record !== undefined) this.tell(id, record);
		}
	}

	private isAsKnown(id: string, row: JsonObject): boolean {
		const track = this.tracks.openOne(id);
		const enters = track?.outside === true && this.matches(row);
		return track?.status === statusOf(row) && !enters;
	}

	/**
	 * Reads the ticket itself, for the time of the change and because one that is in no list may have
	 * slipped between two pages.
	 */
	private async recordOf(id: string, row: JsonObject | undefined): Promise<JsonObject | undefined> {
		const isTold = row && statusOf(row) !== this.tracks.get(id)?.status;
		if (row && !(isTold && this.options.wanted.has('statusChanged'))) return row;
		const record = (await this.reader.one(id)) ?? row;
		if (record !== undefined) {
			delete this.unreadable[id];
			return record;
		}
		const tries = (this.unreadable[id] ?? 0) + 1;
		this.unreadable[id] = tries;
		if (tries >= TRIES) {
			delete this.unreadable[id];
			this.tracks.letGo(id);
		}
		return undefined;
	}

	private tell(id: string, record: JsonObject): void {
		const known = this.tracks.get(id);
		const matches = this.matches(record);
		let track = known ?? this.tracks.finishedUnseen(this.excludes(record));
		if (track.outside && matches) {
			this.tellCreation(record);
			track = { ...track, outside: false };
		}
		if (known?.status !== statusOf(record)) {
			const arrival = arrive(track, record);
			const event = statusEvent(record, known?.status ?? null, arrival, this.options.wanted);
			if (event !== undefined && matches) this.events.push(event);
			track = arrival.track;
		}
		this.tracks.place(id, track);
	}
}
