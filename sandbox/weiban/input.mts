import type { Call } from '../http.mts';
import { isJsonRequest } from '../http.mts';
import { isObject, readJson } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';
import { ERRCODE, invalid, Refused } from './codes.mts';

export type Query = Record<string, string>;

/** A POST has a JSON object as its body (sheet §1.2). */
export function bodyOf(call: Call): JsonObject {
	const body = isJsonRequest(call) ? readJson(call.body) : undefined;
	if (!isObject(body)) throw new Refused(ERRCODE.invalidParameter, '请求体必须为JSON');
	return body;
}

export function textIn(body: JsonObject, name: string): string {
	const value = body[name];
	if (typeof value !== 'string' || value === '') throw invalid(name);
	return value;
}

export function optionalTextIn(body: JsonObject, name: string): string | undefined {
	return body[name] === undefined ? undefined : textIn(body, name);
}

export function integerIn(body: JsonObject, name: string): bigint {
	const value = body[name];
	if (typeof value !== 'bigint') throw invalid(name);
	return value;
}

export function textsOf(value: Json | undefined, name: string): string[] {
	if (value === undefined) return [];
	if (!Array.isArray(value)) throw invalid(name);
	return value.map((entry) => {
		if (typeof entry !== 'string') throw invalid(name);
		return entry;
	});
}

export function objectsOf(value: Json | undefined, name: string): JsonObject[] {
	if (value === undefined) return [];
	if (!Array.isArray(value)) throw invalid(name);
	return value.map((entry) => {
		if (!isObject(entry)) throw invalid(name);
		return entry;
	});
}

const COUNTS = ['limit', 'offset', 'start_time', 'end_time'];

/** The part of `rows` that `limit` (30, 100 at most) and `offset` ask for. */
export function pageOf<T>(rows: T[], query: Query, aboveMaximum: 'refuse' | 'cut'): T[] {
	const wrong = COUNTS.find((name) => query[name] !== undefined && !/^\d+$/.test(query[name]));
	if (wrong !== undefined) throw invalid(wrong);
	const limit = Number(query['limit'] ?? 30);
	if (limit === 0 || (limit > 100 && aboveMaximum === 'refuse')) throw invalid('limit');
	const offset = Number(query['offset'] ?? 0);
	return rows.slice(offset, offset + Math.min(limit, 100));
}

/** Whether an epoch second lies between `start_time` and `end_time`, each of which may be missing. */
export function inTime(second: number, query: Query): boolean {
	const { start_time: start, end_time: end } = query;
	return (!start || second >= Number(start)) && (!end || second <= Number(end));
}
