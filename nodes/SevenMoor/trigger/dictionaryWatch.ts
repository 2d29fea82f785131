import { compareTexts } from '../../../lib/compareTexts';
import type { JsonObject } from '../../../lib/json';
import type { PollSettings } from '../../../lib/polling';
import { contains } from '../../../lib/textFilter';
import type { DictionaryPage } from '../transport/dictionaries';
import type { OptionStates } from '../transport/states';
import { contentOf, dictionaryId, sameContent, type Content } from './content';
import {
	addedEvent,
	changedEvent,
	changeTime,
	creationTime,
	type DictionaryEvent,
	type DictionaryEventName,
} from './dictionaryEvents';

/** What is remembered of one dictionary. */
export interface Seen {
	/** The vendor's time of creation: another one means another dictionary under the same id. */
	readonly created: string;
	/** Kept only where changes are watched. */
	readonly content?: Content;
	/** How many whole readings have not shown it; absent for none. */
	readonly absent?: number;
}

/** Losing the last write only makes the next poll read again. */
export interface DictionaryState {
	/** Whether the first whole reading is still to come: what it shows counts as seen. */
	readonly seeding: boolean;
	/** While seeding: whether the present reading, which may take several polls, has shown anything new. */
	readonly found: boolean;
	/** Where the next poll goes on reading, and how many records came before. */
	readonly page: number;
	readonly rows: number;
	readonly seen: Record<string, Seen>;
}

export const nothingSeen: DictionaryState = {
	seeding: false,
	found: false,
	page: 1,
	rows: 0,
	seen: {},
};
export const notSeeded: DictionaryState = { ...nothingSeen, seeding: true };

/** What a poll may ask the vendor. */
export interface DictionaryReader {
	readonly pageSize: number;
	/** A page of all dictionaries, from 1; waits until the vendor may be asked again. */
	page(number: number): Promise<DictionaryPage>;
	/** Tells somebody about a record that cannot be used. */
	report(problem: string): void;
}

export interface DictionaryOptions extends Pick<PollSettings, 'cap' | 'hasTime'> {
	readonly wanted: ReadonlySet<DictionaryEventName>;
	readonly maxPages: number;
	readonly states: OptionStates;
	/** Part of the name; empty for any. */
	readonly keyword: string;
}

export interface DictionaryResult {
	readonly events: DictionaryEvent[];
	readonly state: DictionaryState;
}

/** A dictionary that this many whole readings did not show is taken for deleted: one may slip between pages. */
const ABSENCES = 5;

interface Reading {
	/** By id; where pages shift, the later reading of a record counts. */
	readonly records: Map<string, JsonObject>;
	readonly page: number;
	readonly rows: number;
	/** Whether the last page was reached, and whether the first one was read in the same poll. */
	readonly complete: boolean;
	readonly whole: boolean;
	readonly pages: number;
}

/** Reads on from where the last poll stopped, to the end or as far as this poll may. */
async function read(
	reader: DictionaryReader,
	from: { readonly page: number; readonly rows: number },
	mayGoOn: (pages: number) => boolean,
): Promise<Reading> {
	const records = new Map<string, JsonObject>();
	let { page, rows } = from;
	for (let pages = 1; ; pages++) {
		const { records: listed, total } = await reader.page(page);
		const ids = listed.map(dictionaryId);
		// Also true of an empty page. A vendor that shows one page for ever must not be asked for ever.
		const nothingNew = ids.every((id) => id !== undefined && records.has(id));
		for (const [place, record] of listed.entries()) {
			const id = ids[place];
			if (id === undefined) reader.report('A dictionary without an _id is left out');
			else records.set(id, record);
		}
		page++;
		rows += listed.length;
		// After a full page there may be more, whatever `count` counts (sheet 7moor §7).
		const short = listed.length < reader.pageSize;
		const complete = nothingNew || (short && rows >= (total ?? rows));
		if (complete || !mayGoOn(pages)) {
			const next = complete ? { page: 1, rows: 0 } : { page, rows };
			return { ...next, records, complete, pages, whole: complete && from.page === 1 };
		}
	}
}

interface Happening {
	readonly id: string;
	readonly time: string;
	readonly seen: Seen;
	readonly event?: DictionaryEvent;
}

/** What a record tells beyond what is known of it; undefined where that is nothing. */
function happeningOf(
	id: string,
	record: JsonObject,
	before: DictionaryState,
	options: DictionaryOptions,
): Happening | undefined {
	const { wanted } = options;
	const watchesContent = wanted.has('dictionaryChanged');
	const known = before.seen[id];
	const content = contentOf(record);
	const seen: Seen = { created: creationTime(record), ...(watchesContent ? { content } : {}) };
	const matches = (...names: string[]) => names.some((name) => contains(name, options.keyword));

	if (known === undefined || known.created !== seen.created) {
		const tells = wanted.has('dictionaryAdded') && !before.seeding && matches(content.name);
		const time = seen.created;
		return { id, time, seen, ...(tells ? { event: addedEvent(record) } : {}) };
	}
	const time = changeTime(record);
	const old = known.content;
	const unchanged = !watchesContent || (old !== undefined && sameContent(old, content));
	if (unchanged) {
		const tidy = known.absent === undefined && (old !== undefined) === watchesContent;
		return tidy ? undefined : { id, time, seen };
	}
	const tells = old !== undefined && !before.seeding && matches(old.name, content.name);
	return { id, time, seen, ...(tells ? { event: changedEvent(record, old, options.states) } : {}) };
}

/** What the records tell, oldest first; a record that cannot be read stops none of the others. */
function happenings(
	records: ReadonlyMap<string, JsonObject>,
	before: DictionaryState,
	options: DictionaryOptions,
	reader: DictionaryReader,
): Happening[] {
	const found: Happening[] = [];
	for (const [id, record] of records) {
		try {
			const happening = happeningOf(id, record, before, options);
			if (happening !== undefined) found.push(happening);
		} catch (error) {
			reader.report(`Dictionary ${id} cannot be read: ${String(error)}`);
		}
	}
	// The vendor's times sort as text: "2021-12-03 15:52:10".
	return found.sort((a, b) => compareTexts(a.time, b.time));
}

/** What a whole reading did not show is forgotten after a while. */
function withoutDeleted(
	seen: Record<string, Seen>,
	records: ReadonlyMap<string, JsonObject>,
): Record<string, Seen> {
	return Object.fromEntries(
		Object.entries(seen)
			.map(([id, known]): [string, Seen] => [
				id,
				records.has(id) ? known : { ...known, absent: (known.absent ?? 0) + 1 },
			])
			.filter(([, { absent = 0 }]) => absent < ABSENCES),
	);
}

/** One reading: what has happened since `before`, oldest first. */
async function watchOnce(
	reader: DictionaryReader,
	before: DictionaryState,
	options: DictionaryOptions,
): Promise<DictionaryResult & { reading: Reading }> {
	const reading = await read(
		reader,
		before,
		(pages) => (before.seeding || pages < options.maxPages) && options.hasTime(),
	);
	const seen = { ...before.seen };
	const events: DictionaryEvent[] = [];
	for (const happening of happenings(reading.records, before, options, reader)) {
		if (happening.event !== undefined) {
			if (events.length >= options.cap) continue;
			events.push(happening.event);
		}
		seen[happening.id] = happening.seen;
	}
	const { page, rows } = reading;
	const unknown = [...reading.records.keys()].some((id) => before.seen[id] === undefined);
	return {
		events,
		state: {
			seeding: before.seeding,
			found: before.seeding && (unknown || (before.page > 1 && before.found)),
			page,
			rows,
			seen: reading.whole ? withoutDeleted(seen, reading.records) : seen,
		},
		reading,
	};
}

/**
 * One poll. The first reading of several pages is repeated until it shows nothing unknown: what slips
 * between two pages must not pass for added later.
 */
export async function watchDictionaries(
	reader: DictionaryReader,
	before: DictionaryState,
	options: DictionaryOptions,
): Promise<DictionaryResult> {
	let result = await watchOnce(reader, before, options);
	while (result.state.seeding) {
		const { reading, state } = result;
		const atOnce = reading.whole && reading.pages === 1;
		if (atOnce || (reading.complete && !state.found)) {
			return { events: [], state: { ...state, seeding: false, found: false } };
		}
		if (!options.hasTime()) break;
		result = await watchOnce(reader, state, options);
	}
	return { events: result.events, state: result.state };
}
