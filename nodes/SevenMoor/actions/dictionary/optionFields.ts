import type { INodeProperties } from 'n8n-workflow';

/** Ways to give options; each says for which values of `optionsAs` a field is shown. */
const ROWS = ['rows', 'addRows', 'replaceRows'];
const JSON_TREE = ['json'];

/** What stands between the names of a path that is one text. */
export const separatorField: INodeProperties = {
	displayName: 'Separator',
	name: 'separator',
	type: 'string',
	default: '/',
	description:
		'What stands between the names in a row. Choose another one where names contain it. Tabs always separate.',
};

/** State of an option that is made; which state 7moor takes for enabled is a setting of the credential. */
export const newStateField: INodeProperties = {
	displayName: 'State of New Options',
	name: 'state',
	type: 'options',
	options: [
		{ name: 'Disabled', value: 'disabled' },
		{ name: 'Enabled', value: 'enabled' },
	],
	default: 'enabled',
	description:
		"Whether agents can choose the options that are made or have no state in the JSON. 7moor's documents contradict each other on which state means enabled: the credential says it (Enabled State).",
};

/** The fields that give the options of a dictionary, shown by the choice in `optionsAs`. */
export const optionFields: INodeProperties[] = [
	{
		displayName: 'Option Rows',
		name: 'optionRows',
		type: 'string',
		typeOptions: { rows: 6 },
		displayOptions: { show: { optionsAs: ROWS } },
		default: '',
		required: true,
		placeholder: 'e.g. Hardware / Printer / Paper jam',
		description:
			'One option per line with the names of all its levels. Levels above it are made when they are missing, and a line given twice counts once. Rows copied from a spreadsheet work too. An expression may give a list of such lines or of lists of names, such as the paths that Get returns.',
	},
	{ ...separatorField, displayOptions: { show: { optionsAs: ROWS } } },
	{
		displayName: 'Options (JSON)',
		name: 'optionsJson',
		type: 'json',
		typeOptions: { rows: 8 },
		displayOptions: { show: { optionsAs: JSON_TREE } },
		default: '[]',
		description:
			'The whole tree as 7moor writes it: a list of objects with name, key, state and options. An option without a key counts as new and gets one, so on an update keep the key of every existing option. Keys are standard UUIDs; the level that 7moor returns is left out.',
	},
	{ ...newStateField, displayOptions: { show: { optionsAs: [...ROWS, ...JSON_TREE] } } },
];

/** Titles of the levels (headers); their number is the number of levels (cascade). */
export const headersField: INodeProperties = {
	displayName: 'Level Titles',
	name: 'headers',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Level' },
	default: [],
	placeholder: 'e.g. Device',
	description:
		'One title per level, from the first level down. Their number is the number of levels.',
};
