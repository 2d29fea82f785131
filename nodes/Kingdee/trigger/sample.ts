import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import type { JsonObject } from '../../../lib/json';
import { firstText, textOrNull } from '../../../lib/workOrder';
import { createdEvent, recordEvent, statusEvent, withDetails, type OrderEvent } from './events';
import type { WatchOptions } from './memory';
import { oldestFirst } from './newest';
import type { OrderReader } from './reader';
import { arriveAt, letterOf, notSeen } from './track';

const SAMPLES = 3;

type SampleOptions = Pick<WatchOptions, 'wanted' | 'filter' | 'includeDetails'>;

async function newestOf(pages: AsyncIterable<JsonObject[]>): Promise<JsonObject[]> {
	for await (const page of pages) return [...page].sort(oldestFirst).reverse();
	return [];
}

/** What an order would look like as an event that the person has chosen. */
function sampleOf(order: JsonObject, { wanted }: SampleOptions): OrderEvent {
	const arrival = arriveAt(notSeen, letterOf(textOrNull(order.billstatus)));
	const status = wanted.has('created') ? undefined : statusEvent(order, arrival, wanted);
	return status ?? createdEvent(order);
}

async function recordSamples(
	reader: OrderReader,
	{ filter }: SampleOptions,
): Promise<OrderEvent[]> {
	const events: OrderEvent[] = [];
	for (const record of await newestOf(reader.records())) {
		const number = firstText(record, ['sourcebillno', 'feedbackno']);
		const order = number === null ? undefined : await reader.numbered(number);
		if (order !== undefined && filter.matches(order)) events.push(recordEvent(record, order));
		if (events.length === SAMPLES) break;
	}
	return events;
}

function isOnlyRecords({ wanted }: SampleOptions): boolean {
	return wanted.size === 1 && wanted.has('processingRecordAdded');
}

function empty(context: IPollFunctions, { filter }: SampleOptions, what: string) {
	return filter.key === ''
		? new NodeOperationError(context.getNode(), `Kingdee shows no ${what} yet`, {
				description: `The credential works, but its user sees no ${what}. Create one in Kingdee and fetch a test event again.`,
			})
		: new NodeOperationError(context.getNode(), `None of the newest ${what} passes the filters`, {
				description: 'The credential works. Widen the filters under Options to see a test event.',
			});
}

/** A few recent orders, or records where only these are chosen, as a manual test shows them. */
export async function samplesFrom(
	context: IPollFunctions,
	reader: OrderReader,
	options: SampleOptions,
): Promise<OrderEvent[]> {
	const samples = isOnlyRecords(options)
		? await recordSamples(reader, options)
		: (await newestOf(reader.orders()))
				.filter(options.filter.matches)
				.slice(0, SAMPLES)
				.map((order) => sampleOf(order, options));
	if (samples.length === 0) {
		throw empty(context, options, isOnlyRecords(options) ? 'processing records' : 'work orders');
	}
	if (!options.includeDetails) return samples;
	const events: OrderEvent[] = [];
	for (const event of samples) {
		const details = await reader.details(event.workOrder.id);
		events.push(details === undefined ? event : withDetails(event, details));
	}
	return events;
}
