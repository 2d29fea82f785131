import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../lib/fields';
import type { Condition } from '../transport/records';

/** How a person says it, and how the vendor's two operators say it; % stands for any text. */
const operators = {
	contains: { name: 'Contains', cp: 'like', pattern: (text: string) => `%${text}%` },
	endsWith: { name: 'Ends With', cp: 'like', pattern: (text: string) => `%${text}` },
	equals: { name: 'Equals', cp: '=', pattern: (text: string) => text },
	matches: { name: 'Matches Pattern', cp: 'like', pattern: (text: string) => text },
	startsWith: { name: 'Starts With', cp: 'like', pattern: (text: string) => `${text}%` },
} as const;

type Operator = keyof typeof operators;
const operatorNames = Object.keys(operators) as Operator[];

const conditionValues: INodeProperties[] = [
	{
		displayName: 'Field',
		name: 'property',
		type: 'string',
		default: '',
		placeholder: 'e.g. billno',
		description: "Kingdee's name of the field",
	},
	{
		displayName: 'Operator',
		name: 'operator',
		type: 'options',
		options: operatorNames.map((value) => ({ name: operators[value].name, value })),
		default: 'equals',
		description: 'In a pattern, % stands for any text',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		description: 'What to compare with, as Kingdee writes it',
	},
];

/** Conditions that Kingdee itself applies. */
export const conditionsField: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	builderHint: {
		propertyHint:
			'Field names are Kingdee names such as billno, billstatus or sourcebillno; only equality and patterns exist, no comparison of dates or numbers',
	},
	description:
		'Which records to get. Use either kind: how Kingdee combines the two with each other is not published.',
	options: [
		{ displayName: 'All of These Hold', name: 'allOf', values: conditionValues },
		{ displayName: 'One of These Holds', name: 'anyOf', values: conditionValues },
	],
};

function conditionIn(row: Fields): Condition {
	const operator = row.choice('operator', operatorNames);
	const { cp, pattern } = operators[operator];
	// An empty value can be asked for; an empty pattern would match everything.
	const text = operator === 'equals' ? (row.optionalText('value') ?? '') : row.text('value');
	return { property: row.text('property').trim(), cp, value: pattern(text) };
}

interface Conditions {
	readonly allOf: Condition[];
	readonly anyOf: Condition[];
}

export function conditionsIn(fields: Fields): Conditions {
	const kind = (name: keyof Conditions) => fields.rows('conditions', name).map(conditionIn);
	return { allOf: kind('allOf'), anyOf: kind('anyOf') };
}

/** The order of a list; the vendor's page shows one example of it (sheet kingdee §3.1.2). */
export const orderByField: INodeProperties = {
	displayName: 'Order By',
	name: 'orderBy',
	type: 'string',
	default: '',
	placeholder: 'e.g. number asc',
	description: 'Field and direction, sent to Kingdee as it is (orderBy)',
};
