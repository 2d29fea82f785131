import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import type { Fields } from '../../lib/fields';
import { ValueProblem, type Uuid } from '../../lib/ids';
import { locatorField } from '../../lib/locator';
import type { OptionChoice } from './optionEdits';
import { readPaths } from './optionPaths';

const UUID_FORM = {
	regex: '^\\s*[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\s*$',
	errorMessage: 'Enter a standard UUID',
};

/** A locator with further ways to name what is meant. */
function extended(
	field: INodeProperties,
	{ modes }: { readonly modes: INodePropertyMode[] },
): INodeProperties {
	return { ...field, modes: [...(field.modes ?? []), ...modes] };
}

/** One dictionary; read it with `dictionaryChoice`. */
export const dictionaryField = extended(
	locatorField({
		displayName: 'Dictionary',
		name: 'dictionaryId',
		description:
			'The dictionary. A name is looked up first, which takes a call; an ID (_id) is a standard UUID.',
		required: true,
		list: 'searchDictionaries',
		example: '75cf1273-042e-a83d-8118-ddfb50af4ac1',
		form: UUID_FORM,
	}),
	{
		modes: [{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. 故障类型' }],
	},
);

export type DictionaryChoice = { readonly id: Uuid } | { readonly name: string };

/** Which dictionary is meant: by its id, or by its whole name. */
export function dictionaryChoice(fields: Fields): DictionaryChoice {
	return fields.mode('dictionaryId') === 'name'
		? { name: fields.text('dictionaryId').trim() }
		: { id: fields.uuid('dictionaryId') };
}

/** One option of the dictionary in `dictionaryId`; read it with `optionChoice`. */
export function optionField(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'required'>,
): INodeProperties {
	const { displayName, name, description = '', required } = field;
	return extended(
		locatorField({
			displayName,
			name,
			description,
			required,
			list: 'searchOptions',
			example: '2546b891-9593-64b0-82e0-3485251c6a5a',
			form: UUID_FORM,
		}),
		{
			modes: [
				{
					displayName: 'By Path',
					name: 'path',
					type: 'string',
					placeholder: 'e.g. Hardware / Printer / Paper jam',
					hint: 'The names from the first level down',
				},
			],
		},
	);
}

/** Which option is meant: by its key, or by its path as text or as a list of names. */
export function optionChoice(fields: Fields, name: string, separator: string): OptionChoice {
	if (fields.mode(name) !== 'path') return { key: fields.uuid(name) };
	const given = fields.raw(name);
	const paths = readPaths([Array.isArray(given) ? given : fields.text(name)], separator);
	if (paths instanceof ValueProblem) return fields.refuse(name, paths.problem, paths.advice);
	return { path: paths[0] ?? [] };
}
