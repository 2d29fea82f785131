import { isObject } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';
import { Complained } from './complaint.mts';
import { idText, text } from './fields.mts';
import type { Reference } from './workOrder.mts';

/** A stored record: what `loadData` answers. */
export type Bill = { id: string } & Record<string, unknown>;

/** A `saveBill` request that passed the documented rules (sheet §3.1.2). */
export interface Save {
	entity: string;
	/** Given on update only. */
	id: string | null;
	/** Values by the name under which they are read again. */
	values: Record<string, unknown>;
}

/** Fields of a work order that point to other records: written with `_id` behind the name. */
const REFERENCES = new Set([
	'feedbacktype',
	'dealman',
	'dealdept',
	'dispatchman',
	'dispatchdept',
	'project',
	'servicecustomer',
	'wg_scoreplan',
]);

/** Reads the bill of an id, of whatever kind; `null` where there is none. */
export type LookUp = (id: string) => Reference | null;

/** @throws Complained */
export function readSave(body: JsonObject, lookUp: LookUp): Save {
	const entity = text(body, 'entityName');
	const data = body['data'];
	if (data === undefined || data === null) throw new Complained('empty', 'data不能为空');
	if (!isObject(data)) throw new Complained('wrongType', 'data必须为对象');
	const { id, ...fields } = data;
	if (Object.keys(fields).length === 0) throw new Complained('empty', 'data没有字段');
	return {
		entity,
		id: id === undefined ? null : idText(data, 'id'),
		values: Object.fromEntries(
			Object.entries(fields).map(([name, value]) => readValue(name, value, lookUp)),
		),
	};
}

function readValue(name: string, value: Json, lookUp: LookUp): [string, unknown] {
	if (REFERENCES.has(name)) throw new Complained('wrongType', `${name}应使用${name}_id`);
	if (Array.isArray(value)) return [name, value.map((row) => readRow(name, row))];
	if (!name.endsWith('_id')) return [name, plain(value)];
	const field = name.slice(0, -'_id'.length);
	if (value === null || value === '') return [field, null];
	const id = typeof value === 'bigint' ? String(value) : value;
	if (typeof id !== 'string' || !/^\d+$/.test(id)) {
		throw new Complained('wrongFormat', `${name}格式错误`);
	}
	return [field, lookUp(id) ?? { id, number: '', name: '' }];
}

/** A row of a sub-table, or of a multi-select, which says `fbasedataid_id` in place of `id`. */
function readRow(name: string, row: Json): Record<string, unknown> {
	if (!isObject(row)) throw new Complained('wrongType', `${name}必须为对象数组`);
	const keys = Object.keys(row);
	if (keys.length === 1 && keys[0] === 'id') {
		throw new Complained('wrongType', `${name}应使用fbasedataid_id`);
	}
	return Object.fromEntries(
		Object.entries(row).map(([key, value]) => [
			key,
			key.endsWith('_id') ? String(value) : plain(value),
		]),
	);
}

/** Numbers as JavaScript has them where they fit, so that stored records stay comparable. */
function plain(value: Json): unknown {
	return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** The ids of a `deleteBill` request (sheet §3.1). @throws Complained */
export function readDelete(body: JsonObject): { entity: string; ids: string[] } {
	const entity = text(body, 'entityName');
	const ids = body['ids'];
	if (ids === undefined || ids === null) throw new Complained('empty', 'ids不能为空');
	if (!Array.isArray(ids)) throw new Complained('wrongType', 'ids必须为数组');
	if (ids.length === 0) throw new Complained('empty', 'ids不能为空');
	return { entity, ids: ids.map((id) => idText({ id }, 'id')) };
}

/** Records of ours for the entities that the sheet names without their fields. */
export function otherBills(): [entity: string, bills: Bill[]][] {
	return [
		[
			'wg_inv_crm_contact',
			[
				{
					id: '1801234567890123457',
					number: 'LXR001',
					name: '王先生',
					mobile: '13800000000',
					customer: { id: '1701234567890123457', number: 'KH001', name: '南京示例机电有限公司' },
					isdefault: true,
					age: 41,
					birthday: '1984-02-03 00:00:00',
					labels: [{ fbasedataid_id: '1801234567890123999' }],
				},
			],
		],
		[
			'wg_bd_customer_inh',
			[
				{ id: '1701234567890123457', number: 'KH001', name: '南京示例机电有限公司' },
				{ id: '1701234567890123999', number: 'KH002', name: '上海示例科技有限公司' },
			],
		],
		['wg_project_files', [{ id: '1901234567890123457', number: 'XM001', name: '示例项目' }]],
		['wg_activity', []],
	];
}
