import type { Item, OperationOnItem } from '../../../../lib/operation';
import { walk, type DictionaryOption } from '../../optionTree';
import { dictionaryChoice, dictionaryField, type DictionaryChoice } from '../../fields';
import { callSevenMoor } from '../../transport';
import { statesOf } from '../../transport/states';
import { knownDictionary, type KnownDictionary } from '../known';
import { headersField, optionFields } from './optionFields';
import { levelTitles, making, optionsFromJson, optionsFromRows } from './options';

const WAYS = ['unchanged', 'addRows', 'replaceRows', 'json'] as const;

type Way = (typeof WAYS)[number];

/** The dictionary as 7moor has it, where it takes that: to find its id, or to grow rows on. */
async function lookUp(
	item: Item,
	choice: DictionaryChoice,
	way: Way,
): Promise<KnownDictionary | undefined> {
	const grows = way === 'addRows' || way === 'replaceRows';
	return grows || 'name' in choice ? await knownDictionary(item) : undefined;
}

/** The new tree; rows are grown on the tree that 7moor has, so that existing options keep their keys. */
async function newOptions(
	item: Item,
	way: Way,
	headers: readonly string[] | undefined,
	dictionary: KnownDictionary | undefined,
): Promise<DictionaryOption[] | undefined> {
	const { fields } = item;
	if (way === 'unchanged') return undefined;
	const made = making(fields, await statesOf(item));
	const levels = headers?.length ?? dictionary?.levels;
	if (way === 'json') return optionsFromJson(fields, levels, made);
	const ground = { known: dictionary?.options ?? [], keepOthers: way === 'addRows' };
	return optionsFromRows(fields, levels, ground, made);
}

/** POST /v20210827/business/updateDictionary (seed 7moor). */
export const operation: OperationOnItem = {
	option: {
		name: 'Update',
		action: 'Update a dictionary',
		description: 'Change the name, the level titles or the options of a work-order dictionary',
	},
	fields: [
		dictionaryField,
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
		const choice = dictionaryChoice(fields);
		const given = fields.group('updateFields');
		const way = fields.choice('optionsAs', WAYS);
		const headers = given.has('headers') ? levelTitles(given) : undefined;
		const name = given.raw('name') === undefined ? undefined : given.text('name').trim();
		if (way === 'unchanged' && headers === undefined && name === undefined) {
			return fields.refuse(
				'updateFields',
				'has nothing to change',
				'Add a field, or choose how to change the options.',
			);
		}
		const dictionary = await lookUp(item, choice, way);
		const options = await newOptions(item, way, headers, dictionary);
		const id = dictionary?.id ?? fields.uuid('dictionaryId');
		const { message } = await callSevenMoor(item, 'updateDictionary', {
			_id: id,
			name,
			cascade: headers === undefined ? undefined : String(headers.length),
			headers,
			options,
		});
		return {
			success: true,
			message: message ?? null,
			id,
			changed: Object.entries({ name, headers, options }).flatMap(([field, value]) =>
				value === undefined ? [] : [field],
			),
			...(name === undefined ? {} : { name }),
			...(headers === undefined ? {} : { levels: headers.length, headers }),
			...(options === undefined ? {} : { optionCount: [...walk(options)].length, options }),
		};
	},
};
