import { compareTexts } from '../../../lib/compareTexts';
import type { JsonObject, JsonValue } from '../../../lib/json';
import { statusOf } from '../workOrder';

/** A list as it was read, page by page. */
export interface Listing {
	readonly rows: readonly JsonObject[];
	/** Whether one answer held it all, so that nothing can have moved meanwhile. */
	readonly isWhole: boolean;
}

/** What a poll may ask the vendor. */
export interface TicketReader {
	/** All tickets created at this second or later. */
	createdSince(seconds: number): Promise<Listing>;
	/** All tickets in one of the vendor's statuses: 1 waiting, 2 in progress. */
	inStatus(status: 1 | 2): Promise<Listing>;
	/** The first and last pages of all tickets: the newest is on one of them, however they are sorted. */
	sample(): Promise<JsonObject[]>;
	/** One ticket; undefined where the vendor refuses to show it. */
	one(id: string): Promise<JsonObject | undefined>;
}

export type Rows = ReadonlyMap<string, JsonObject>;

/** Readings of a list that moves, until it is left as it is. */
const MOST_READINGS = 5;

export const idOf = (record: JsonObject) => String(record.id);

/** Above this a number counts no seconds (1e11 is the year 5138): as a watermark it would keep all else out. */
const SECONDS_LIMIT = 1e11;

/** Whole seconds; 0 where the vendor gives none. */
export function secondsIn(value: JsonValue | undefined): number {
	const seconds = Math.floor(Number(value ?? 0));
	return seconds > 0 && seconds < SECONDS_LIMIT ? seconds : 0;
}

export const createdAt = (record: JsonObject) => secondsIn(record.created_time);
export const isUnfinished = (record: JsonObject) =>
	['open', 'inProgress'].includes(statusOf(record));

/** Ids by number: "9" before "10". */
export const compareIds = (a: string, b: string) => a.length - b.length || compareTexts(a, b);

export function byCreation(a: JsonObject, b: JsonObject): number {
	return createdAt(a) - createdAt(b) || compareIds(idOf(a), idOf(b));
}

function byId(rows: readonly JsonObject[]): Rows {
	return new Map(rows.map((row) => [idOf(row), row]));
}

/** The tickets in both open states; one that moves on while they are read counts where it is last. */
export async function openLists(reader: TicketReader): Promise<Listing[]> {
	return [await reader.inStatus(1), await reader.inStatus(2)];
}

interface Reading {
	readonly rows: Rows;
	/** Those among them before which none can have been missed; none where the lists never came to rest. */
	readonly sure: Rows;
}

/**
 * Reads lists again until none of their rows has left meanwhile: a row that leaves pulls others past the
 * reader, and the next reading does not have it any more.
 */
export async function readAtRest(
	read: () => Promise<Listing[]>,
	mayRepeat: (rows: Rows) => boolean,
): Promise<Reading> {
	const rows = new Map<string, JsonObject>();
	let last: Rows[] | undefined;
	for (let readings = 1; ; readings++) {
		const lists = await read();
		const present = lists.map((list) => byId(list.rows));
		for (const list of present) for (const [id, row] of list) rows.set(id, row);
		if (lists.length === 1 && lists[0]?.isWhole === true) return { rows, sure: rows };
		const hasAll = (list: Rows, i: number) => [...list.keys()].every((id) => present[i]?.has(id));
		if (last?.every(hasAll)) return { rows, sure: new Map(last.flatMap((list) => [...list])) };
		if (readings === MOST_READINGS || !mayRepeat(rows)) return { rows, sure: new Map() };
		last = present;
	}
}
