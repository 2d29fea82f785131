import type { OperationOnItem } from '../../../../lib/operation';
import { newUuid } from '../../newUuid';
import { walk } from '../../optionTree';
import { callSevenMoor } from '../../transport';
import { dictionaryByName } from '../../transport/dictionaries';
import { statesOf } from '../../transport/states';
import { headersField, optionFields } from './optionFields';
import { BARE_GROUND, knownOptions, levelTitles, making, optionsFromRows } from './options';

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** queryDictionary by name, then addDictionary or, where something changes, updateDictionary (seed 7moor). */
export const operation: OperationOnItem = {
	option: {
		name: 'Create or Update',
		action: 'Create or update a dictionary',
		description:
			'Create a work-order dictionary, or bring the one that has this name to the level titles and options',
	},
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			description: 'Name of the dictionary, which also finds it',
		},
		{ ...headersField, required: true },
		{
			displayName: 'Existing Options',
			name: 'optionsAs',
			type: 'options',
			options: [
				{
					name: 'Keep',
					value: 'addRows',
					description: 'All existing options stay; those of the rows that are missing are added',
				},
				{
					name: 'Replace by Rows',
					value: 'replaceRows',
					description:
						'The rows are the whole new tree; options with the same names keep their key and state',
				},
			],
			default: 'addRows',
			description: 'What happens to the options of a dictionary that is there',
		},
		...optionFields.filter(({ name }) => name !== 'optionsJson'),
	],
	run: async (item) => {
		const { fields } = item;
		const name = fields.text('name').trim();
		const headers = levelTitles(fields);
		const keepOthers =
			fields.choice('optionsAs', ['addRows', 'replaceRows'] as const) === 'addRows';
		const made = making(fields, await statesOf(item));
		// Grown before the call, so that wrong rows cost none.
		const bare = optionsFromRows(fields, headers.length, BARE_GROUND, made);
		const cascade = String(headers.length);
		const record = await dictionaryByName(item, name);
		const answer = (
			id: string,
			options: typeof bare,
			what: 'created' | 'updated' | 'unchanged',
		) => ({
			success: true,
			id,
			name,
			created: what === 'created',
			changed: what !== 'unchanged',
			levels: headers.length,
			headers,
			optionCount: [...walk(options)].length,
			options,
		});
		if (record === undefined) {
			const id = newUuid();
			await callSevenMoor(item, 'addDictionary', {
				_id: id,
				name,
				cascade,
				headers,
				options: bare,
			});
			return answer(id, bare, 'created');
		}
		const id = String(record._id);
		const known = knownOptions(fields, record.options, 'name');
		const options = optionsFromRows(fields, headers.length, { known, keepOthers }, made);
		const changes = {
			...(isSame(record.headers, headers) ? {} : { cascade, headers }),
			...(isSame(known, options) ? {} : { options }),
		};
		if (Object.keys(changes).length === 0) return answer(id, options, 'unchanged');
		await callSevenMoor(item, 'updateDictionary', { _id: id, ...changes });
		return answer(id, options, 'updated');
	},
};
