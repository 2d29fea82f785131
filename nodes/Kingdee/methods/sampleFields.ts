import type { FieldType, ILoadOptionsFunctions, ResourceMapperField } from 'n8n-workflow';

import { compareTexts } from '../../../lib/compareTexts';
import { toIntegerId, ValueProblem } from '../../../lib/ids';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/json';
import { PROCESSING_RECORD, WORK_ORDER } from '../entities';
import { listPage, readRecord } from '../transport/records';

/** Records that are read to learn the fields of an entity: what one leaves empty another may have. */
const SAMPLES = 3;

const VENDOR_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

function typeOf(value: JsonValue): FieldType {
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return 'number';
	if (typeof value === 'boolean') return 'boolean';
	return typeof value === 'string' && VENDOR_TIME.test(value) ? 'dateTime' : 'string';
}

/** Undefined where the sample does not show what the field takes. */
function fieldOf(name: string, value: JsonValue): ResourceMapperField | undefined {
	if (name === 'id' || name.includes('.') || value === null) return undefined;
	// References end in _id where they are written (sheet kingdee §3.1.2).
	const isReference = isJsonObject(value);
	if (isReference && value.id === undefined) return undefined;
	const id = isReference ? `${name}_id` : name;
	return {
		id,
		displayName: id,
		required: false,
		defaultMatch: false,
		display: true,
		type: id.endsWith('_id') ? 'string' : typeOf(value),
	};
}

/** The fields that sample records show, by name. */
function fieldsIn(samples: readonly JsonObject[]): ResourceMapperField[] {
	const fields = new Map<string, ResourceMapperField>();
	for (const sample of samples) {
		for (const [name, value] of Object.entries(sample)) {
			const field = fieldOf(name, value);
			if (field !== undefined && !fields.has(field.id)) fields.set(field.id, field);
		}
	}
	return [...fields.values()].sort((a, b) => compareTexts(a.id, b.id));
}

/** The record to be changed, where it is known already: the best sample. */
function chosenId(context: ILoadOptionsFunctions, field: string): string | undefined {
	const entered: unknown = context.getCurrentNodeParameter(field, { extractValue: true });
	const id = toIntegerId(entered);
	return id instanceof ValueProblem ? undefined : id;
}

/** Fields to list by; the other entities give theirs unasked. */
const selections: Record<string, string> = {
	[WORK_ORDER]: 'id,billno',
	[PROCESSING_RECORD]: 'id,billno',
};

async function sampleIds(
	context: ILoadOptionsFunctions,
	entityName: string,
	chosen: string | undefined,
): Promise<string[]> {
	const query = { entityName, selectProperties: selections[entityName] ?? '' };
	const { rows } = await listPage({ context }, query, 1, SAMPLES);
	const listed = rows.map(({ id }) => String(id));
	const ids = new Set(chosen === undefined ? listed : [chosen, ...listed]);
	return [...ids].slice(0, SAMPLES);
}

async function fieldsOfEntity(
	context: ILoadOptionsFunctions,
	entityName: string,
	idField: string,
): Promise<{ fields: ResourceMapperField[]; emptyFieldsNotice: string }> {
	const samples: JsonObject[] = [];
	for (const id of await sampleIds(context, entityName, chosenId(context, idField))) {
		const record = await readRecord({ context }, { entityName, id });
		if (record !== undefined) samples.push(record);
	}
	return {
		fields: fieldsIn(samples),
		emptyFieldsNotice: 'Kingdee shows no such record to learn the fields from. Enter JSON instead.',
	};
}

async function getWorkOrderFields(this: ILoadOptionsFunctions) {
	return await fieldsOfEntity(this, WORK_ORDER, 'id');
}

async function getRecordFields(this: ILoadOptionsFunctions) {
	const entity: unknown = this.getCurrentNodeParameter('entity', { extractValue: true });
	return typeof entity === 'string' && entity.trim() !== ''
		? await fieldsOfEntity(this, entity.trim(), 'recordId')
		: { fields: [], emptyFieldsNotice: 'Choose an entity first.' };
}

export const resourceMapping = { getWorkOrderFields, getRecordFields };
