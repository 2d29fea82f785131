import type { OperationOnItem } from '../../../../lib/operation';
import { readRecord } from '../../transport/records';
import { entityLocator, recordLocator } from '../locators';
import { depthFields, depthIn, fieldNamesField, selectionIn } from '../selection';

/** POST /weigusoft/wg_cost/loadData (sheet kingdee §3.1.2). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get',
		action: 'Get a record',
		description: "Get one record of any entity, in Kingdee's own form",
	},
	fields: [
		entityLocator,
		recordLocator,
		fieldNamesField('Which fields to get, all where this is empty'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: depthFields,
		},
	],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const record = await readRecord(item, {
			entityName: fields.text('entity').trim(),
			id: fields.integerId('recordId'),
			selectProperties: selectionIn(fields),
			...depthIn(fields.group('options')),
		});
		return (
			record ??
			fields.refuse(
				'recordId',
				`has no record in Kingdee: "${fields.integerId('recordId')}"`,
				'Check the entity and the ID.',
			)
		);
	},
};
