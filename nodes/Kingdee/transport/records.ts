import { NodeApiError } from 'n8n-workflow';

import { vendorError } from '../../../lib/errors';
import { placeOf, type CallSite } from '../../../lib/exchange';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/json';
import { firstText, textOrNull } from '../../../lib/workOrder';
import { callKingdee } from './index';
import { adviceFor } from './refusals';

/** Above 100 the vendor silently cuts (sheet kingdee §5). */
export const PAGE_SIZE = 100;

export interface ListQuery {
	readonly entityName: string;
	readonly selectProperties: string;
	/** Values that fields must have. */
	readonly equal?: Readonly<Record<string, string>>;
	/** Field and direction; empty where none is to be sent. */
	readonly orderBy: string;
}

interface Page {
	readonly rows: JsonObject[];
	/** Number of rows on all pages; undefined where the vendor does not say. */
	readonly total: number | undefined;
}

function unknownForm(site: CallSite, what: string, data: JsonValue | undefined): NodeApiError {
	return vendorError(placeOf(site), {
		message: `Kingdee sent ${what} in a form that is not known`,
		advice:
			'Kingdee does not publish the form. Please report it with the answer in the error details, names and phone numbers blackened.',
		body: JSON.stringify(data),
	});
}

const isEmpty = (data: JsonValue | undefined) => data === undefined || data === null || data === '';

/** The form of the answer is not published: a list, or an object that holds one (sheet kingdee §3.1.2). */
function pageIn(site: CallSite, data: JsonValue | undefined): Page {
	if (isEmpty(data)) return { rows: [], total: undefined };
	const holder = isJsonObject(data) ? data : {};
	const list = Array.isArray(data)
		? data
		: (holder.rows ?? Object.values(holder).find(Array.isArray));
	const count = firstText(holder, ['count', 'total']);
	const total = count === null ? undefined : Number(count);
	if (isEmpty(list) && total === 0) return { rows: [], total };
	if (!Array.isArray(list)) throw unknownForm(site, 'a list', data);
	const rows = list.filter(isJsonObject).filter(({ id }) => textOrNull(id) !== null);
	if (list.length > 0 && rows.length === 0) throw unknownForm(site, 'a list', data);
	if (rows.length < list.length) {
		site.context.logger.warn(`Kingdee sent ${list.length - rows.length} rows without an id`);
	}
	return { rows, total };
}

/** Rows of `loadList`, page by page, until the last page. */
export async function* listPages(site: CallSite, query: ListQuery): AsyncGenerator<JsonObject[]> {
	const { entityName, selectProperties, equal = {}, orderBy } = query;
	const seen = new Set<string>();
	for (let pageindex = 1; ; pageindex++) {
		const { data } = await callKingdee(site, 'loadList', {
			entityName,
			pageindex,
			pagesize: PAGE_SIZE,
			selectProperties,
			andQfilters: Object.entries(equal).map(([property, value]) => ({
				property,
				cp: '=',
				value,
			})),
			...(orderBy === '' ? {} : { orderBy }),
		});
		const { rows, total } = pageIn(site, data);
		yield rows;
		const before = seen.size;
		for (const { id } of rows) seen.add(String(id));
		// A page that brings nothing new would come again and again.
		if (seen.size === before) return;
		if (rows.length < PAGE_SIZE && !(total !== undefined && total > seen.size)) return;
	}
}

function recordIn(data: JsonValue | undefined): JsonObject | undefined {
	if (Array.isArray(data)) return data.find(isJsonObject);
	if (!isJsonObject(data)) return undefined;
	if (data.id !== undefined || data.billno !== undefined) return data;
	return Array.isArray(data.rows) ? data.rows.find(isJsonObject) : undefined;
}

/** The vendor's refusal of this one record, told from what concerns every call. */
function isRefusalOfRecord(error: unknown): boolean {
	const data: unknown = error instanceof NodeApiError ? error.context.data : undefined;
	const code = isJsonObject(data) ? (textOrNull(data.code) ?? '') : '';
	const [, value] = /^(?:errorCode|errcode|error_code) (.+)$/.exec(code) ?? [];
	return value !== undefined && adviceFor(value).cause === undefined;
}

/** One record by `loadData`; undefined where the vendor refuses to show it or has none. */
export async function loadRecord(
	site: CallSite,
	entityName: string,
	id: string,
	selectProperties: string,
): Promise<JsonObject | undefined> {
	const answer = await callKingdee(site, 'loadData', { entityName, id, selectProperties }).catch(
		(error: unknown) => {
			if (!isRefusalOfRecord(error)) throw error;
			site.context.logger.warn(`Kingdee does not show ${entityName} ${id}`);
			return undefined;
		},
	);
	if (answer === undefined || isEmpty(answer.data)) return undefined;
	const record = recordIn(answer.data);
	if (record === undefined) throw unknownForm(site, 'a record', answer.data);
	return { ...record, id: textOrNull(record.id) ?? id };
}
