import { isObject } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';

export interface ListRequest {
	filters: Filter[];
	alternatives: Filter[];
	order: { property: string; descending: boolean }[];
	properties: string[];
	pageIndex: number;
	pageSize: number;
	onlyCount: boolean;
}

interface Filter {
	property: string;
	cp: '=' | 'like';
	value: string;
}

/** The documented part of a `loadList` body (sheet §3.1.2); a text says what is wrong. */
export function readListRequest(body: JsonObject): ListRequest | string {
	const filters = readFilters(body['andQfilters']);
	const alternatives = readFilters(body['orQfilters']);
	if (filters === null) return 'andQfilters格式错误';
	if (alternatives === null) return 'orQfilters格式错误';
	const pageIndex = Number(body['pageindex'] ?? 1);
	const pageSize = Number(body['pagesize'] ?? 20);
	if (!Number.isInteger(pageIndex) || pageIndex < 1) return 'pageindex格式错误';
	if (!Number.isInteger(pageSize) || pageSize < 1) return 'pagesize格式错误';
	const order = readOrder(String(body['orderBy'] ?? ''));
	if (order === null) return 'orderBy格式错误';
	return {
		filters,
		alternatives,
		order,
		properties: readProperties(body['selectProperties']),
		pageIndex,
		pageSize,
		onlyCount: body['onlyCount'] === true,
	};
}

export function readProperties(value: Json | undefined): string[] {
	return String(value ?? '')
		.split(',')
		.map((property) => property.trim())
		.filter((property) => property !== '');
}

function readFilters(value: Json | undefined): Filter[] | null {
	const filters: Filter[] = [];
	for (const item of Array.isArray(value) ? value : [value ?? null]) {
		if (item === null) continue;
		if (!isObject(item)) return null;
		const { property, cp, value: wanted } = item;
		if (typeof property !== 'string' || property === '' || wanted === undefined) return null;
		// Other operators are not published.
		if (cp !== '=' && cp !== 'like') return null;
		filters.push({ property, cp, value: String(wanted) });
	}
	return filters;
}

function readOrder(text: string): ListRequest['order'] | null {
	const order: ListRequest['order'] = [];
	for (const term of text.split(',').filter((piece) => piece.trim() !== '')) {
		const match = /^\s*([\w.]+)(?:\s+(asc|desc))?\s*$/i.exec(term);
		if (match === null) return null;
		order.push({ property: match[1] ?? '', descending: match[2]?.toLowerCase() === 'desc' });
	}
	return order;
}

export function select(rows: readonly object[], request: ListRequest): object[] {
	const found = rows.filter(
		(row) =>
			request.filters.every((filter) => passes(row, filter)) &&
			(request.alternatives.length === 0 ||
				request.alternatives.some((filter) => passes(row, filter))),
	);
	return found.sort((one, other) => {
		for (const { property, descending } of request.order) {
			const [left, right] = [valueText(one, property), valueText(other, property)];
			if (left !== right) return (left < right ? -1 : 1) * (descending ? -1 : 1);
		}
		return 0;
	});
}

function passes(row: object, { property, cp, value }: Filter): boolean {
	const actual = valueText(row, property);
	if (cp === '=') return actual === value;
	const pattern = value
		.split('%')
		.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('.*');
	return new RegExp(`^${pattern}$`, 's').test(actual);
}

function valueText(row: object, property: string): string {
	// The page's example sorts by `number`, the field table calls it `billno`.
	const value = property
		.replace(/^number$/, 'billno')
		.split('.')
		.reduce<unknown>(
			(from, name) =>
				typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined,
			row,
		);
	if (typeof value === 'object' && value !== null) return String(Reflect.get(value, 'id') ?? '');
	return value === undefined || value === null ? '' : String(value);
}

/** The row with its id and the named properties; all of them when none is named. */
export function project(row: object, properties: string[]): object {
	if (properties.length === 0) return row;
	const picked: Record<string, unknown> = { id: Reflect.get(row, 'id') };
	for (const property of properties) {
		const [name = '', inner] = property.split('.');
		const value: unknown = Reflect.get(row, name);
		if (inner !== undefined && typeof value === 'object' && value !== null) {
			const before = picked[name];
			picked[name] = {
				...(typeof before === 'object' ? before : {}),
				[inner]: Reflect.get(value, inner) as unknown,
			};
		} else if (value !== undefined) {
			picked[name] = value;
		}
	}
	return picked;
}
