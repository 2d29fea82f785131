import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Party, WorkOrder } from './workOrder';

/** Filters that every trigger of work orders can offer, to stand in its Filters collection. */
export const workOrderFilterFields: INodeProperties[] = [
	{
		displayName: 'Assignee',
		name: 'assignee',
		type: 'string',
		default: '',
		description: 'The exact ID of the assignee, or a part of the name',
	},
	{
		displayName: 'Customer',
		name: 'customer',
		type: 'string',
		default: '',
		description: 'The exact ID of the customer, or a part of the name',
	},
	{
		displayName: 'Keyword',
		name: 'keyword',
		type: 'string',
		default: '',
		description: 'Text that the number, the title or the description contains',
	},
	{
		displayName: 'Priorities',
		name: 'priorities',
		type: 'multiOptions',
		default: [],
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Normal', value: 'normal' },
			{ name: 'Urgent', value: 'urgent' },
		],
	},
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		default: [],
		options: [
			{ name: 'Cancelled', value: 'cancelled' },
			{ name: 'Closed', value: 'closed' },
			{ name: 'In Progress', value: 'inProgress' },
			{ name: 'Open', value: 'open' },
			{ name: 'Resolved', value: 'resolved' },
			{ name: 'Unknown', value: 'unknown' },
		],
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'string',
		default: '',
		description: 'Text that the type or template of the work order contains',
	},
];

type Test = (order: WorkOrder) => boolean;

/** Whether a text contains another one, whatever the case; an empty part is contained in every text. */
export function contains(text: string | null, part: string): boolean {
	return part === '' || (text ?? '').toLowerCase().includes(part.toLowerCase());
}

export function isParty(party: Party, wanted: string): boolean {
	return party.id === wanted || contains(party.name, wanted);
}

function textOf(value: IDataObject[string]): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function listOf(value: IDataObject[string]): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** The test that the filled-in filters amount to; undefined where none is filled in. */
export function workOrderFilter(values: IDataObject): Test | undefined {
	const [assignee, customer, keyword, type] = [
		textOf(values.assignee),
		textOf(values.customer),
		textOf(values.keyword),
		textOf(values.type),
	];
	const priorities = listOf(values.priorities);
	const statuses = listOf(values.statuses);
	const tests: Test[] = [];
	if (assignee !== '') tests.push((order) => isParty(order.assignee, assignee));
	if (customer !== '') tests.push((order) => isParty(order.customer, customer));
	if (keyword !== '') {
		tests.push(({ number, title, description }) =>
			[number, title, description].some((text) => contains(text, keyword)),
		);
	}
	if (type !== '') tests.push((order) => contains(order.type, type));
	if (priorities.length > 0) tests.push(({ priority }) => priorities.includes(priority));
	if (statuses.length > 0) tests.push(({ status }) => statuses.includes(status));
	return tests.length === 0 ? undefined : (order) => tests.every((test) => test(order));
}
