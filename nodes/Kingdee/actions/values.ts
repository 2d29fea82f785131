import type { INodeProperties } from 'n8n-workflow';

import { hasLostDigits, toIntegerId, ValueProblem } from '../../../lib/ids';
import { isWritable, parseForSending } from '../../../lib/json';
import { mappedFields, mappedValues } from '../../../lib/mapping';
import type { Item } from '../../../lib/operation';
import { toChinaText, toInstant } from '../../../lib/time';

const kinds = ['fields', 'json'] as const;

/**
 * The values to save: fields that a sample record of the entity has, or JSON.
 *
 * @param method resource mapping method that reads the sample
 * @param dependsOn fields after whose change it is read again
 */
export function valueFields(method: string, dependsOn: string[]): INodeProperties[] {
	return [
		{
			displayName: 'Enter Values As',
			name: 'valuesAs',
			type: 'options',
			options: [
				{
					name: 'Fields',
					value: 'fields',
					description: 'Choose among the fields that records of this kind have in Kingdee',
				},
				{ name: 'JSON', value: 'json', description: 'Write the fields by their Kingdee names' },
			],
			default: 'fields',
			description: 'How you give the values',
		},
		{
			displayName: 'Values',
			name: 'values',
			type: 'resourceMapper',
			default: { mappingMode: 'defineBelow', value: null },
			noDataExpression: true,
			displayOptions: { show: { valuesAs: ['fields'] } },
			description:
				'Fields left empty are not sent; use JSON to empty a field. A time without zone is read in the time zone of the workflow, in the form 2025-07-17 08:11:41 as China time.',
			typeOptions: {
				loadOptionsDependsOn: dependsOn,
				resourceMapper: {
					resourceMapperMethod: method,
					mode: 'add',
					fieldWords: { singular: 'field', plural: 'fields' },
					addAllFields: false,
					supportAutoMap: true,
				},
			},
		},
		{
			displayName: 'Data',
			name: 'data',
			type: 'json',
			default: '{}',
			builderHint: {
				propertyHint:
					'A JSON object by Kingdee field names; IDs as text, references with _id behind the name, times as YYYY-MM-DD HH:mm:ss in China standard time',
			},
			displayOptions: { show: { valuesAs: ['json'] } },
			description:
				'The fields by their Kingdee names, without the ID. References end in _id; entries of a multi-select are {"fbasedataid_id": "…"}.',
		},
	];
}

function jsonIn({ fields }: Item): object {
	const values = fields.jsonObject('data');
	if ('id' in values) {
		fields.refuse('data', 'has an id', 'Take it out: the record to change has a field of its own.');
	}
	return Object.keys(values).length > 0
		? values
		: fields.refuse('data', 'has no field', 'Give one field or more.');
}

/** A value in the vendor's form, or what is wrong with it. */
function inVendorForm(
	value: unknown,
	field: { readonly id: string; readonly type: unknown },
	zone: string,
): unknown {
	if (field.type === 'dateTime') {
		const instant = toInstant(value, zone);
		return instant instanceof ValueProblem ? instant : toChinaText(instant);
	}
	if (field.id.endsWith('_id') || hasLostDigits(value)) return toIntegerId(value);
	if (field.type === 'array' && typeof value === 'string') return listIn(value);
	return isWritable(value)
		? value
		: new ValueProblem('has no form in JSON', 'Give text, a number, true or false, or a list.');
}

function listIn(text: string): unknown {
	try {
		const list = parseForSending(text);
		if (Array.isArray(list)) return list;
	} catch {
		// The problem is the same as with JSON of another form.
	}
	return new ValueProblem(
		'is not a list in JSON',
		'Enter a list such as [{"fbasedataid_id": "…"}].',
	);
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

function mappedIn(item: Item): object {
	const types = new Map(mappedFields(item, 'values').map(({ id, type }) => [id, type]));
	const values = Object.entries(mappedValues(item, 'values'))
		.filter(([, value]) => isGiven(value))
		.map(([id, value]) => {
			const type = types.get(id);
			const formed = inVendorForm(value, { id, type }, item.context.getTimezone());
			if (!(formed instanceof ValueProblem)) return [id, formed] as const;
			return item.fields.refuse('values', `has ${id}, which ${formed.problem}`, formed.advice);
		});
	return values.length > 0
		? Object.fromEntries(values)
		: item.fields.refuse('values', 'has no field with a value', 'Fill in one field or more.');
}

/** What the person gave to be saved, by field. */
export function valuesIn(item: Item): object {
	return item.fields.choice('valuesAs', kinds) === 'json' ? jsonIn(item) : mappedIn(item);
}
