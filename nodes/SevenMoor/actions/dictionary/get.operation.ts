import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { toDictionary } from '../../dictionary';
import { dictionaryById, dictionaryByName } from '../../transport/dictionaries';
import { dictionaryOutput } from './output';

/** POST /v20210827/business/queryDictionary (seed 7moor). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get',
		action: 'Get a dictionary',
		description: 'Get one work-order dictionary with its level titles and options',
	},
	fields: [
		{
			displayName: 'Find By',
			name: 'findBy',
			type: 'options',
			options: [
				{ name: 'ID', value: 'id' },
				{ name: 'Name', value: 'name' },
			],
			default: 'id',
			description: 'What you know of the dictionary',
		},
		{
			displayName: 'Dictionary ID',
			name: 'dictionaryId',
			type: 'string',
			displayOptions: { show: { findBy: ['id'] } },
			default: '',
			required: true,
			placeholder: 'e.g. 75cf1273-042e-a83d-8118-ddfb50af4ac1',
			description: 'The ID (_id) of the dictionary, a standard UUID',
		},
		{
			displayName: 'Dictionary Name',
			name: 'dictionaryName',
			type: 'string',
			displayOptions: { show: { findBy: ['name'] } },
			default: '',
			required: true,
			description: 'The whole name of the dictionary; no two dictionaries have the same',
		},
		...dictionaryOutput.fields,
	],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const shape = shaper(fields, dictionaryOutput, toDictionary);
		const byName = fields.choice('findBy', ['id', 'name'] as const) === 'name';
		const field = byName ? 'dictionaryName' : 'dictionaryId';
		const wanted = byName ? fields.text(field).trim() : fields.uuid(field);
		const record = await (byName ? dictionaryByName : dictionaryById)(item, wanted);
		if (record === undefined) {
			return fields.refuse(
				field,
				`has no dictionary in 7moor: "${wanted}"`,
				'Check it; Get Many lists the dictionaries of the account.',
			);
		}
		return shape(record);
	},
};
