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
const LARGEST_SAFE = String(Number.MAX_SAFE_INTEGER);
const LENGTH = LARGEST_SAFE.length;

const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const COLON = 58;
const BRACE = 125;

const isDigit = (code: number) => code >= 48 && code <= 57;
const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);
const isAlphanumeric = (code: number) =>
	(code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(code);

/**
 * Whether digits are the value of a member, as in `"id": 1471808049579560960`. A quote right after a letter or
 * digit ends a string in any JSON, so none inside a string are.
 */
function isMember(text: string, start: number, end: number): boolean {
	let before = start - 1;
	let after = end;
	if (text.charCodeAt(before) === MINUS) before--;
	while (isSpace(text.charCodeAt(before))) before--;
	if (text.charCodeAt(before--) !== COLON) return false;
	while (isSpace(text.charCodeAt(before))) before--;
	if (text.charCodeAt(before) !== QUOTE || !isAlphanumeric(text.charCodeAt(before - 1)))
		return false;
	while (isSpace(text.charCodeAt(after))) after++;
	const next = text.charCodeAt(after);
	return (next === COMMA || next === BRACE) && text.charCodeAt(start) !== ZERO;
}

// BigInt makes a fresh string: a slice of the page would keep the whole page in memory.
const keepDigits: SourceReviver = (_key, value, { source }) =>
	typeof value === 'number' &&
	!Number.isSafeInteger(value) &&
	source !== undefined &&
	INTEGER.test(source)
		? BigInt(source).toString()
		: value;

/** A place within the next 16 or more digits in a row, roughly: some are fewer. -1 where there are none. */
function findLongRun(text: string, from: number): number {
	// They cover every 16th place, and two of those that are 5 and 10 before and after it.
	for (let at = from + LENGTH - 1; at < text.length; at += LENGTH) {
		if (!isDigit(text.charCodeAt(at))) continue;
		const left = isDigit(text.charCodeAt(at - 5));
		const right = isDigit(text.charCodeAt(at + 5));
		if (left && (right || isDigit(text.charCodeAt(at - 10)))) return at;
		if (right && isDigit(text.charCodeAt(at + 10))) return at;
	}
	return -1;
}

/**
 * Parses JSON text; integers beyond ±(2^53-1) come back as strings with all their digits.
 *
 * @throws SyntaxError where the text is no JSON
 */
export function parseJson(text: string): JsonValue {
	// A reviver costs several times the parsing: most answers need none, and most ids can be quoted before.
	let quoted = '';
	let done = 0;
	for (let at = findLongRun(text, 0); at >= 0; at = findLongRun(text, at)) {
		let start = at;
		let end = at + 1;
		while (isDigit(text.charCodeAt(start - 1))) start--;
		while (isDigit(text.charCodeAt(end))) end++;
		at = end;
		const before = text.charCodeAt(start - 1);
		if (end - start < LENGTH || before === QUOTE || before === POINT) continue;
		if (end - start === LENGTH && text.slice(start, end) <= LARGEST_SAFE) continue;
		if (!isMember(text, start, end)) return parseWith(keepDigits, text) as JsonValue;
		if (before === MINUS) start--;
		quoted += `${text.slice(done, start)}"${text.slice(start, end)}"`;
		done = end;
	}
	return JSON.parse(done === 0 ? text : quoted + text.slice(done)) as JsonValue;
}

/** The types of JSON.parse lack the text that a value was read from. */
function parseWith(reviver: SourceReviver, text: string): unknown {
	return JSON.parse(text, reviver as Parameters<typeof JSON.parse>[1]);
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
	return parseWith(bareDigits, text);
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

/** The objects of a list; none where the value is no list. */
export function objectsIn(value: unknown): JsonObject[] {
	return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The object that a text holds; undefined where that is broken JSON or JSON of another form. */
export function parseObject(text: string): JsonObject | undefined {
	try {
		const value = parseJson(text);
		return isJsonObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
