import { parse, stringify } from 'lossless-json';

/** A JSON value in which every integer is a bigint, so that ids of 19 digits keep all of them. */
export type Json = null | boolean | string | bigint | number | Json[] | JsonObject;

export interface JsonObject {
	[key: string]: Json;
}

const readNumber = (digits: string) => (/^-?\d+$/.test(digits) ? BigInt(digits) : Number(digits));

/** `undefined` when the text is not JSON. */
export function readJson(text: string): Json | undefined {
	try {
		return parse(text, null, readNumber) as Json;
	} catch {
		return undefined;
	}
}

/** Writes bigints as bare digits. */
export function writeJson(value: unknown): string {
	return stringify(value) ?? 'null';
}

export function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
