import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import type { Fields } from '../../../lib/fields';
import { pollSettings, recall, remember } from '../../../lib/polling';
import { toWorkOrder } from '../workOrder';
import { createdEvent, eventNames, type TicketEvent } from './events';
import { ticketFilter } from './filter';
import type { TicketReader } from './listing';
import { nothingSeen, seedWatch, type WatchState } from './memory';
import { ticketReader } from './reader';
import { watch } from './watch';

const SAMPLE_EVENTS = 3;

/** A few recent tickets, for a test by hand. */
export async function sampleEvents(context: IPollFunctions): Promise<TicketEvent[]> {
	const tickets = await ticketReader(context, 'base').sample();
	if (tickets.length === 0) {
		throw new NodeOperationError(context.getNode(), 'Kingsoft Cloud has no tickets yet', {
			description:
				'The credential works. Create a ticket in Kingsoft Cloud and fetch a test event again.',
		});
	}
	const newestFirst = [...tickets].sort((a, b) => Number(b.created_time) - Number(a.created_time));
	return newestFirst.slice(0, SAMPLE_EVENTS).map(createdEvent);
}

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
