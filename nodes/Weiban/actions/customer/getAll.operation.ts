import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../../../../lib/compareTexts';
import { listingFields } from '../../../../lib/listing';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { customerOutput, toCustomer } from '../../customer';
import { spanFields, spanOf } from '../../filters';
import { listedRows } from '../../listing';
import { staffField } from '../../locators';

const filterFields: INodeProperties[] = [
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 13322665599',
	},
	staffField('Staff', 'staffId', 'Only customers of this member of staff', false),
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: 1,
		description: "Sent as type_, as the vendor's table prints it",
		options: [
			{ name: 'WeChat', value: 1 },
			{ name: 'WeCom', value: 2 },
		],
	},
];

/** GET /open-api/external_user/list (sheet weiban §3.10). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many customers',
		description: 'Get a list of customers, filtered by the vendor',
	},
	fields: [
		...listingFields,
		...customerOutput.fields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				...spanFields('Counts the time when Weiban recorded the customer.'),
				...filterFields,
			].sort(byDisplayName),
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Order',
					name: 'order',
					type: 'options',
					default: 'asc',
					description: 'By the time when Weiban recorded the customer',
					options: [
						{ name: 'Newest First', value: 'desc' },
						{ name: 'Oldest First', value: 'asc' },
					],
				},
			],
		},
	],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const shape = shaper(fields, customerOutput, toCustomer);
		const filters = fields.group('filters');
		const filter = {
			staff_id: filters.optionalText('staffId')?.trim(),
			type_: filters.optionalChoice('type', [1, 2] as const),
			phone_number: filters.optionalText('phoneNumber')?.trim(),
			order: fields.group('options').optionalChoice('order', ['asc', 'desc'] as const),
			...spanOf(filters),
		};
		return await listedRows(item, 'customerList', filter, shape);
	},
};
