import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../../../lib/compareTexts';
import { pollingOptions } from '../../../lib/polling';
import { USUAL_PAGE_SIZE } from '../transport/dictionaries';
import { MOST_CALLS_PER_MINUTE, USUAL_CALLS_PER_MINUTE } from './dictionaryReader';

export const USUAL_MAX_PAGES = 10;

const readingOptions: INodeProperties[] = [
	{
		displayName: 'Calls per Minute',
		name: 'callsPerMinute',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MOST_CALLS_PER_MINUTE },
		default: USUAL_CALLS_PER_MINUTE,
		description:
			'How fast one poll asks for page after page. 7moor allows 20 calls a minute to all workflows together.',
	},
	{
		displayName: 'Max Pages per Poll',
		name: 'maxPages',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: USUAL_MAX_PAGES,
		description: 'The next poll goes on with the page after the last one',
	},
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: USUAL_PAGE_SIZE,
		description: 'Dictionaries per call. 7moor does not say how large a page may be.',
	},
];

export const dictionaryTriggerProperties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['dictionaryAdded', 'dictionaryChanged'],
		options: [
			{ name: 'Dictionary Added', value: 'dictionaryAdded' },
			{
				name: 'Dictionary Changed',
				value: 'dictionaryChanged',
				description:
					'Its name, its level titles or its options: added, renamed, enabled, disabled, moved or removed',
			},
		],
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Name Contains',
				name: 'name',
				type: 'string',
				default: '',
				description:
					'Only dictionaries with this in their name, before or after a change; upper and lower case count as the same',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...pollingOptions, ...readingOptions].sort(byDisplayName),
	},
];
