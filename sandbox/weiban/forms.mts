import type { JsonObject } from '../json.mts';
import { ERRCODE, invalid, Refused } from './codes.mts';
import { integerIn, objectsOf, textIn, textsOf } from './input.mts';
import type { Component, Template } from './templates.mts';
import { isoChina } from './time.mts';
import type { ComponentRecord, WorkOrder } from './workOrder.mts';

const SINGLE = ['input', 'textarea'];
const CHOICES = ['select', 'checked', 'radio', 'selectMultiple'];

/** What is filled in elsewhere or by the vendor: number, title and flow (sheet §3.8). */
const isBuiltIn = ({ config }: Component) => config.component_id.startsWith('default-');

interface Entry {
	value: string;
	values: ComponentRecord['values'];
}

/** Rules 22311, 22312, 22316 and, where neither is given, 22317 (sheet §4). */
function entryOf(record: JsonObject, type: string, options: string[] | null): Entry {
	const { value, values } = record;
	if (value !== undefined && typeof value !== 'string') throw invalid('value');
	const list = textsOf(values ?? undefined, 'values');
	const text = value ?? '';
	if (CHOICES.includes(type) && list.length === 0) {
		throw new Refused(
			ERRCODE.valuesMissing,
			'component_type为select,checked,radio或selectMultiple时，必须填写values',
		);
	}
	if (SINGLE.includes(type) && text === '') {
		throw new Refused(ERRCODE.valueMissing, 'component_type为input或textarea时，必须填写value');
	}
	if (CHOICES.includes(type) && options !== null) {
		const stray = list.find((entry) => !options.includes(entry));
		if (stray !== undefined) throw new Refused(ERRCODE.notAnOption, 'values的值非法，不在选项中');
	}
	return { value: text, values: SINGLE.includes(type) ? '' : list };
}

const optionNames = ({ config }: Component) =>
	config.option_list.length === 0 ? null : config.option_list.map(({ option_name }) => option_name);

/** The component records of a new order. */
export function filledForm(
	body: JsonObject,
	template: Template,
	idSource: 'config' | 'component',
	nextId: () => number,
	now: number,
): ComponentRecord[] {
	const idOf = ({ id, config }: Component) =>
		idSource === 'config' ? config.component_id : String(id);
	const sorts = new Set<bigint>();
	const filled = new Set<Component>();
	const records = objectsOf(body['component_records'], 'component_records').map((record) => {
		const id = textIn(record, 'component_id');
		const component = template.component_list.find((known) => idOf(known) === id);
		if (component === undefined) {
			throw new Refused(
				ERRCODE.unknownComponent,
				'component_id非法，对应组件不存在或与对应工单模板不匹配',
			);
		}
		const sort = integerIn(record, 'sort');
		if (sorts.has(sort)) throw new Refused(ERRCODE.sortTaken, 'sort排序值已存在需重新填写');
		sorts.add(sort);
		if (record['value'] === undefined && record['values'] === undefined) {
			throw new Refused(ERRCODE.neitherValue, 'component中value和values必填其一');
		}
		filled.add(component);
		return {
			component_id: component.id,
			component_type: component.type,
			created_at: isoChina(now),
			id: nextId(),
			sort: Number(sort),
			template_id: template.id,
			title: textIn(record, 'title'),
			updated_at: isoChina(now),
			...entryOf(record, component.type, optionNames(component)),
		};
	});
	const missing = template.component_list.find(
		(component) => component.config.is_required && !isBuiltIn(component) && !filled.has(component),
	);
	if (missing !== undefined) {
		throw new Refused(ERRCODE.requiredMissing, `component_id: ${idOf(missing)} 必填`);
	}
	return records;
}

/** Changes the records of an order that `component_records` names; all of them or none. */
export function updateForm(
	body: JsonObject,
	order: WorkOrder,
	template: Template | undefined,
	now: number,
): void {
	const changes = objectsOf(body['component_records'], 'component_records').map((change) => {
		const id = integerIn(change, 'component_record_id');
		const record = order.work_order_component_record_list.find((known) => BigInt(known.id) === id);
		if (record === undefined) throw new Refused(ERRCODE.unknownRecord, 'component_record_id非法');
		const component = template?.component_list.find((known) => known.id === record.component_id);
		const options = component === undefined ? null : optionNames(component);
		return { record, entry: entryOf(change, record.component_type, options) };
	});
	for (const { record, entry } of changes) {
		Object.assign(record, entry, { updated_at: isoChina(now) });
	}
}
