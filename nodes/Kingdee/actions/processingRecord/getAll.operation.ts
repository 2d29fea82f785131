import { collected, listingFields, wantedCount } from '../../../../lib/listing';
import type { OperationOnItem } from '../../../../lib/operation';
import { outputChoice, shaper } from '../../../../lib/output';
import { PROCESSING_RECORD, PROCESSING_RECORD_FIELDS } from '../../entities';
import { toProcessingRecord, type ProcessingRecord } from '../../processingRecord';
import { listPages, type Condition } from '../../transport/records';
import { conditionsField, conditionsIn, orderByField } from '../conditions';
import { workOrderNumberLocator } from '../locators';

const output = outputChoice(
	[
		'id',
		'number',
		'workOrderNumber',
		'status',
		'startedAt',
		'endedAt',
		'handler',
		'workingHours',
		'progress',
		'note',
	] as const satisfies readonly (keyof ProcessingRecord)[],
	'Ten fields: numbers, state, times with their zone, handler, hours, progress and note',
);

/** POST /weigusoft/wg_cost/loadList of wg_deal_record (sheet kingdee §3.1.2). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many processing records',
		description: 'Get what was recorded about one work order, or about all of them',
	},
	fields: [
		workOrderNumberLocator,
		...listingFields,
		...output.fields,
		conditionsField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [orderByField],
		},
	],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const shape = shaper(fields, output, toProcessingRecord);
		const orderNo = fields.optionalText('orderNo')?.trim();
		const ofOrder: Condition[] =
			orderNo === undefined ? [] : [{ property: 'sourcebillno', cp: '=', value: orderNo }];
		const { allOf, anyOf } = conditionsIn(fields);
		const pages = listPages(item, {
			entityName: PROCESSING_RECORD,
			selectProperties: PROCESSING_RECORD_FIELDS,
			allOf: [...ofOrder, ...allOf],
			anyOf,
			orderBy: fields.group('options').optionalText('orderBy'),
			limit: wantedCount(fields),
		});
		return await collected(pages, shape);
	},
};
