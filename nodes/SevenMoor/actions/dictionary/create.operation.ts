import type { OperationOnItem } from '../../../../lib/operation';
import { newUuid } from '../../newUuid';
import { walk } from '../../optionTree';
import { callSevenMoor } from '../../transport';
import { statesOf } from '../../transport/states';
import { headersField, optionFields } from './optionFields';
import { BARE_GROUND, levelTitles, making, optionsFromJson, optionsFromRows } from './options';

/** POST /v20210827/business/addDictionary (seed 7moor). */
export const operation: OperationOnItem = {
	option: {
		name: 'Create',
		action: 'Create a dictionary',
		description: 'Create a work-order dictionary with its level titles and options',
	},
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			description: 'Name of the dictionary; no other dictionary may have it',
		},
		{ ...headersField, required: true },
		{
			displayName: 'Options As',
			name: 'optionsAs',
			type: 'options',
			options: [
				{ name: 'Rows', value: 'rows', description: 'One option per line, such as A / B / C' },
				{ name: 'JSON', value: 'json', description: 'The tree as 7moor writes it' },
			],
			default: 'rows',
			description: 'How the options of the dictionary are given',
		},
		...optionFields,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Dictionary ID',
					name: 'dictionaryId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 24066b93-bbab-4d41-9321-bf7e8ce40bd2',
					description:
						'A standard UUID of your own that no dictionary has. Without it a new one is made. With your own, a repeated run cannot create a second dictionary.',
				},
				{
					displayName: 'Renew Keys',
					name: 'renewKeys',
					type: 'boolean',
					default: false,
					description:
						'Whether every option in the JSON gets a new key, as a tree copied from another dictionary needs',
				},
			],
		},
	],
	run: async (item) => {
		const { fields } = item;
		const more = fields.group('additionalFields');
		const id = more.optionalUuid('dictionaryId') ?? newUuid();
		const name = fields.text('name').trim();
		const headers = levelTitles(fields);
		const made = making(fields, await statesOf(item), more.flag('renewKeys'));
		const options =
			fields.choice('optionsAs', ['rows', 'json'] as const) === 'json'
				? optionsFromJson(fields, headers.length, made)
				: optionsFromRows(fields, headers.length, BARE_GROUND, made);
		const cascade = String(headers.length);
		const body = { _id: id, name, cascade, headers, options };
		const { message } = await callSevenMoor(item, 'addDictionary', body);
		return {
			success: true,
			message: message ?? null,
			id,
			name,
			levels: headers.length,
			headers,
			optionCount: [...walk(options)].length,
			options,
		};
	},
};
