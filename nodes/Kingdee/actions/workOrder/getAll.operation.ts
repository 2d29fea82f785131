import type { Fields } from '../../../../lib/fields';
import { collected, listingFields, wantedCount } from '../../../../lib/listing';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper, workOrderOutput } from '../../../../lib/output';
import { WORK_ORDER, WORK_ORDER_FIELDS } from '../../entities';
import { listPages, type Condition } from '../../transport/records';
import { statusOptions, toWorkOrder } from '../../workOrder';
import { conditionsField, conditionsIn, orderByField } from '../conditions';

/** Conditions of the filters that the form names; all of them hold together. */
function filtersIn(filters: Fields): Condition[] {
	const like = (name: string, property: string): Condition[] => {
		const text = filters.optionalText(name);
		return text === undefined ? [] : [{ property, cp: 'like', value: `%${text.trim()}%` }];
	};
	const status = filters.optionalChoice(
		'status',
		statusOptions.map(({ value }) => value),
	);
	return [
		...(status === undefined ? [] : [{ property: 'billstatus', cp: '=' as const, value: status }]),
		...like('number', 'billno'),
		...like('problem', 'promble'),
	];
}

/** POST /weigusoft/wg_cost/loadList (sheet kingdee §3.1.2). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many work orders',
		description: 'Get a list of service work orders, filtered by Kingdee, without their sub-tables',
	},
	fields: [
		...listingFields,
		...workOrderOutput.fields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Number Contains',
					name: 'number',
					type: 'string',
					default: '',
					placeholder: 'e.g. fwgs-20250605',
					description: 'A part of the number (billno)',
				},
				{
					displayName: 'Problem Contains',
					name: 'problem',
					type: 'string',
					default: '',
					description: 'A part of the problem (promble)',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: statusOptions,
					default: 'C',
					description: 'The state of the order (billstatus)',
				},
			],
		},
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
		const shape = shaper(fields, workOrderOutput, toWorkOrder);
		const { allOf, anyOf } = conditionsIn(fields);
		const pages = listPages(item, {
			entityName: WORK_ORDER,
			selectProperties: WORK_ORDER_FIELDS,
			allOf: [...filtersIn(fields.group('filters')), ...allOf],
			anyOf,
			orderBy: fields.group('options').optionalText('orderBy'),
			limit: wantedCount(fields),
		});
		return await collected(pages, shape);
	},
};
