import type { INodeProperties } from 'n8n-workflow';

import { ValueProblem } from '../../lib/ids';
import { mappedValues } from '../../lib/mapping';
import type { Item } from '../../lib/operation';
import type { Component } from './components';
import { fieldValue, formFields, isBlank, type FieldValue, type FormField } from './form';

/** A field of the form with its value. */
export interface FilledField {
	readonly field: FormField;
	readonly value: FieldValue;
}

/** The form of a template; `method` fills it with fields. */
export function formField(method: string, description: string): INodeProperties {
	return {
		displayName: 'Form',
		name: 'form',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description,
		typeOptions: {
			loadOptionsDependsOn: ['templateId.value'],
			resourceMapper: {
				resourceMapperMethod: method,
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				supportAutoMap: true,
				noFieldsError: 'Choose a template to see the fields of its form.',
			},
		},
	};
}

/** Whether a person gave a value for any field. */
export function isFormFilled(item: Item): boolean {
	return !Object.values(mappedValues(item, 'form')).every(isBlank);
}

/**
 * Checks the values of the form against the template. Fields without a value are left out; in a new work
 * order a required one is refused.
 */
export function filledForm(
	item: Item,
	components: readonly Component[],
	task: 'create' | 'update',
): FilledField[] {
	const values = mappedValues(item, 'form');
	const refuse = (key: string, { problem, advice }: ValueProblem) =>
		item.fields.refuse('form', `field "${key}" ${problem}`, advice);
	const form = formFields(components);
	const strange = Object.keys(values).find(
		(key) => !isBlank(values[key]) && !form.some((field) => field.key === key),
	);
	if (strange !== undefined) {
		refuse(strange, new ValueProblem('is not in the template', 'Choose the template again.'));
	}
	return form.flatMap((field) => {
		const given = values[field.key];
		if (isBlank(given)) {
			if (field.isRequired && task === 'create') {
				refuse(field.key, new ValueProblem('is empty', 'The template requires it.'));
			}
			return [];
		}
		const value = fieldValue(field, given);
		return value instanceof ValueProblem ? refuse(field.key, value) : [{ field, value }];
	});
}
