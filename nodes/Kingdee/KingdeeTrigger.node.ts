import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { byDisplayName } from '../../lib/compareTexts';
import { asItems } from '../../lib/events';
import { pollingOptions, unlessUnderWay } from '../../lib/polling';
import { triggerFields } from '../../lib/triggerFields';
import { newEvents, NEWEST_FIRST, sampleEvents } from './trigger/poll';

const ownOptions: INodeProperties[] = [
	{
		displayName: 'Assignee Contains',
		name: 'assignee',
		type: 'string',
		default: '',
		description: 'Only orders whose handler has this in the name (dealman)',
	},
	{
		displayName: 'Customer Contains',
		name: 'customer',
		type: 'string',
		default: '',
		description: 'Only orders whose customer has this in the name (servicecustomer)',
	},
	{
		displayName: 'Include Details',
		name: 'includeDetails',
		type: 'boolean',
		default: false,
		description: 'Whether to fetch the full record of the order, at one request for each event',
	},
	{
		displayName: 'Keyword',
		name: 'keyword',
		type: 'string',
		default: '',
		description: 'Only orders with this in their number or problem (billno, promble)',
	},
	{
		displayName: 'Order By',
		name: 'orderBy',
		type: 'string',
		default: NEWEST_FIRST,
		description:
			'How to ask Kingdee for its lists. Newest first saves requests; should Kingdee refuse it, clear the field: everything is found all the same.',
	},
];

const properties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['created'],
		options: [
			{
				name: 'Processing Record Added',
				value: 'processingRecordAdded',
				description: 'Somebody recorded work on an order',
			},
			{ name: 'Work Order Cannot Be Handled', value: 'cannotBeHandled' },
			{ name: 'Work Order Created', value: 'created' },
			{ name: 'Work Order Done', value: 'done' },
			{
				name: 'Work Order Status Changed',
				value: 'statusChanged',
				description:
					'Any change of status; done and cannot be handled count here only where they are not chosen themselves',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...pollingOptions, ...ownOptions].sort(byDisplayName),
	},
];

export class KingdeeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kingdee Trigger',
		name: 'kingdeeTrigger',
		icon: { light: 'file:kingdee.svg', dark: 'file:kingdee.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when service work orders are created, change or are done',
		builderHint: {
			searchHint:
				'Starts on field-service work orders (服务工单) of Kingdee 为谷 that are created, change or are done. Polls.',
		},
		defaults: { name: 'Kingdee Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kingdeeApi', required: true }],
		properties,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const fields = triggerFields(this, properties);
		if (this.getMode() === 'manual') return asItems(await sampleEvents(this, fields));
		return await unlessUnderWay(this, async () => asItems(await newEvents(this, fields)));
	}
}
