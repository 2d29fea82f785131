import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { asItems } from '../../lib/events';
import { pollingOptions, unlessUnderWay } from '../../lib/polling';
import { triggerFields } from '../../lib/triggerFields';
import { ticketFilterFields } from './trigger/filter';
import { newEvents, sampleEvents } from './trigger/poll';

const properties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['created'],
		options: [
			{ name: 'Ticket Cancelled', value: 'cancelled' },
			{ name: 'Ticket Closed', value: 'closed' },
			{ name: 'Ticket Created', value: 'created' },
			{
				name: 'Ticket Status Changed',
				value: 'statusChanged',
				description:
					'Any change of status; closing and cancelling count here only where they are not chosen themselves',
			},
		],
	},
	{
		displayName: 'Include Details',
		name: 'includeDetails',
		type: 'boolean',
		default: false,
		description:
			'Whether to fetch the full record for each event: assignments, history, form, attachments. Costs one request per event.',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description:
			'Only tickets that pass all of them. A ticket that a change brings in counts as created then.',
		options: ticketFilterFields,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: pollingOptions,
	},
];

export class KingsoftCloudTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kingsoft Cloud Trigger',
		name: 'kingsoftCloudTrigger',
		icon: { light: 'file:kingsoftCloud.svg', dark: 'file:kingsoftCloud.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow when tickets are created, change their status, are closed or cancelled',
		builderHint: {
			searchHint:
				'Starts on tickets (工单) of Kingsoft Cloud 金山云 that are created, change their status, are closed or cancelled. Polls.',
		},
		defaults: { name: 'Kingsoft Cloud Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kingsoftCloudApi', required: true }],
		properties,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const fields = triggerFields(this, properties);
		if (this.getMode() === 'manual') return asItems(await sampleEvents(this, fields));
		return await unlessUnderWay(this, async () => asItems(await newEvents(this, fields)));
	}
}
