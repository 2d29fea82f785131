import type { Fields } from '../../../../lib/fields';
import { idAsNumber } from '../../../../lib/ids';
import { isJsonObject, type BareInteger } from '../../../../lib/json';
import type { OperationOnItem } from '../../../../lib/operation';
import { toSeconds } from '../../../../lib/time';
import { idOrNull } from '../../../../lib/workOrder';
import {
	attachmentsField,
	readAttachments,
	relatedTicketField,
	ticketTypeOptions,
	ticketTypes,
} from '../../fields';
import { callKingsoft } from '../../transport';

/** On create 1, 2, 3 mean high, medium, low; on read the same numbers mean urgent, high, normal. */
const impacts = [1, 2, 3] as const;

function optionalId(fields: Fields, name: string): BareInteger | undefined {
	const id = fields.optionalIntegerId(name);
	return id && idAsNumber(id);
}

function customersOf(additional: Fields): object[] | undefined {
	const rows = additional.has('customerInfo') ? additional.group('customerInfo') : undefined;
	if (rows === undefined) return undefined;
	return additional.rows('customerInfo', 'customer').map((row) => ({
		attribute: optionalId(row, 'attribute'),
		business_director_id: optionalId(row, 'businessDirectorId'),
		business_director_name: row.optionalText('businessDirectorName'),
		level: optionalId(row, 'level'),
		user_id: idAsNumber(row.integerId('userId')),
	}));
}

/** POST /workorder/api/ticket/create (seed kingsoft). */
export const operation: OperationOnItem = {
	option: {
		name: 'Create',
		action: 'Create a ticket',
		description: 'Open a ticket for a customer',
	},
	fields: [
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			required: true,
		},
		{
			displayName: 'Description',
			name: 'detail',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			default: 1,
			options: ticketTypeOptions,
		},
		{
			displayName: 'Impact',
			name: 'priority',
			type: 'options',
			default: 2,
			options: [
				{ name: 'High', value: 1 },
				{ name: 'Medium', value: 2 },
				{ name: 'Low', value: 3 },
			],
			description:
				'How much the customer is affected (priority). Reading a ticket gives another scale: urgent, high, normal.',
		},
		{
			displayName: 'Reported At',
			name: 'reportedTime',
			type: 'dateTime',
			default: '',
			required: true,
			description:
				"When the customer reported it. Without an offset it is read in the workflow's time zone.",
		},
		{
			displayName: 'Customer ID',
			name: 'customerId',
			type: 'string',
			default: '',
			required: true,
			description: 'ID of the customer organization (customer_organization_id)',
		},
		{
			displayName: 'Customer Name',
			name: 'customerName',
			type: 'string',
			default: '',
			required: true,
			description: 'Name of the customer organization (customer_organization_name)',
		},
		{
			displayName: 'Product Line ID',
			name: 'productId',
			type: 'string',
			default: '',
			required: true,
			description:
				'Product line ID in the product library, or of an own product when Own Product Line is on (repository_product_id)',
		},
		{
			displayName: 'Creator ID',
			name: 'creatorId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 38361',
			description: 'Long employee number of the person who opens the ticket',
		},
		{
			displayName: 'Creator Name',
			name: 'creatorName',
			type: 'string',
			default: '',
			required: true,
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				attachmentsField('attachment', 'Files of the ticket'),
				{
					displayName: 'Customer Accounts',
					name: 'customerInfo',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add Account',
					default: {},
					options: [
						{
							displayName: 'Account',
							name: 'customer',
							values: [
								{
									displayName: 'Account ID',
									name: 'userId',
									type: 'string',
									default: '',
									required: true,
									description: 'Customer account (user_id)',
								},
								{
									displayName: 'Attribute',
									name: 'attribute',
									type: 'string',
									default: '',
								},
								{
									displayName: 'Business Director ID',
									name: 'businessDirectorId',
									type: 'string',
									default: '',
								},
								{
									displayName: 'Business Director Name',
									name: 'businessDirectorName',
									type: 'string',
									default: '',
								},
								{
									displayName: 'Level',
									name: 'level',
									type: 'string',
									default: '',
								},
							],
						},
					],
				},
				{
					displayName: 'Extra Fields (JSON)',
					name: 'extraFields',
					type: 'json',
					default: '{}',
					description:
						"Further members of the vendor's request, sent untouched. Its sample carries some that its table does not list or marks as not supported yet, such as form_values.",
				},
				{
					displayName: 'Needs Processing',
					name: 'needProcess',
					type: 'boolean',
					default: false,
					description: 'Whether the ticket has to flow on (need_process)',
				},
				{
					displayName: 'Own Product Line',
					name: 'ownProductLine',
					type: 'boolean',
					default: false,
					description:
						"Whether Product Line ID is an own product's line instead of one of the product library (whether_product_group_id)",
				},
				relatedTicketField,
				{
					displayName: 'Second Sub-Type ID',
					name: 'secondSubType',
					type: 'string',
					default: '',
					description: "In the vendor's sample, not in its table",
				},
				{
					displayName: 'Share Related Status',
					name: 'useRelateStatus',
					type: 'boolean',
					default: false,
					description:
						'Whether the ticket shares the status of the related ticket (use_relate_status)',
				},
				{
					displayName: 'Sub-Type ID',
					name: 'subType',
					type: 'string',
					default: '',
					description: "In the vendor's sample, not in its table",
				},
				{
					displayName: 'Tag IDs',
					name: 'tagIds',
					type: 'string',
					default: '',
					placeholder: 'e.g. 12, 15',
					description: 'One or more tag IDs, separated by commas',
				},
			],
		},
	],
	run: async (item) => {
		const { fields } = item;
		const additional = fields.group('additionalFields');
		const tags = additional.integerIds('tagIds');
		const { data } = await callKingsoft(item, 'create', {
			body: {
				attachment: readAttachments(additional, 'attachment', false),
				customer_info: customersOf(additional),
				customer_organization_id: idAsNumber(fields.integerId('customerId')),
				customer_organization_name: fields.text('customerName'),
				detail: fields.text('detail'),
				need_process: additional.optionalFlag('needProcess'),
				priority: fields.choice('priority', impacts),
				repository_product_id: idAsNumber(fields.integerId('productId')),
				whether_product_group_id: additional.optionalFlag('ownProductLine'),
				relate_to_ticket_id: optionalId(additional, 'relatedTicketId'),
				reported_time: toSeconds(fields.instant('reportedTime')),
				second_subtype: optionalId(additional, 'secondSubType'),
				sub_type: optionalId(additional, 'subType'),
				tags: tags.length > 0 ? tags.map(idAsNumber) : undefined,
				title: fields.text('title'),
				type: fields.choice('type', ticketTypes),
				use_relate_status: additional.optionalFlag('useRelateStatus'),
				creator_id: idAsNumber(fields.integerId('creatorId')),
				creator_name: fields.text('creatorName'),
				...(additional.has('extraFields') ? additional.jsonObject('extraFields') : {}),
			},
		});
		return { success: true, id: isJsonObject(data) ? idOrNull(data.id) : null };
	},
};
