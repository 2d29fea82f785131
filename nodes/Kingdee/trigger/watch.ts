import type { JsonObject } from '../../../lib/json';
import { firstText, textOrNull } from '../../../lib/workOrder';
import { createdEvent, recordEvent, statusEvent, withDetails, type OrderEvent } from './events';
import {
	letterIn,
	MOST_ENDED,
	newestSize,
	readOpen,
	seedRecords,
	unfinished,
	type Rows,
	type WatchOptions,
	type WatchState,
} from './memory';
import {
	idOf,
	isComplete,
	Newest,
	numberOf,
	oldestFirst,
	readNewest,
	type NewestState,
} from './newest';
import type { OrderReader } from './reader';
import {
	arriveAt,
	cameBack,
	isOutside,
	markOutside,
	notSeen,
	presentLetter,
	trackFrom,
	type Track,
} from './track';

export interface WatchResult {
	readonly events: OrderEvent[];
	readonly state: WatchState;
}

/** A vendor that refuses an order this often has deleted it. */
const TRIES = 5;

/** Whether an unfinished order shows that it had ended once; one that does not is taken for new. */
function hasEndedBefore(order: JsonObject): boolean {
	const worked =
		Number(order.completionprogress ?? 0) > 0 || Number(order.totalservicehours ?? 0) > 0;
	return textOrNull(order.actualcompletiontime) !== null || (worked && order.billstatus !== 'F');
}

/** One poll: what has happened since `before`: new orders, then changes of state, then records. */
export async function watch(
	reader: OrderReader,
	before: WatchState,
	options: WatchOptions,
): Promise<WatchResult> {
	return await new Poll(reader, before, options).run();
}

class Poll {
	private readonly events: OrderEvent[] = [];
	private readonly newest: Newest;
	private readonly open: Map<string, Track>;
	private readonly ended: Map<string, Track>;
	private readonly unreadable: Record<string, number>;

	private readonly reader: OrderReader;
	private readonly before: WatchState;
	private readonly options: WatchOptions;

	constructor(reader: OrderReader, before: WatchState, options: WatchOptions) {
		this.reader = reader;
		this.before = before;
		this.options = options;
		this.newest = new Newest(before.newest, newestSize(reader));
		this.open = new Map(Object.entries(before.open));
		this.ended = new Map(before.ended);
		this.unreadable = { ...before.unreadable };
	}

	async run(): Promise<WatchResult> {
		const { reader, options } = this;
		const { floor } = this.newest;
		const readOrders = async () => await readNewest(reader.orders(), (number) => number <= floor);
		const reading = await readOrders();
		const listed = await readOpen(reader);
		// The lists are read later and so know better.
		const rows: Rows = new Map([...reading.rows, ...listed]);
		if (this.before.filter !== options.filter.key) this.changeFilter(rows);
		await this.takeNew(rows, listed);
		await this.takeChanges(rows);
		const newest = await this.newest.state(async () => await isComplete(reading, readOrders));
		const records = options.wanted.has('processingRecordAdded')
			? { records: await this.takeRecords(rows) }
			: {};
		return {
			events: this.events,
			state: {
				newest,
				open: Object.fromEntries(this.open),
				ended: [...this.ended].slice(-MOST_ENDED),
				unreadable: this.unreadable,
				...records,
				filter: options.filter.key,
			},
		};
	}

	private get hasRoom(): boolean {
		return this.events.length < this.options.cap && this.options.hasTime();
	}

	private trackOf(id: string): Track | undefined {
		return this.open.get(id) ?? this.ended.get(id);
	}

	private async emit(event: OrderEvent): Promise<void> {
		const details = this.options.includeDetails
			? await this.reader.details(event.workOrder.id)
			: undefined;
		this.events.push(details === undefined ? event : withDetails(event, details));
	}

	/** Who stands in- or outside of another filter than before did not get there by a change. */
	private changeFilter(rows: Rows): void {
		const { filter } = this.options;
		for (const tracks of [this.open, this.ended]) {
			for (const [id, track] of tracks) {
				const row = rows.get(id);
				const outside = row === undefined ? isOutside(track) : !filter.matches(row);
				tracks.set(id, markOutside(track, outside && filter.key !== ''));
			}
		}
	}

	/** Starts to follow every order that was not followed; tells those that are new, oldest first. */
	private async takeNew(rows: Rows, listed: Rows): Promise<void> {
		const fresh: JsonObject[] = [];
		for (const [id, row] of rows) {
			const known = this.newest.has(row);
			if (this.trackOf(id) !== undefined) this.newest.add(row);
			else if (!known && this.newest.isAbove(row)) fresh.push(row);
			// Its number tells nothing: new, or taken up again after it was forgotten.
			else if (listed.has(id) && !known && !hasEndedBefore(row)) fresh.push(row);
			else if (listed.has(id)) this.open.set(id, cameBack);
		}
		for (const row of fresh.sort(oldestFirst)) {
			if (!this.hasRoom) {
				this.newest.leaveOut(row);
				continue;
			}
			const matches = this.options.filter.matches(row);
			if (matches && this.options.wanted.has('created')) await this.emit(createdEvent(row));
			// The end of one that has ended already is told as its change.
			const track = unfinished.has(letterIn(row)) ? trackFrom(letterIn(row)) : notSeen;
			this.open.set(idOf(row), markOutside(track, !matches));
			this.newest.add(row);
		}
	}

	private async takeChanges(rows: Rows): Promise<void> {
		for (const id of [...this.open.keys()]) {
			const row = rows.get(id) ?? (this.hasRoom ? await this.lookUp(id) : undefined);
			if (row === undefined) continue;
			delete this.unreadable[id];
			await this.tell(id, row);
		}
		for (const id of [...this.ended.keys()]) {
			const row = rows.get(id);
			if (row !== undefined) await this.tell(id, row);
		}
	}

	/** Reads an order that is in no list: it may have ended or slipped between two pages. */
	private async lookUp(id: string): Promise<JsonObject | undefined> {
		const row = await this.reader.one(id);
		if (row !== undefined) return row;
		const tries = (this.unreadable[id] ?? 0) + 1;
		this.unreadable[id] = tries;
		if (tries >= TRIES) {
			delete this.unreadable[id];
			this.open.delete(id);
		}
		return undefined;
	}

	private async tell(id: string, row: JsonObject): Promise<void> {
		const { filter, wanted } = this.options;
		const letter = letterIn(row);
		const matches = filter.matches(row);
		let track = this.trackOf(id) ?? notSeen;
		if (isOutside(track) && matches) {
			if (!this.hasRoom) return;
			if (wanted.has('created')) await this.emit(createdEvent(row));
			track = markOutside(track, false);
			this.place(id, track);
		}
		if (presentLetter(track) === letter || !this.hasRoom) return;
		const arrival = arriveAt(track, letter);
		const event = matches ? statusEvent(row, arrival, wanted) : undefined;
		if (event !== undefined) await this.emit(event);
		this.place(id, arrival.track);
	}

	private place(id: string, track: Track): void {
		const isOpen = unfinished.has(presentLetter(track) ?? '') || presentLetter(track) === undefined;
		if (isOpen) {
			this.ended.delete(id);
			this.open.set(id, track);
		} else {
			this.open.delete(id);
			this.ended.delete(id);
			this.ended.set(id, track);
		}
	}

	private async takeRecords(rows: Rows): Promise<NewestState> {
		const { reader, before, options } = this;
		// Watched from now on.
		if (before.records === undefined) return await seedRecords(reader);
		const newest = new Newest(before.records, newestSize(reader));
		const readRecords = async () =>
			await readNewest(reader.records(), (number) => number <= newest.floor);
		const reading = await readRecords();
		const fresh = [...reading.rows.values()].filter(
			(row) => newest.isAbove(row) && !newest.has(row),
		);
		const byNumber = new Map([...rows.values()].map((row) => [numberOf(row), row]));
		for (const record of fresh.sort(oldestFirst)) {
			if (!this.hasRoom) {
				newest.leaveOut(record);
				break;
			}
			const number = firstText(record, ['sourcebillno', 'feedbackno']);
			const order =
				number === null ? undefined : (byNumber.get(number) ?? (await reader.numbered(number)));
			if (order !== undefined && options.filter.matches(order)) {
				await this.emit(recordEvent(record, order));
			}
			newest.add(record);
		}
		return await newest.state(async () => await isComplete(reading, readRecords));
	}
}
