import type { PollSettings } from '../../../lib/polling';
import type { EventName } from './events';
import type { TicketFilter } from './filter';
import { createdAt, idOf, isUnfinished, openLists, readAtRest, type TicketReader } from './listing';
import { pack, trackOf } from './track';

/**
 * What a poll remembers. Times are the vendor's own, in epoch seconds; the local clock plays no part.
 * Losing the last write only makes the next poll find the same again.
 */
export interface WatchState {
	/** Creations up to here have been seen, save for stragglers inside the overlap. */
	readonly watermark: number;
	/** Creation times of the tickets seen inside the overlap, by id. */
	readonly recent: Readonly<Record<string, number>>;
	/** Whether `open` is kept: only where changes are watched. */
	readonly watching: boolean;
	/** Packed tracks of the tickets that are not finished, by id. */
	readonly open: Readonly<Record<string, string>>;
	/** Those of tickets that finished or disappeared, the latest last. */
	readonly past: ReadonlyArray<readonly [id: string, track: string]>;
	/** The highest round of the tickets that were dropped from `past`. */
	readonly forgotten: number;
	/** How often a ticket that should be open could not be read, by id. */
	readonly unreadable: Readonly<Record<string, number>>;
	/** Key of the filter that the tracks were made with. */
	readonly filter: string;
}

export const nothingSeen: WatchState = {
	watermark: 0,
	recent: {},
	watching: true,
	open: {},
	past: [],
	forgotten: 0,
	unreadable: {},
	filter: '',
};

export interface Interest {
	readonly wanted: ReadonlySet<EventName>;
	readonly filter: TicketFilter;
}

export interface WatchOptions extends Interest, Pick<PollSettings, 'cap' | 'hasTime'> {}

/** A ticket may become visible later than others that were created after it. */
export const OVERLAP_S = 300;

/** With a filter open tickets are watched in any case: one may enter it later. */
export function watchesChanges({ wanted, filter }: Interest): boolean {
	const changes: EventName[] = ['statusChanged', 'closed', 'cancelled'];
	return filter.key !== '' || changes.some((event) => wanted.has(event));
}

export function withinOverlap(
	recent: Readonly<Record<string, number>>,
	watermark: number,
): Record<string, number> {
	return Object.fromEntries(
		Object.entries(recent).filter(([, time]) => time >= watermark - OVERLAP_S),
	);
}

/** The state of a trigger that has just been switched on: everything there is counts as seen. */
export async function seedWatch(reader: TicketReader, interest: Interest): Promise<WatchState> {
	const watching = watchesChanges(interest);
	const newest = Math.max(0, ...(await reader.sample()).map(createdAt));
	const since = Math.max(0, newest - OVERLAP_S);
	const { rows, sure } = await readAtRest(
		async () => [await reader.createdSince(since), ...(watching ? await openLists(reader) : [])],
		() => true,
	);
	const all = [...rows.values()];
	const watermark = [...sure.values()].reduce(
		(latest, row) => Math.max(latest, createdAt(row)),
		newest,
	);
	const open = all
		.filter((row) => watching && isUnfinished(row))
		.map((row) => [idOf(row), pack(trackOf(row, 1, interest.filter.excludes(row)))]);
	return {
		...nothingSeen,
		watermark,
		recent: withinOverlap(
			Object.fromEntries(all.map((row) => [idOf(row), createdAt(row)])),
			watermark,
		),
		watching,
		open: Object.fromEntries(open) as Record<string, string>,
		filter: interest.filter.key,
	};
}
