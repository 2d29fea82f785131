import {
	NodeConnectionTypes,
	NodeOperationError,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { asItems } from '../../lib/events';
import { pollingOptions, pollSettings, recall, remember } from '../../lib/polling';
import { createdEvent, type EventName, type TicketEvent } from './trigger/events';
import { ticketReader } from './trigger/reader';
import { nothingSeen, seedWatch, watch, type WatchState } from './trigger/watch';

const SAMPLE_EVENTS = 3;
async function sampleEvents(context: IPollFunctions): Promise<TicketEvent[]> {
	const tickets = await ticketReader(context).sample();
	if (tickets.length === 0) {
		throw new NodeOperationError(context.getNode(), 'Kingsoft Cloud has no tickets yet', {
			description:
				'The credential works. Create a ticket in Kingsoft Cloud and fetch a test event again.',
		});
	}
	const newestFirst = [...tickets].sort((a, b) => Number(b.created_time) - Number(a.created_time));
	return newestFirst.slice(0, SAMPLE_EVENTS).map(createdEvent);
}

export class KingsoftCloudTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kingsoft Cloud Trigger',
		name: 'kingsoftCloudTrigger',
		icon: { light: 'file:kingsoftCloud.svg', dark: 'file:kingsoftCloud.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when tickets are opened, change or are closed',
		defaults: { name: 'Kingsoft Cloud Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kingsoftCloudApi', required: true }],
		properties: [
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
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: pollingOptions,
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		if (this.getMode() === 'manual') return asItems(await sampleEvents(this));

		const wanted = new Set(this.getNodeParameter('events') as EventName[]);
		const settings = pollSettings(this);
		const reader = ticketReader(this);
		const before = recall<WatchState>(this);
		if (before === undefined && !settings.emitExisting) {
			remember(this, before, await seedWatch(reader, wanted));
			return null;
		}
		const { events, state } = await watch(reader, before ?? nothingSeen, { ...settings, wanted });
		remember(this, before, state);
		return asItems(events);
	}
}
