import type { NodeApiError } from 'n8n-workflow';

import { failureOf, vendorError } from '../../../lib/errors';
import { placeOf, type CallSite } from '../../../lib/exchange';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/json';
import { firstText, textOrNull } from '../../../lib/workOrder';
import { callKingdee } from './index';
import { adviceFor } from './refusals';

/** Above 100 the vendor silently cuts (sheet kingdee §5). */
export const PAGE_SIZE = 100;

/** What a field must be; `like` takes % for any text. Other operators are not published. */
export interface Condition {
	readonly property: string;
	readonly cp: '=' | 'like';
	readonly value: string;
}

/** How much of a record is asked for; left out where absent. */
export interface Depth {
	readonly level?: string;
	readonly onlyBasic?: boolean;
}

export interface ListQuery extends Depth {
	readonly entityName: string;
	/** Names separated by commas; empty for what the vendor gives unasked. */
	readonly selectProperties: string;
	/** Conditions that all hold. */
	readonly allOf?: readonly Condition[];
	/** Conditions of which one holds. */
	readonly anyOf?: readonly Condition[];
	/** Field and direction; empty where none is to be sent. */
	readonly orderBy?: string;
	/** Rows wanted at most; all when absent. */
	readonly limit?: number;
}

export interface Page {
	readonly rows: JsonObject[];
	/** Whether the page holds as many entries as were asked for. */
	readonly full: boolean;
	/** Number of rows on all pages; undefined where the vendor does not say. */
	readonly total: number | undefined;
}

export function unknownForm(
	site: CallSite,
	what: string,
	data: JsonValue | undefined,
): NodeApiError {
	return vendorError(placeOf(site), {
		message: `Kingdee sent ${what} in a form that is not known`,
		advice:
			'Kingdee does not publish the form. Please report it with the answer in the error details, names and phone numbers blackened.',
		body: JSON.stringify(data),
	});
}

const isEmpty = (data: JsonValue | undefined) => data === undefined || data === null || data === '';

/** The form of the answer is not published: a list, or an object that holds one (sheet kingdee §3.1.2). */
export function pageIn(site: CallSite, data: JsonValue | undefined, size: number): Page {
	if (isEmpty(data)) return { rows: [], full: false, total: undefined };
	const holder = isJsonObject(data) ? data : {};
	const list = Array.isArray(data)
		? data
		: (holder.rows ?? Object.values(holder).find(Array.isArray));
	const count = firstText(holder, ['count', 'total']);
	const total = count === null ? undefined : Number(count);
	if (isEmpty(list) && total === 0) return { rows: [], full: false, total };
	if (!Array.isArray(list)) throw unknownForm(site, 'a list', data);
	const rows = list.filter(isJsonObject).filter(({ id }) => textOrNull(id) !== null);
	if (list.length > 0 && rows.length === 0) throw unknownForm(site, 'a list', data);
	if (rows.length < list.length) {
		const remark = `Kingdee sent ${list.length - rows.length} rows without an id`;
		site.context.logger.warn(remark);
		site.hint?.(`${remark}; they are left out.`);
	}
	return { rows, full: list.length >= size, total };
}

function listBody(query: ListQuery, pageindex: number, pagesize: number): object {
	const { entityName, selectProperties, allOf = [], anyOf = [], orderBy = '' } = query;
	const { level, onlyBasic } = query;
	return {
		entityName,
		pageindex,
		pagesize,
		selectProperties,
		andQfilters: allOf,
		...(anyOf.length === 0 ? {} : { orQfilters: anyOf }),
		...(orderBy === '' ? {} : { orderBy }),
		level,
		onlyBasic,
	};
}

/** One page of `loadList`, counted from 1. */
export async function listPage(
	site: CallSite,
	query: ListQuery,
	pageindex: number,
	pagesize: number,
): Promise<Page> {
	const { data } = await callKingdee(site, 'loadList', {
		body: listBody(query, pageindex, pagesize),
	});
	return pageIn(site, data, pagesize);
}

/** What a person is told whose limit hides rows. */
export function hintAtMore(site: CallSite, limit: number, total: number | undefined): void {
	if (total === undefined || total <= limit) return;
	site.hint?.(`Kingdee has ${total} of them; Limit let ${limit} through.`);
}

/**
 * Rows of `loadList`, page by page, each row once, until the last page or the limit. A full page is
 * followed by another request whatever count comes with it: what the vendor counts there is not published.
 */
export async function* listPages(site: CallSite, query: ListQuery): AsyncGenerator<JsonObject[]> {
	const { limit = Infinity } = query;
	const size = Math.min(PAGE_SIZE, limit);
	const seen = new Set<string>();
	for (let pageindex = 1; ; pageindex++) {
		const { rows, full, total } = await listPage(site, query, pageindex, size);
		const fresh = rows.filter(({ id }) => !seen.has(String(id))).slice(0, limit - seen.size);
		// A page that brings nothing new would come again and again.
		if (fresh.length === 0) return;
		for (const { id } of fresh) seen.add(String(id));
		yield fresh;
		if (seen.size >= limit) return hintAtMore(site, limit, total);
		if (!full && !(total !== undefined && total > seen.size)) return;
	}
}

function recordIn(data: JsonValue | undefined): JsonObject | undefined {
	if (Array.isArray(data)) return data.find(isJsonObject);
	if (!isJsonObject(data)) return undefined;
	if (data.id !== undefined || data.billno !== undefined) return data;
	return Array.isArray(data.rows) ? data.rows.find(isJsonObject) : undefined;
}

export interface RecordQuery extends Depth {
	readonly entityName: string;
	readonly id: string;
	/** Names separated by commas; all where absent or empty (sheet kingdee §3.1.2). */
	readonly selectProperties?: string;
}

/** One record by `loadData`; undefined where the answer holds none. */
export async function readRecord(
	site: CallSite,
	{ selectProperties = '', ...query }: RecordQuery,
): Promise<JsonObject | undefined> {
	const { data } = await callKingdee(site, 'loadData', { body: { ...query, selectProperties } });
	if (isEmpty(data)) return undefined;
	const record = recordIn(data);
	if (record === undefined) throw unknownForm(site, 'a record', data);
	return { ...record, id: textOrNull(record.id) ?? query.id };
}

/** The vendor's refusal of this one record, told from what concerns every call. */
function isRefusalOfRecord(error: unknown): boolean {
	const code = failureOf(error)?.code ?? '';
	const [, value] = /^(?:errorCode|errcode|error_code) (.+)$/.exec(code) ?? [];
	return value !== undefined && adviceFor(value, 'read').cause === undefined;
}

/** One record; undefined also where the vendor refuses to show it. */
export async function loadRecord(
	site: CallSite,
	query: RecordQuery,
): Promise<JsonObject | undefined> {
	return await readRecord(site, query).catch((error: unknown) => {
		if (!isRefusalOfRecord(error)) throw error;
		site.context.logger.warn(`Kingdee does not show ${query.entityName} ${query.id}`);
		return undefined;
	});
}
