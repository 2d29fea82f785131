import type { JsonObject } from '../../../lib/json';
import type { PollSettings } from '../../../lib/polling';
import { textOrNull } from '../../../lib/workOrder';
import type { EventName } from './events';
import type { OrderFilter } from './filter';
import { idOf, Newest, readNewest, type NewestState } from './newest';
import { openLetters, type OrderReader } from './reader';
import { letterOf, markOutside, trackFrom, type Track } from './track';

/**
 * What a poll remembers; no clock plays a part in it. Losing the last write only makes the next poll read
 * again.
 */
export interface WatchState {
	newest: NewestState;
	/** The orders in the unfinished states, by id. */
	open: Record<string, Track>;
	/** The orders that left them last, the latest at the end. */
	ended: [id: string, track: Track][];
	/** How often an order that should be open could not be read, by id. */
	unreadable: Record<string, number>;
	/** The newest processing records; only where they are watched. */
	records?: NewestState;
	/** Key of the filter that `open` and `ended` go by. */
	filter: string;
}

export interface WatchOptions extends Pick<PollSettings, 'cap' | 'hasTime'> {
	readonly wanted: ReadonlySet<EventName>;
	readonly filter: OrderFilter;
	readonly includeDetails: boolean;
}

export type Rows = Map<string, JsonObject>;

/** So many ended orders are remembered, to tell what one was before when it is taken up again. */
export const MOST_ENDED = 500;
/** Readings on activation until two are the same. */
const MOST_READINGS = 5;

const nothing: NewestState = { floor: '', recent: {} };
export const unfinished = new Set<string>(openLetters);

export const letterIn = (order: JsonObject) => letterOf(textOrNull(order.billstatus));

/** One page holds them all and the first of those below, as long as nothing is new. */
export const newestSize = (reader: OrderReader) => reader.pageSize - 1;

/** The orders in all unfinished states; one that moves on while they are read counts where it is last. */
export async function readOpen(reader: OrderReader): Promise<Rows> {
	const rows: Rows = new Map();
	for (const letter of openLetters) {
		for (const row of await reader.inState(letter)) {
			if (unfinished.has(letterIn(row))) rows.set(idOf(row), row);
		}
	}
	return rows;
}

/** What the memory is before anything was seen, where all that exists is to be emitted. */
export function nothingSeen({ wanted, filter }: WatchOptions): WatchState {
	return {
		newest: nothing,
		open: {},
		ended: [],
		unreadable: {},
		...(wanted.has('processingRecordAdded') ? { records: nothing } : {}),
		filter: filter.key,
	};
}

/**
 * Rows that leave a list while its pages are read pull others past the reader; two readings that are the
 * same have missed none.
 */
async function readAtRest(read: () => Promise<Rows[]>): Promise<Rows> {
	const rows: Rows = new Map();
	let before = '';
	for (let reading = 0; reading < MOST_READINGS; reading++) {
		const lists = await read();
		for (const [id, row] of lists.flatMap((list) => [...list])) rows.set(id, row);
		const now = JSON.stringify(lists.map((list) => [...list.keys()]));
		if (now === before) break;
		before = now;
	}
	return rows;
}

async function seedNewest(rows: Rows, reader: OrderReader): Promise<NewestState> {
	const newest = new Newest(nothing, newestSize(reader));
	for (const row of rows.values()) newest.add(row);
	return await newest.state(async () => true);
}

export async function seedRecords(reader: OrderReader): Promise<NewestState> {
	const records = await readAtRest(async () => [
		(await readNewest(reader.records(), () => true)).rows,
	]);
	return await seedNewest(records, reader);
}

/** The state of a trigger that has just been switched on: everything there is counts as seen. */
export async function seedWatch(reader: OrderReader, options: WatchOptions): Promise<WatchState> {
	const { filter, wanted } = options;
	const open: WatchState['open'] = {};
	const ended: WatchState['ended'] = [];
	const rows = await readAtRest(async () => [
		(await readNewest(reader.orders(), () => true)).rows,
		await readOpen(reader),
	]);
	for (const [id, row] of rows) {
		const track = markOutside(trackFrom(letterIn(row)), !filter.matches(row));
		if (unfinished.has(letterIn(row))) open[id] = track;
		else ended.push([id, track]);
	}
	return {
		newest: await seedNewest(rows, reader),
		open,
		ended: ended.slice(-MOST_ENDED),
		unreadable: {},
		...(wanted.has('processingRecordAdded') ? { records: await seedRecords(reader) } : {}),
		filter: filter.key,
	};
}
