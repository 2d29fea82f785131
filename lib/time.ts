import { ValueProblem } from './ids';
import { shown } from './shown';

/** An instant in milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number & { readonly __kind: 'EpochMs' };

/** ISO 8601 with an offset: "2021-11-01T19:28:52+08:00". */
export type IsoTime = string & { readonly __kind: 'IsoTime' };

const CHINA_OFFSET_MS = 8 * 3_600_000;
const CHINA = '+08:00';
/** Years of four digits, also in China: what the vendors' forms can say. */
const FIRST_YEAR = 1000;
const FIRST_MS = Date.UTC(FIRST_YEAR, 0, 1);
const LAST_MS = Date.UTC(10_000, 0, 1) - CHINA_OFFSET_MS - 1;
/** Above this a bare number counts milliseconds (1e11 seconds is the year 5138). */
const SECONDS_LIMIT = 1e11;

const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
/** The naive form that all four vendors print; their times are China standard time. */
const VENDOR_TEXT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

interface WallClock {
	readonly utcReading: number;
	readonly offset: string | undefined;
}

function daysInMonth(year: number, month: number): number {
	return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function readIso(text: string): WallClock | undefined {
	const match = ISO.exec(text);
	if (match === null) return undefined;
	const [, y, mo, d, h = '0', mi = '0', s = '0', fraction = ''] = match;
	const [year, month, day, hour, minute, second] = [y, mo, d, h, mi, s].map(Number) as [
		number,
		number,
		number,
		number,
		number,
		number,
	];
	const exists =
		year >= FIRST_YEAR &&
		month >= 1 &&
		month <= 12 &&
		day >= 1 &&
		day <= daysInMonth(year, month) &&
		hour <= 23 &&
		minute <= 59 &&
		second <= 59;
	if (!exists) return undefined;
	const milliseconds = Number(`${fraction}000`.slice(0, 3));
	return {
		utcReading: Date.UTC(year, month - 1, day, hour, minute, second, milliseconds),
		offset: match[8],
	};
}

function offsetMs(offset: string): number {
	if (offset.toUpperCase() === 'Z') return 0;
	const sign = offset.startsWith('-') ? -1 : 1;
	const digits = offset.replace(/\D/g, '');
	return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}

function zoneOffsetMs(zone: string, instant: number): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(instant);
	const at = (type: string) => Number(parts.find((part) => part.type === type)?.value);
	const reading = Date.UTC(
		at('year'),
		at('month') - 1,
		at('day'),
		at('hour'),
		at('minute'),
		at('second'),
	);
	return reading - Math.floor(instant / 1000) * 1000;
}

function inZone(utcReading: number, zone: string): number {
	// The second pass settles readings near a change of the clocks.
	const first = utcReading - zoneOffsetMs(zone, utcReading);
	return utcReading - zoneOffsetMs(zone, first);
}

function fromNumber(value: number): EpochMs | ValueProblem {
	if (value <= 0) return notADate(value);
	return within(Math.round(value < SECONDS_LIMIT ? value * 1000 : value), value);
}

function within(ms: number, value: unknown): EpochMs | ValueProblem {
	return ms >= FIRST_MS && ms <= LAST_MS ? (ms as EpochMs) : notADate(value);
}

function notADate(value: unknown): ValueProblem {
	return new ValueProblem(
		`is not a date: "${shown(value)}"`,
		'Use ISO 8601 (2025-07-17T08:11:41+08:00), a date from an earlier node, or seconds or milliseconds since 1970.',
	);
}

/** The DateTime that n8n's expressions yield. */
function isDateTime(value: unknown): value is { toMillis(): number } {
	return (
		typeof value === 'object' &&
		value !== null &&
		'toMillis' in value &&
		typeof value.toMillis === 'function'
	);
}

/**
 * Reads a date as a person or an earlier node gives it: ISO 8601, an n8n DateTime, a Date, or epoch
 * seconds or milliseconds as number or text. "2025-07-17 08:11:41", the vendors' own form, is China
 * time; any other text without an offset is a reading in `zone` (the workflow's).
 */
export function toInstant(value: unknown, zone: string): EpochMs | ValueProblem {
	if (value === '' || value === undefined || value === null) {
		return new ValueProblem('is empty', 'Enter a date and time.');
	}
	if (typeof value === 'number') return fromNumber(value);
	if (value instanceof Date) return within(value.getTime(), value);
	if (isDateTime(value)) return within(value.toMillis(), value);
	if (typeof value !== 'string') return notADate(value);
	const text = value.trim();
	if (/^\d{10}$|^\d{13}$/.test(text)) return fromNumber(Number(text));
	const clock = readIso(text);
	if (clock === undefined) return notADate(value);
	const { utcReading, offset = VENDOR_TEXT.test(text) ? CHINA : undefined } = clock;
	const instant = offset === undefined ? inZone(utcReading, zone) : utcReading - offsetMs(offset);
	return within(instant, value);
}

/** Whole epoch seconds, as Kingsoft Cloud and Weiban count. */
export function toSeconds(instant: EpochMs): number {
	return Math.floor(instant / 1000);
}

/** "2025-07-17 08:11:41" in China standard time, the form of Kingdee and 7moor. */
export function toChinaText(instant: EpochMs): string {
	return new Date(instant + CHINA_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** ISO 8601 in China standard time; milliseconds appear only where there are any. */
export function toIso(instant: EpochMs): IsoTime {
	const text = new Date(instant + CHINA_OFFSET_MS).toISOString();
	// `join` makes one fresh string; one that is cut off or added up keeps its pieces in memory.
	return text.split(text.endsWith('.000Z') ? '.000Z' : 'Z').join(CHINA) as IsoTime;
}

function isoFromCount(count: unknown, unitMs: number): IsoTime | null {
	const value = typeof count === 'string' ? Number(count) : count;
	if (typeof value !== 'number' || !(value > 0)) return null;
	const ms = value * unitMs;
	// A date cannot hold every number: an id in the wrong place is to end nothing.
	return ms <= LAST_MS ? toIso(ms as EpochMs) : null;
}

/** A vendor's epoch seconds; 0 and null mean "not set" (Kingsoft Cloud sample of `base`, Weiban). */
export function isoFromSeconds(seconds: unknown): IsoTime | null {
	return isoFromCount(seconds, 1000);
}

/** A vendor's epoch milliseconds, likewise. */
export function isoFromMilliseconds(milliseconds: unknown): IsoTime | null {
	return isoFromCount(milliseconds, 1);
}

/** A vendor's naive text, China standard time; empty or unreadable text means "not set". */
export function isoFromChinaText(text: unknown): IsoTime | null {
	if (typeof text !== 'string' || text === '') return null;
	const instant = toInstant(text, 'Asia/Shanghai');
	return instant instanceof ValueProblem ? null : toIso(instant);
}
