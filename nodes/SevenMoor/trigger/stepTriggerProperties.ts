import type { INodeProperties } from 'n8n-workflow';

export const stepTriggerProperties: INodeProperties[] = [
	{
		displayName:
			'7moor pushes only the steps that have an outflow interface. In the 7moor back office, open each step that matters and enter the production URL from above as its outflow interface.',
		name: 'setup',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['stepReached'],
		options: [
			{
				name: 'Step Reached',
				value: 'stepReached',
				description: 'A work order has reached a step that has an outflow interface',
			},
		],
	},
	{
		displayName: 'Secret Path',
		name: 'path',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7moor-Kf83nqLz0vXw52',
		description:
			'Last part of the webhook URL, known to nobody but 7moor. Leave it empty for a random one.',
	},
	{
		displayName: 'Verify Sender By',
		name: 'checks',
		type: 'multiOptions',
		default: [],
		description:
			'What a push has to show besides the path. 7moor does not document that it signs its pushes or adds headers, so send a test push before you rely on it. A push has to pass all that is chosen.',
		options: [
			{
				name: 'Secret Header',
				value: 'secretHeader',
				description: 'A request header has the value of the 7moor Push credential',
			},
			{
				name: 'Sender Address',
				value: 'senderAddress',
				description: 'The push comes from one of the allowed addresses',
			},
			{
				name: 'Signature',
				value: 'signature',
				description:
					"The push carries 7moor's own sig and Authorization, made with the account of the 7moor credential in the last 5 minutes",
			},
		],
	},
	{
		displayName: 'Allowed Addresses',
		name: 'addresses',
		type: 'string',
		required: true,
		displayOptions: { show: { checks: ['senderAddress'] } },
		default: '',
		placeholder: 'e.g. 203.0.113.7, 198.51.100.0/24',
		description:
			'IPv4 addresses and ranges with commas between them. Behind a proxy, n8n sees the real sender only when N8N_PROXY_HOPS is set.',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Action Names',
				name: 'actionNames',
				type: 'string',
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Action' },
				default: [],
				description: 'Only pushes of these actions, each with its whole name',
			},
			{
				displayName: 'Step Names',
				name: 'stepNames',
				type: 'string',
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Step' },
				default: [],
				description: 'Only pushes of these steps, each with its whole name',
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
				displayName: 'Emit Repeated Deliveries',
				name: 'emitRepeated',
				type: 'boolean',
				default: false,
				description:
					'Whether a push with exactly the content of an earlier one is emitted, too. Off, it counts as a repetition.',
			},
		],
	},
];
