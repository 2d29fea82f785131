import {
	NodeConnectionTypes,
	NodeOperationError,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { asItems } from '../../lib/events';
import type { JsonObject } from '../../lib/json';
import { pollingOptions, pollSettings, recall, remember, unlessUnderWay } from '../../lib/polling';
import { triggerFields } from '../../lib/triggerFields';
import { createdEvent, eventNames, type TicketEvent } from './trigger/events';
import { ticketFilter, ticketFilterFields, type TicketFilter } from './trigger/filter';
import type { TicketReader } from './trigger/listing';
import { nothingSeen, seedWatch, type WatchState } from './trigger/memory';
import { ticketReader } from './trigger/reader';
import { watch } from './trigger/watch';
import { toWorkOrder } from './workOrder';

const SAMPLE_EVENTS = 3;
/** Most tickets that a test by hand reads to see whether they pass the filters. */
const SAMPLE_READS = 10;

/** The full record of each ticket; a ticket that is not shown any more keeps what the list told. */
async function withDetails(reader: TicketReader, events: TicketEvent[]): Promise<TicketEvent[]> {
	const told: TicketEvent[] = [];
	for (const event of events) {
		const record =
			event.raw.assigns === undefined ? await reader.one(event.workOrder.id) : event.raw;
		told.push(
			record === undefined ? event : { ...event, workOrder: toWorkOrder(record), raw: record },
		);
	}
	return told;
}

/** The first of the tickets that pass; a list row may not tell, so its details are read. */
async function passing(
	reader: TicketReader,
	tickets: readonly JsonObject[],
	{ excludes, matches }: TicketFilter,
): Promise<JsonObject[]> {
	const found: JsonObject[] = [];
	let reads = 0;
	for (const row of tickets.filter((ticket) => !excludes(ticket))) {
		if (found.length === SAMPLE_EVENTS) break;
		if (matches(row)) found.push(row);
		else if (++reads <= SAMPLE_READS) {
			const record = await reader.one(String(row.id));
			if (record !== undefined && matches(record)) found.push(record);
		}
	}
	return found;
}

async function sampleEvents(context: IPollFunctions): Promise<TicketEvent[]> {
	const fields = triggerFields(context, properties);
	const filter = ticketFilter(fields.group('filters'));
	const reader = ticketReader(context, 'detail');
	const tickets = await reader.sample();
	const newestFirst = [...tickets].sort((a, b) => Number(b.created_time) - Number(a.created_time));
	const found = await passing(reader, newestFirst, filter);
	if (found.length === 0) {
		const none = tickets.length === 0;
		throw new NodeOperationError(
			context.getNode(),
			none ? 'Kingsoft Cloud has no tickets yet' : 'No recent ticket passes the filters',
			{
				description: none
					? 'The credential works. Create a ticket in Kingsoft Cloud and fetch a test event again.'
					: 'The credential works. Check the filters, or test without them.',
			},
		);
	}
	const events = found.map(createdEvent);
	return fields.flag('includeDetails') ? await withDetails(reader, events) : events;
}

async function newEvents(context: IPollFunctions): Promise<TicketEvent[]> {
	const fields = triggerFields(context, properties);
	const interest = {
		wanted: new Set(fields.choices('events', eventNames)),
		filter: ticketFilter(fields.group('filters')),
	};
	const details = fields.flag('includeDetails');
	// A filter may ask for the handler, which only details tell of a ticket that has left the lists.
	const form = details || interest.filter.key !== '' ? 'detail' : 'base';
	const reader = ticketReader(context, form);
	const settings = pollSettings(context, fields.group('options'));
	const before = recall<WatchState>(context);
	if (before === undefined && !settings.emitExisting) {
		remember(context, before, await seedWatch(reader, interest));
		return [];
	}
	const { events, state } = await watch(reader, before ?? nothingSeen, {
		...settings,
		...interest,
	});
	const told = details ? await withDetails(reader, events) : events;
	remember(context, before, state);
	return told;
}

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
		if (this.getMode() === 'manual') return asItems(await sampleEvents(this));
		return await unlessUnderWay(this, async () => asItems(await newEvents(this)));
	}
}
