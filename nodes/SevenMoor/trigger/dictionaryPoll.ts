import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import type { Fields } from '../../../lib/fields';
import { pollSettings, recall, remember } from '../../../lib/polling';
import { textOrNull } from '../../../lib/workOrder';
import { contains, filterText } from '../../../lib/textFilter';
import { statesOf } from '../transport/states';
import {
	addedEvent,
	changeSample,
	dictionaryEventNames,
	type DictionaryEvent,
	type DictionaryEventName,
} from './dictionaryEvents';
import { dictionaryReader, newestDictionaries } from './dictionaryReader';
import { USUAL_MAX_PAGES } from './dictionaryTriggerProperties';
import { notSeeded, nothingSeen, watchDictionaries, type DictionaryState } from './dictionaryWatch';

const SAMPLE_EVENTS = 3;

function wantedEvents(fields: Fields): ReadonlySet<DictionaryEventName> {
	return new Set(fields.choices('events', dictionaryEventNames));
}

const keywordIn = (fields: Fields) => filterText(fields.group('filters'), 'name');

/** A few recent dictionaries that pass the filter, for a test by hand. */
export async function sampleEvents(
	context: IPollFunctions,
	fields: Fields,
): Promise<DictionaryEvent[]> {
	const wanted = wantedEvents(fields);
	const newest = await newestDictionaries(dictionaryReader(context, fields));
	if (newest.length === 0) {
		throw new NodeOperationError(context.getNode(), '7moor has no work-order dictionaries yet', {
			description: 'The credential works. Add a dictionary in 7moor and fetch a test event again.',
		});
	}
	const keyword = keywordIn(fields);
	const matching = newest.filter(({ name }) => contains(textOrNull(name), keyword));
	if (matching.length === 0) {
		throw new NodeOperationError(context.getNode(), 'No recent dictionary passes the filters', {
			description: 'The credential works. Check the filters, or test without them.',
		});
	}
	return matching
		.slice(0, SAMPLE_EVENTS)
		.map((record) => (wanted.has('dictionaryAdded') ? addedEvent(record) : changeSample(record)));
}

/** Events since the last poll; the memory is written last. */
export async function newEvents(
	context: IPollFunctions,
	fields: Fields,
): Promise<DictionaryEvent[]> {
	const options = fields.group('options');
	const settings = pollSettings(context, options);
	const before = recall<DictionaryState>(context);
	const { events, state } = await watchDictionaries(
		dictionaryReader(context, fields),
		before ?? (settings.emitExisting ? nothingSeen : notSeeded),
		{
			...settings,
			wanted: wantedEvents(fields),
			states: await statesOf({ context }),
			maxPages: options.optionalCount('maxPages', 1) ?? USUAL_MAX_PAGES,
			keyword: keywordIn(fields),
		},
	);
	remember(context, before, state);
	return events;
}
