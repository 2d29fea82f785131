import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import type { Fields } from '../../../lib/fields';
import type { JsonObject } from '../../../lib/json';
import { pollSettings, recall, remember } from '../../../lib/polling';
import { toWorkOrder } from '../workOrder';
import { createdEvent, eventNames, type TicketEvent } from './events';
import { ticketFilter, type TicketFilter } from './filter';
import type { TicketReader } from './listing';
import { nothingSeen, seedWatch, type WatchState } from './memory';
import { ticketReader } from './reader';
import { watch } from './watch';

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

/** A few recent tickets that pass the filters, for a test by hand. */
export async function sampleEvents(
	context: IPollFunctions,
	fields: Fields,
): Promise<TicketEvent[]> {
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

/** Events since the last poll; the memory is written last. */
export async function newEvents(context: IPollFunctions, fields: Fields): Promise<TicketEvent[]> {
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
