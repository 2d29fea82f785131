import type { Fields } from '../../../../lib/fields';
import type { Item, OperationOnItem } from '../../../../lib/operation';
import { walk, type DictionaryOption } from '../../optionTree';
import { callSevenMoor } from '../../transport';
import { dictionaryById } from '../../transport/dictionaries';
import { headersField, optionFields } from './optionFields';
import { knownOptions, levelTitles, optionsFromJson, optionsFromRows } from './options';

const WAYS = ['unchanged', 'addRows', 'replaceRows', 'json'] as const;

/** The new tree; rows are grown on the tree that 7moor has, so that existing options keep their keys. */
async function newOptions(
	item: Item,
	id: string,
	headers: readonly string[] | undefined,
): Promise<DictionaryOption[] | undefined> {
	const { fields } = item;
	const way = fields.choice('optionsAs', WAYS);
	if (way === 'unchanged') return undefined;
	if (way === 'json') return optionsFromJson(fields, headers?.length);
	const record = await dictionaryById(item, id);
	if (record === undefined) {
		return fields.refuse(
			'dictionaryId',
			`has no dictionary in 7moor: "${id}"`,
			'Check it; Get Many lists the dictionaries of the account.',
		);
	}
	const titles = headers ?? (Array.isArray(record.headers) ? record.headers : undefined);
	return optionsFromRows(fields, titles?.length, {
		known: knownOptions(fields, record.options),
		keepOthers: way === 'addRows',
	});
}

/** What is sent besides the id; what stays undefined is left out and so not changed (seed 7moor). */
async function changesOf(item: Item, id: string, given: Fields) {
	const headers = given.has('headers') ? levelTitles(given) : undefined;
	return {
		name: given.raw('name') === undefined ? undefined : given.text('name').trim(),
		cascade: headers === undefined ? undefined : String(headers.length),
		headers,
		options: await newOptions(item, id, headers),
	};
}

/** POST /v20210827/business/updateDictionary (seed 7moor). */
export const operation: OperationOnItem = {
	option: {
		name: 'Update',
		action: 'Update a dictionary',
		description: 'Change the name, the level titles or the options of a work-order dictionary',
	},
	fields: [
		{
			displayName: 'Dictionary ID',
			name: 'dictionaryId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 75cf1273-042e-a83d-8118-ddfb50af4ac1',
			description: 'The ID (_id) of the dictionary, a standard UUID',
		},
		{
			displayName: 'Change Options',
			name: 'optionsAs',
			type: 'options',
			options: [
				{
					name: 'Add Rows',
					value: 'addRows',
					description: 'All existing options stay; those of the rows that are missing are added',
				},
				{
					name: 'Do Not Change',
					value: 'unchanged',
					description: 'The options stay as they are',
				},
				{
					name: 'Replace by JSON',
					value: 'json',
					description: 'The JSON is the whole new tree',
				},
				{
					name: 'Replace by Rows',
					value: 'replaceRows',
					description:
						'The rows are the whole new tree; options with the same names keep their key and state',
				},
			],
			default: 'unchanged',
			description:
				'What happens to the options. Rows are compared with the dictionary as 7moor has it, which takes one more call.',
		},
		...optionFields,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What else to change; a field that is not added stays as it is',
			options: [
				headersField,
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'New name of the dictionary; no other dictionary may have it',
				},
			],
		},
	],
	run: async (item) => {
		const { fields } = item;
		const id = fields.uuid('dictionaryId');
		const changes = await changesOf(item, id, fields.group('updateFields'));
		const { name, headers, options } = changes;
		const changed = Object.entries({ name, headers, options }).flatMap(([field, value]) =>
			value === undefined ? [] : [field],
		);
		if (changed.length === 0) {
			return fields.refuse(
				'updateFields',
				'has nothing to change',
				'Add a field, or choose how to change the options.',
			);
		}
		const { message } = await callSevenMoor(item, 'updateDictionary', { _id: id, ...changes });
		return {
			success: true,
			message: message ?? null,
			id,
			changed,
			...(name === undefined ? {} : { name }),
			...(headers === undefined ? {} : { levels: headers.length, headers }),
			...(options === undefined ? {} : { optionCount: [...walk(options)].length, options }),
		};
	},
};
