import { collected, listingFields, wantedCount } from '../../../../lib/listing';
import type { OperationOnItem } from '../../../../lib/operation';
import { listPages } from '../../transport/records';
import { conditionsField, conditionsIn, orderByField } from '../conditions';
import { entityLocator } from '../locators';
import { depthFields, depthIn, fieldNamesField, selectionIn } from '../selection';

/** POST /weigusoft/wg_cost/loadList (sheet kingdee §3.1.2). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many records',
		description: "Get a list of records of any entity, filtered by Kingdee, in Kingdee's own form",
	},
	fields: [
		entityLocator,
		...listingFields,
		fieldNamesField('Which fields to get, those that Kingdee gives unasked where this is empty'),
		conditionsField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [...depthFields, orderByField],
		},
	],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const options = fields.group('options');
		const pages = listPages(item, {
			entityName: fields.text('entity').trim(),
			selectProperties: selectionIn(fields),
			...conditionsIn(fields),
			...depthIn(options),
			orderBy: options.optionalText('orderBy'),
			limit: wantedCount(fields),
		});
		return await collected(pages, (row) => row);
	},
};
