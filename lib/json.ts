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

const SIXTEEN_DIGITS = /\d{16}/;
const INTEGER = /^-?\d+$/;

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
	// The cheap test keeps ordinary answers on the native path.
	return JSON.parse(
		text,
		SIXTEEN_DIGITS.test(text) ? (keepDigits as Parameters<typeof JSON.parse>[1]) : undefined,
	) as JsonValue;
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

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
