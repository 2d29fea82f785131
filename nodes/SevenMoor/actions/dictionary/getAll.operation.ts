import { listingFields, wantedCount } from '../../../../lib/listing';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { toDictionary } from '../../dictionary';
import { dictionaries, USUAL_PAGE_SIZE } from '../../transport/dictionaries';
import { dictionaryOutput } from './output';

/** POST /v20210827/business/queryDictionary (seed 7moor). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many dictionaries',
		description: 'Get the work-order dictionaries of the account',
	},
	fields: [
		...listingFields,
		...dictionaryOutput.fields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description:
						'The name to look for. Whether a part of it is enough is up to 7moor, which does not say.',
				},
			],
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Page Size',
					name: 'pageSize',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: USUAL_PAGE_SIZE,
					description:
						'Dictionaries per call. 7moor allows 20 calls a minute and does not say how large a page may be.',
				},
			],
		},
	],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const shape = shaper(fields, dictionaryOutput, toDictionary);
		const most = wantedCount(fields);
		const name = fields.group('filters').optionalText('name')?.trim();
		const pageSize = fields.group('options').optionalCount('pageSize', 1);
		const found: object[] = [];
		for await (const record of dictionaries(item, { name }, most, pageSize)) {
			found.push(shape(record));
		}
		return found;
	},
};
