import type { Fields } from '../../../../lib/fields';
import { listingFields } from '../../../../lib/listing';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper, workOrderOutput } from '../../../../lib/output';
import { spanFields, spanOf } from '../../filters';
import { listedRows } from '../../listing';
import { toWorkOrder } from '../../workOrder';

/** The span takes effect only when both ends are given (sheet weiban §3.2). */
function filterOf(filters: Fields): object {
	const hasStart = filters.has('startTime');
	if (hasStart !== filters.has('endTime')) {
		return filters.refuse(
			hasStart ? 'endTime' : 'startTime',
			'is empty',
			'Weiban heeds Start Time and End Time only together. Enter both or neither.',
		);
	}
	return { title: filters.optionalText('title')?.trim(), ...spanOf(filters) };
}

/** GET /open-api/workorder/list (sheet weiban §3.2), 100 rows a request. */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many work orders',
		description: 'Get a list of work orders, filtered by title or time',
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
				...spanFields(
					'Only together with the other end. Weiban does not say whether the time of creation or of change counts.',
				),
				{
					displayName: 'Title',
					name: 'title',
					type: 'string',
					default: '',
					description:
						'Title to search for. Weiban does not say whether it has to be the whole title.',
				},
			],
		},
	],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const shape = shaper(fields, workOrderOutput, toWorkOrder);
		return await listedRows(item, 'workOrderList', filterOf(fields.group('filters')), shape);
	},
};
