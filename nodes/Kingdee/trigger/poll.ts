import type { IPollFunctions } from 'n8n-workflow';

import type { Fields } from '../../../lib/fields';
import { pollSettings, recall, remember, type PollSettings } from '../../../lib/polling';
import { eventNames, type OrderEvent } from './events';
import { orderFilter } from './filter';
import { nothingSeen, seedWatch, type WatchOptions, type WatchState } from './memory';
import { orderReader } from './reader';
import { samplesFrom } from './sample';
import { watch } from './watch';

/** Only `number asc` is documented (sheet kingdee §3.1.2); nothing but the number of requests depends on it. */
export const NEWEST_FIRST = 'billno desc';

/** What a poll asks with, and for what. */
function prepared(context: IPollFunctions, fields: Fields) {
	const options = fields.group('options');
	const settings: WatchOptions & PollSettings = {
		...pollSettings(context, options),
		wanted: new Set(fields.choices('events', eventNames)),
		filter: orderFilter({
			customer: options.optionalText('customer'),
			assignee: options.optionalText('assignee'),
			keyword: options.optionalText('keyword'),
		}),
		includeDetails: options.flag('includeDetails'),
	};
	const isAdded = options.raw('orderBy') !== undefined;
	const orderBy = isAdded ? (options.optionalText('orderBy')?.trim() ?? '') : NEWEST_FIRST;
	return { reader: orderReader(context, orderBy), settings };
}

/** A few recent orders or records, for a test by hand. */
export async function sampleEvents(context: IPollFunctions, fields: Fields): Promise<OrderEvent[]> {
	const { reader, settings } = prepared(context, fields);
	return await samplesFrom(context, reader, settings);
}

/** Events since the last poll; the memory is written last. */
export async function newEvents(context: IPollFunctions, fields: Fields): Promise<OrderEvent[]> {
	const { reader, settings } = prepared(context, fields);
	const before = recall<WatchState>(context);
	if (before === undefined && !settings.emitExisting) {
		remember(context, before, await seedWatch(reader, settings));
		return [];
	}
	const { events, state } = await watch(reader, before ?? nothingSeen(settings), settings);
	remember(context, before, state);
	return events;
}
