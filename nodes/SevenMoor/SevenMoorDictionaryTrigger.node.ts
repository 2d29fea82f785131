import {
	NodeConnectionTypes,
	NodeOperationError,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { asItems } from '../../lib/events';
import type { Fields } from '../../lib/fields';
import { pollSettings, recall, remember, unlessUnderWay } from '../../lib/polling';
import { triggerFields } from '../../lib/triggerFields';
import { textOrNull } from '../../lib/workOrder';
import { contains, filterText } from '../../lib/workOrderFilter';
import { statesOf } from './transport/states';
import {
	addedEvent,
	changeSample,
	dictionaryEventNames,
	type DictionaryEvent,
	type DictionaryEventName,
} from './trigger/dictionaryEvents';
import { dictionaryReader, newestDictionaries } from './trigger/dictionaryReader';
import {
	dictionaryTriggerProperties,
	USUAL_MAX_PAGES,
} from './trigger/dictionaryTriggerProperties';
import {
	notSeeded,
	nothingSeen,
	watchDictionaries,
	type DictionaryState,
} from './trigger/dictionaryWatch';

const SAMPLE_EVENTS = 3;

const keywordIn = (fields: Fields) => filterText(fields.group('filters'), 'name');

async function sampleEvents(
	context: IPollFunctions,
	fields: Fields,
	wanted: ReadonlySet<DictionaryEventName>,
): Promise<DictionaryEvent[]> {
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

async function newEvents(
	context: IPollFunctions,
	fields: Fields,
	wanted: ReadonlySet<DictionaryEventName>,
): Promise<DictionaryEvent[]> {
	const options = fields.group('options');
	const settings = pollSettings(context, options);
	const before = recall<DictionaryState>(context);
	const { events, state } = await watchDictionaries(
		dictionaryReader(context, fields),
		before ?? (settings.emitExisting ? nothingSeen : notSeeded),
		{
			...settings,
			wanted,
			states: await statesOf({ context }),
			maxPages: options.has('maxPages') ? options.count('maxPages', 1) : USUAL_MAX_PAGES,
			keyword: keywordIn(fields),
		},
	);
	remember(context, before, state);
	return events;
}

export class SevenMoorDictionaryTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '7moor Dictionary Trigger',
		name: 'sevenMoorDictionaryTrigger',
		icon: { light: 'file:sevenMoor.svg', dark: 'file:sevenMoor.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when work-order dictionaries are added or change',
		builderHint: {
			searchHint:
				'Starts when work-order dictionaries (工单字典) of 7moor 容联七陌 are added or change. Polls.',
		},
		defaults: { name: '7moor Dictionary Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sevenMoorApi', required: true }],
		properties: dictionaryTriggerProperties,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const fields = triggerFields(this, dictionaryTriggerProperties);
		const wanted = new Set(fields.choices('events', dictionaryEventNames));
		if (this.getMode() === 'manual') return asItems(await sampleEvents(this, fields, wanted));
		return await unlessUnderWay(this, async () => asItems(await newEvents(this, fields, wanted)));
	}
}
