import type {
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { componentsOf } from '../components';
import { formFields, type FormField } from '../form';
import { readTemplate } from '../transport/templateDetail';

const LONGEST_LIST = 80;

function shortened(options: readonly string[]): string {
	const text = options.join(', ');
	return text.length > LONGEST_LIST ? `${text.slice(0, LONGEST_LIST)}…` : text;
}

/** What a person has to know of the field beside its title. */
function remarkOn({ kind, component: { maxLength, options, type } }: FormField): string {
	if (kind === 'text') return maxLength === null ? '' : ` (up to ${maxLength} characters)`;
	if (kind === 'choices') return options === null ? ' (several)' : ` (of: ${shortened(options)})`;
	return kind === 'other' ? ` (${type}, text or JSON, sent as it is)` : '';
}

function mapperField(field: FormField, mayBeRequired: boolean): ResourceMapperField {
	const { key, kind, isRequired, component } = field;
	const options = kind === 'choice' ? component.options : null;
	return {
		id: key,
		displayName: `${key}${remarkOn(field)}`,
		required: mayBeRequired && isRequired,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		...(options === null
			? { type: 'string' }
			: { type: 'options', options: options.map((name) => ({ name, value: name })) }),
	};
}

async function fieldsOfTemplate(
	context: ILoadOptionsFunctions,
	mayBeRequired: boolean,
): Promise<ResourceMapperFields> {
	const id = String(context.getCurrentNodeParameter('templateId', { extractValue: true }) ?? '');
	if (!/^\s*\d+\s*$/.test(id)) {
		return { fields: [], emptyFieldsNotice: 'Choose a template to see the fields of its form.' };
	}
	const template = await readTemplate({ context }, id.trim());
	return {
		fields: formFields(componentsOf(template ?? {})).map((field) =>
			mapperField(field, mayBeRequired),
		),
		emptyFieldsNotice: 'The template has no fields to fill in.',
	};
}

export const resourceMapping = {
	/** The form of a new work order, with its required fields. */
	async getForm(this: ILoadOptionsFunctions) {
		return await fieldsOfTemplate(this, true);
	},
	/** The form of a work order that exists: what is not given stays as it is. */
	async getFormToUpdate(this: ILoadOptionsFunctions) {
		return await fieldsOfTemplate(this, false);
	},
};
