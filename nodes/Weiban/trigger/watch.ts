import { compareTexts } from '../../../lib/compareTexts';
import type { JsonObject } from '../../../lib/json';
import type { PollSettings } from '../../../lib/polling';
import { idOrNull } from '../../../lib/workOrder';
import type { Listing } from './listing';
import { pack, unpack, type PackedOrders, type Seen } from './memory';
import {
	changeEvent,
	createdEvent,
	createdSecond,
	isReadable,
	seenIn,
	type ListedEvent,
	type ListedEventName,
} from './rowEvents';

/**
 * What a poll remembers. Times are the vendor's own, in epoch seconds; the local clock plays no part.
 * Losing the last write only makes the next poll find the same again.
 */
export interface WatchState extends PackedOrders {
	/** Newest creation up to which nothing has been left out. */
	readonly watermark: number;
	/** An order created from here on that is not remembered is a new one. */
	readonly since: number;
	/** Newest change seen; null where changes are not watched. */
	readonly latest: number | null;
}

export const nothingSeen: WatchState = {
	watermark: 0,
	since: 0,
	latest: 0,
	orders: {},
	handlers: [],
};

/** What a poll may ask the vendor. */
export interface OrderReader {
	/**
	 * The orders of which Weiban's time is this second or later. Which time that is, of creation or of
	 * change, is unknown (sheet weiban §3.2); either way those created since are among them.
	 */
	since(second: number): Promise<Listing>;
	/** The first and the last page of all orders: the newest is on one of them in most orders of a list. */
	sample(): Promise<JsonObject[]>;
}

export interface WatchOptions extends Pick<PollSettings, 'cap' | 'hasTime'> {
	readonly wanted: ReadonlySet<ListedEventName>;
	/** How long after its creation an order is followed for changes, in seconds. */
	readonly followS: number;
	readonly passes: (row: JsonObject) => boolean;
	/** Whether a change can bring an order into the filter. */
	readonly canBeEntered: boolean;
}

export interface WatchResult {
	readonly events: ListedEvent[];
	readonly state: WatchState;
}

/** An order may become visible later than others that were created after it. */
const OVERLAP_S = 300;

/** What one row amounts to. */
interface Finding {
	readonly orderNo: string;
	readonly row: JsonObject;
	readonly time: number;
	readonly now: Seen;
	readonly events: ListedEvent[];
}

function watchesChanges({ wanted, canBeEntered }: WatchOptions): boolean {
	return wanted.has('handedOver') || wanted.has('other') || canBeEntered;
}

function spanOf(options: WatchOptions): number {
	return watchesChanges(options) ? Math.max(OVERLAP_S, options.followS) : OVERLAP_S;
}

function readableRows(listing: Listing): Array<[string, JsonObject]> {
	return [...listing.rows].filter(([, row]) => isReadable(row));
}

/** The state of a trigger that has just been switched on: everything there is counts as seen. */
export async function seedWatch(reader: OrderReader, options: WatchOptions): Promise<WatchState> {
	const sample = (await reader.sample()).filter(isReadable);
	const newest = Math.max(0, ...sample.map(createdSecond));
	const span = spanOf(options);
	// Where the list goes by changes, one made while the vendor's clock was behind can precede the creation.
	const listing = await reader.since(Math.max(0, newest - span - OVERLAP_S));
	// Above the limit of requests a list may come empty although it is not (sheet weiban §5).
	const settled = listing.settled && (sample.length === 0 || listing.rows.size > 0);
	const sampled = sample.map((row): [string, JsonObject] => [String(row.order_no), row]);
	const rows = [...new Map([...sampled, ...readableRows(listing)])];
	const watermark = rows.reduce((last, [, row]) => Math.max(last, createdSecond(row)), newest);
	const start = watermark - span;
	const seen = rows.map(([orderNo, row]): [string, Seen] => [
		orderNo,
		seenIn(row, !options.passes(row)),
	]);
	return {
		watermark,
		// Rows may have slipped past a reading that did not settle; they are not taken for new ones.
		since: settled ? Math.max(0, start) : watermark,
		latest: watchesChanges(options)
			? seen.reduce((last, [, { time }]) => Math.max(last, time), watermark)
			: null,
		...pack(new Map(seen.filter(([, { time }]) => time >= start))),
	};
}

/** One poll: what has happened since `before`, oldest first. */
export async function watch(
	reader: OrderReader,
	before: WatchState,
	options: WatchOptions,
): Promise<WatchResult> {
	const span = spanOf(options);
	const listing = await reader.since(Math.max(0, before.watermark - span));
	const rows = readableRows(listing);
	const orders = unpack(before);
	const found = rows
		.map(([orderNo, row]) => find(orderNo, row, orders.get(orderNo), before, options))
		.filter((finding) => finding !== undefined)
		.sort((a, b) => a.time - b.time || compareTexts(a.orderNo, b.orderNo));

	const { events, taken, left } = takeTurns(found, options);
	for (const { orderNo, now } of taken) orders.set(orderNo, now);

	const firstLeft = left.reduce((first, { row }) => Math.min(first, createdSecond(row)), Infinity);
	const newest = rows.reduce((last, [, row]) => Math.max(last, createdSecond(row)), 0);
	const watermark = listing.settled
		? Math.max(before.watermark, Math.min(newest, firstLeft))
		: before.watermark;
	const start = watermark - span;
	return {
		events,
		state: {
			watermark,
			since: Math.max(before.since, start),
			latest: latestOf(before, rows, listing.settled && left.length === 0, options),
			...pack(new Map([...orders].filter(([, { time }]) => time >= start))),
		},
	};
}

/** What a row amounts to; undefined where it is no news. */
function find(
	orderNo: string,
	row: JsonObject,
	known: Seen | undefined,
	before: WatchState,
	options: WatchOptions,
): Finding | undefined {
	const matches = options.passes(row);
	const now = seenIn(row, !matches);
	const created = createdSecond(row);
	if (known === undefined) {
		const isNew = created >= before.since;
		if (!isNew && !watchesChanges(options)) return undefined;
		const events = !matches
			? []
			: isNew
				? firstEvents(row, options)
				: lateEvents(row, now, before, options);
		return { orderNo, row, time: isNew ? created : now.time, now, events };
	}
	const same =
		known.time === now.time && known.status === now.status && known.handler === now.handler;
	// Where changes are not watched, an order stays as it was created.
	if (same || !watchesChanges(options)) return undefined;
	return {
		orderNo,
		row,
		time: now.time,
		now,
		events: matches ? laterEvents(row, known, now, options) : [],
	};
}

/** Events of an order seen for the first time: it may have been handed over already. */
function firstEvents(row: JsonObject, options: WatchOptions): ListedEvent[] {
	const { wanted } = options;
	const handler = idOrNull(row.last_handler_id);
	const isHandedOver = handler !== null && handler !== idOrNull(row.handler_id);
	return [
		...(wanted.has('created') ? [createdEvent(row)] : []),
		...(isHandedOver ? changeEvents('handedOver', row, { handler }, options) : []),
	];
}

/** Events of an order too old to be followed that shows up again: only that it changed is certain. */
function lateEvents(
	row: JsonObject,
	now: Seen,
	before: WatchState,
	{ wanted }: WatchOptions,
): ListedEvent[] {
	const changed = before.latest !== null && now.time >= before.latest - OVERLAP_S;
	return changed && wanted.has('other') ? [changeEvent('other', row, { time: null })] : [];
}

function laterEvents(
	row: JsonObject,
	known: Seen,
	now: Seen,
	options: WatchOptions,
): ListedEvent[] {
	const kind = known.handler === now.handler ? 'other' : 'handedOver';
	const events = changeEvents(kind, row, known, options);
	const entersUnseen = known.outside && events.length === 0 && options.wanted.has('created');
	return entersUnseen ? [createdEvent(row)] : events;
}

/** A change under its own name where that is wanted, else under that of any change. */
function changeEvents(
	kind: 'handedOver' | 'other',
	row: JsonObject,
	before: Parameters<typeof changeEvent>[2],
	{ wanted }: WatchOptions,
): ListedEvent[] {
	const event = wanted.has(kind) ? kind : 'other';
	return wanted.has(event) ? [changeEvent(event, row, before)] : [];
}

/** Takes findings in their order as long as there is room for events; what has none costs nothing. */
function takeTurns(found: readonly Finding[], { cap, hasTime }: WatchOptions) {
	const events: ListedEvent[] = [];
	const taken: Finding[] = [];
	const left: Finding[] = [];
	for (const finding of found) {
		const wants = finding.events.length;
		const fits = events.length === 0 || events.length + wants <= cap;
		if (wants === 0 || (left.length === 0 && fits && hasTime())) {
			events.push(...finding.events);
			taken.push(finding);
		} else {
			left.push(finding);
		}
	}
	return { events, taken, left };
}

/** Only a complete poll moves it on: until then nothing may be passed over. */
function latestOf(
	before: WatchState,
	rows: ReadonlyArray<[string, JsonObject]>,
	complete: boolean,
	options: WatchOptions,
): number | null {
	if (!watchesChanges(options)) return null;
	if (!complete) return before.latest;
	const times = rows.map(([, row]) => seenIn(row, false).time);
	return times.reduce((last, time) => Math.max(last, time), before.latest ?? before.watermark);
}
