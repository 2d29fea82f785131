import {
	NodeConnectionTypes,
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { createdEvent, type EventName, type TicketEvent } from './trigger/events';
import { ticketReader } from './trigger/reader';
import { seedWatch, watch, type WatchState } from './trigger/watch';

const SAMPLE_EVENTS = 3;
/** Part of the time n8n grants a poll; the rest is for handing the events on. */
const USABLE_BUDGET = 0.7;

function asItems(events: TicketEvent[]): INodeExecutionData[][] | null {
	if (events.length === 0) return null;
	return [events.map((event) => ({ json: event as unknown as IDataObject }))];
}

function deadline(context: IPollFunctions): () => boolean {
	// Older n8n versions grant no budget.
	const budget =
		typeof context.getPollBudgetMs === 'function' ? context.getPollBudgetMs() : 300_000;
	const end = Date.now() + budget * USABLE_BUDGET;
	return () => Date.now() < end;
}

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
				options: [
					{
						displayName: 'Also Emit Existing',
						name: 'emitExisting',
						type: 'boolean',
						default: false,
						description:
							'Whether the tickets that exist when the workflow is activated are emitted as created, too',
					},
					{
						displayName: 'Max Events per Poll',
						name: 'maxEvents',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 100,
						description: 'The rest comes with the next poll, oldest first',
					},
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		if (this.getMode() === 'manual') return asItems(await sampleEvents(this));

		const wanted = new Set(this.getNodeParameter('events') as EventName[]);
		const options = this.getNodeParameter('options', {}) as IDataObject;
		const reader = ticketReader(this);
		const memory = this.getWorkflowStaticData('node') as { watch?: WatchState };
		if (memory.watch === undefined && options.emitExisting !== true) {
			memory.watch = await seedWatch(reader, wanted);
			return null;
		}
		const before = memory.watch ?? { watermark: 0, recent: {}, open: {}, unreadable: {} };
		const { events, state } = await watch(reader, before, {
			wanted,
			cap: Number(options.maxEvents ?? 100),
			hasTime: deadline(this),
		});
		// Last, and only where something changed: n8n saves the memory whenever it was touched.
		if (JSON.stringify(state) !== JSON.stringify(before)) memory.watch = state;
		return asItems(events);
	}
}
