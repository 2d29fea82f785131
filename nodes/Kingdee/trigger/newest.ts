import { compareTexts } from '../../../lib/compareTexts';
import type { JsonObject } from '../../../lib/json';
import { textOrNull } from '../../../lib/workOrder';

/**
 * The end of a list that grows: records above a number, so that what is new there can be told. Numbers
 * are the vendor's (`fwgs-20250605-00000001`), compared as text.
 */
export interface NewestState {
	/** Records up to this number count as old. */
	floor: string;
	/** Numbers of the records above it that were seen, by id. */
	recent: Record<string, string>;
}

export const idOf = (record: JsonObject) => String(record.id);
export const numberOf = (record: JsonObject) => textOrNull(record.billno) ?? '';

export function oldestFirst(a: JsonObject, b: JsonObject): number {
	return compareTexts(numberOf(a), numberOf(b)) || compareTexts(idOf(a), idOf(b));
}

export interface Reading {
	readonly rows: Map<string, JsonObject>;
	/** Of one page, between whose rows nothing can have happened. */
	readonly isWhole: boolean;
}

/**
 * Reads pages until everything above a number is there. A list whose numbers fall from row to row is left
 * as soon as they have fallen that far; any other is read to its end, because the vendor documents no
 * descending order.
 */
export async function readNewest(
	pages: AsyncIterable<JsonObject[]>,
	isFarEnough: (number: string) => boolean,
): Promise<Reading> {
	const rows = new Map<string, JsonObject>();
	let last: string | undefined;
	let falling = true;
	let count = 0;
	for await (const page of pages) {
		count++;
		for (const row of page) {
			// Rows come again when others appear before them between two pages.
			if (!rows.has(idOf(row))) {
				falling &&= last === undefined || numberOf(row) <= last;
				last = numberOf(row);
			}
			rows.set(idOf(row), row);
		}
		if (falling && last !== undefined && isFarEnough(last)) break;
	}
	return { rows, isWhole: count <= 1 };
}

/**
 * Whether a reading has missed nothing. A row that is deleted between two pages pulls others past the
 * reader; another reading does not have it any more.
 */
export async function isComplete(
	reading: Reading,
	again: () => Promise<Reading>,
): Promise<boolean> {
	if (reading.isWhole) return true;
	const ids = ({ rows }: Reading) => [...rows.keys()].join();
	return ids(reading) === ids(await again());
}

export class Newest {
	readonly floor: string;
	private readonly recent: Record<string, string>;
	private readonly size: number;
	private firstLeftOut: string | undefined;

	/** @param size how many records to keep above the floor */
	constructor(before: NewestState, size: number) {
		this.floor = before.floor;
		this.recent = { ...before.recent };
		this.size = size;
	}

	isAbove(record: JsonObject): boolean {
		return numberOf(record) > this.floor;
	}

	has(record: JsonObject): boolean {
		return this.recent[idOf(record)] !== undefined;
	}

	add(record: JsonObject): void {
		if (this.isAbove(record)) this.recent[idOf(record)] = numberOf(record);
	}

	/** To be called for the first of the records that have to wait, oldest first. */
	leaveOut(record: JsonObject): void {
		if (this.isAbove(record)) this.firstLeftOut ??= numberOf(record);
	}

	/**
	 * What to remember.
	 *
	 * @param missedNothing asked before the floor rises: what was missed would be below it
	 */
	async state(missedNothing: () => Promise<boolean>): Promise<NewestState> {
		const { firstLeftOut, recent } = this;
		const floor = Object.values(recent)
			.sort(compareTexts)
			.at(-1 - this.size);
		// What has to wait stays above the floor.
		const mayRise = floor !== undefined && (firstLeftOut === undefined || floor < firstLeftOut);
		if (!mayRise || !(await missedNothing())) return { floor: this.floor, recent };
		const above = Object.entries(recent).filter(([, number]) => number > floor);
		return { floor, recent: Object.fromEntries(above) };
	}
}
