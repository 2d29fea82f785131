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
import { includeDetailsField } from './trigger/details';
import { filtersField } from './trigger/filters';
import { newEvents, sampleEvents, USUAL_FOLLOW_DAYS } from './trigger/poll';

const followDaysField: INodeProperties = {
	displayName: 'Follow Changes for (Days)',
	name: 'followDays',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: USUAL_FOLLOW_DAYS,
	description:
		'How long after its creation a work order is watched for changes. Each poll reads the work orders of that time, 100 per request.',
};

const properties: INodeProperties[] = [
	{
		displayName:
			"Weiban's list shows neither comments nor which status means closed. Use Weiban Trigger for those, if Weiban can reach this n8n.",
		name: 'limitsNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['created'],
		options: [
			{
				name: 'Work Order Changed Otherwise',
				value: 'other',
				description:
					'Any other change, such as of the status; a hand-over counts here only where it is not chosen itself',
			},
			{ name: 'Work Order Created', value: 'created' },
			{ name: 'Work Order Handed Over', value: 'handedOver' },
		],
	},
	includeDetailsField,
	filtersField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...pollingOptions, followDaysField].sort(byDisplayName),
	},
];

export class WeibanPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Weiban Polling Trigger',
		name: 'weibanPollingTrigger',
		icon: { light: 'file:weiban.svg', dark: 'file:weiban.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow when work orders are created, handed over or changed, where Weiban cannot reach n8n to push',
		builderHint: {
			searchHint:
				'Starts on work orders (工单) of Weiban 微伴助手 that are created or handed over, for those who cannot set a callback up. Polls.',
		},
		defaults: { name: 'Weiban Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'weibanApi', required: true }],
		properties,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const fields = triggerFields(this, properties);
		if (this.getMode() === 'manual') return asItems(await sampleEvents(this, fields));
		return await unlessUnderWay(this, async () => asItems(await newEvents(this, fields)));
	}
}
