/**
 * JSON that never loses a digit. Vendors send 64-bit ids as bare numbers (Weiban component records,
 * Kingsoft Cloud int64 fields); JavaScript numbers hold 53 bits.
 */

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
	[key: string]: JsonValue;
}

/** Text of a JSON integer of any length, written without quotes by `writeJson`. */
export type BareInteger = { readonly rawJSON: string };

declare global {
	interface JSON {
		rawJSON(text: string): BareInteger;
	}
}

type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown;

const INTEGER = /^-?\d+$/;
const LONGEST_SAFE = 16;

const isDigit = (code: number) => code >= 48 && code <= 57;
const QUOTE = 34;

/** Whether digits that may be an unsafe integer stand in the text without a quote before them. */
function holdsLongInteger(text: string): boolean {
	// A run of 16 digits covers a place that is looked at.
	for (let at = LONGEST_SAFE - 1; at < text.length; at += LONGEST_SAFE) {
		if (!isDigit(text.charCodeAt(at))) continue;
		let start = at;
		let end = at + 1;
		while (isDigit(text.charCodeAt(start - 1))) start--;
		while (isDigit(text.charCodeAt(end))) end++;
		if (end - start >= LONGEST_SAFE && text.charCodeAt(start - 1) !== QUOTE) return true;
	}
	return false;
}

/**
 * Values of members, `"id": 1471808049579560960`, that no safe integer can be. A quote right after a letter
 * ends a string in any JSON, so these are never found inside one.
 */
const LONG_MEMBERS = /(?<=\w"\s*:\s*)-?[1-9]\d{16,}(?=\s*[,}\]])/g;

// BigInt makes a fresh string: a slice of the page would keep the whole page in memory.
const keepDigits: SourceReviver = (_key, value, { source }) =>
	typeof value === 'number' &&
	!Number.isSafeInteger(value) &&
	source !== undefined &&
	INTEGER.test(source)
		? BigInt(source).toString()
		: value;

/**
 * Parses JSON text; integers beyond ±(2^53-1) come back as strings with all their digits.
 *
 * @throws SyntaxError where the text is no JSON
 */
export function parseJson(text: string): JsonValue {
	// A reviver costs several times the parsing: most answers need none, and most ids can be quoted before.
	if (!holdsLongInteger(text)) return JSON.parse(text) as JsonValue;
	const quoted = text.replace(LONG_MEMBERS, '"$&"');
	const reviver = holdsLongInteger(quoted) ? keepDigits : undefined;
	return JSON.parse(quoted, reviver as Parameters<typeof JSON.parse>[1]) as JsonValue;
}

const bareDigits: SourceReviver = (key, value, context) => {
	const kept = keepDigits(key, value, context);
	return typeof value === 'number' && typeof kept === 'string' ? bareInteger(kept) : kept;
};

/**
 * Parses JSON text that a person wrote for the vendor, so that `writeJson` writes every number as it was
 * given.
 *
 * @throws SyntaxError where the text is no JSON
 */
export function parseForSending(text: string): unknown {
	return JSON.parse(text, bareDigits as Parameters<typeof JSON.parse>[1]);
}

/** Marks decimal digits to be written as a JSON number, whatever their length. */
export function bareInteger(digits: string): BareInteger {
	return JSON.rawJSON(digits);
}

/** Writes JSON; `undefined` members are left out, bare integers keep every digit. */
export function writeJson(value: object): string {
	return JSON.stringify(value);
}

/** An object as JSON has it: no list, no date and nothing else that a class made. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	// The prototype of plain objects is the only one without a prototype of its own, in any realm.
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether `writeJson` writes the whole value; what is undefined does not count. */
export function isWritable(value: unknown): boolean {
	if (typeof value === 'number') return Number.isFinite(value);
	if (typeof value !== 'object' || value === null) {
		return ['string', 'boolean', 'undefined'].includes(typeof value) || value === null;
	}
	if (value instanceof Date) return !Number.isNaN(value.getTime());
	if (Array.isArray(value)) return value.every(isWritable);
	return isPlainObject(value) && Object.values(value).every(isWritable);
}

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
