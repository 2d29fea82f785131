import type { Fields } from '../../../../lib/fields';
import { collected, listingFields, wantedCount } from '../../../../lib/listing';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper, workOrderOutput } from '../../../../lib/output';
import { toSeconds, type EpochMs } from '../../../../lib/time';
import { idNumbers, optionalIdNumber, ticketTypeOptions, ticketTypes } from '../../fields';
import { ticketPages, USUAL_PAGE_SIZE } from '../../transport/ticketPages';
import { toWorkOrder } from '../../workOrder';

const seconds = (instant: EpochMs | undefined) => instant && toSeconds(instant);

/** Filters that are not set are left out: whether 0 means "any" is unknown (sheet kingsoft §3.1). */
function filterOf(filters: Fields): object {
	const start = filters.optionalInstant('createdStart');
	const end = filters.optionalInstant('createdEnd');
	if (start !== undefined && end !== undefined && end < start) {
		filters.refuse('createdEnd', 'is before Created After', 'Exchange the two.');
	}
	return {
		created_end: seconds(end),
		created_start: seconds(start),
		creator_id: optionalIdNumber(filters, 'creatorId'),
		customer_organization_name: filters.optionalText('customerName'),
		product_group_id: idNumbers(filters, 'productGroupIds'),
		type: filters.optionalChoice('type', ticketTypes),
		status: filters.optionalChoice('status', [1, 2, 3, 4] as const),
		sub_type: optionalIdNumber(filters, 'subType'),
		second_subtype: optionalIdNumber(filters, 'secondSubType'),
	};
}

/** POST /workorder/api/ticket/list_tickets (seed kingsoft). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many tickets',
		description: 'Get a list of tickets, filtered by the vendor',
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
					displayName: 'Created After',
					name: 'createdStart',
					type: 'dateTime',
					default: '',
					description:
						"Earliest creation. Without an offset it is read in the workflow's time zone.",
				},
				{
					displayName: 'Created Before',
					name: 'createdEnd',
					type: 'dateTime',
					default: '',
					description: "Latest creation. Without an offset it is read in the workflow's time zone.",
				},
				{
					displayName: 'Creator ID',
					name: 'creatorId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 38361',
					description: 'Long employee number of the person who opened the ticket',
				},
				{
					displayName: 'Customer Name',
					name: 'customerName',
					type: 'string',
					default: '',
					description:
						'Name of the customer organization. The vendor does not say whether a part of it is enough.',
				},
				{
					displayName: 'Product Line IDs',
					name: 'productGroupIds',
					type: 'string',
					default: '',
					placeholder: 'e.g. 36, 41',
					description: 'One or more product line IDs, separated by commas',
				},
				{
					displayName: 'Second Sub-Type ID',
					name: 'secondSubType',
					type: 'string',
					default: '',
					description: 'ID of the second-level sub-type',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					default: 1,
					options: [
						{ name: 'Cancelled', value: 4 },
						{ name: 'Closed', value: 3 },
						{ name: 'In Progress', value: 2 },
						{ name: 'Waiting', value: 1 },
					],
				},
				{
					displayName: 'Sub-Type ID',
					name: 'subType',
					type: 'string',
					default: '',
					description: 'ID of the sub-type',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					default: 1,
					options: ticketTypeOptions,
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
					description: 'Tickets per request. The vendor does not publish a maximum.',
				},
			],
		},
	],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const shape = shaper(fields, workOrderOutput, toWorkOrder);
		const pages = ticketPages(item, filterOf(fields.group('filters')), {
			limit: wantedCount(fields),
			pageSize: fields.group('options').optionalCount('pageSize', 1),
		});
		return await collected(pages, shape);
	},
};
