import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from './fields';
import { titleOf } from './titles';
import type { Party, WorkOrder, WorkOrderPriority, WorkOrderStatus } from './workOrder';

const priorityNames = ['high', 'low', 'normal', 'urgent'] as const;
const statusNames = ['cancelled', 'closed', 'inProgress', 'open', 'resolved', 'unknown'] as const;

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
		options: priorityNames.map((value) => ({ name: titleOf(value), value })),
	},
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		default: [],
		options: statusNames.map((value) => ({ name: titleOf(value), value })),
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

/** What `workOrderFilterFields` hold; empty texts and lists where they are not filled in. */
export interface WorkOrderFilter {
	readonly assignee: string;
	readonly customer: string;
	readonly keyword: string;
	readonly priorities: readonly WorkOrderPriority[];
	readonly statuses: readonly WorkOrderStatus[];
	readonly type: string;
}

/** A text of a filter; empty where it is not filled in. */
export function filterText(filters: Fields, name: string): string {
	return filters.optionalText(name)?.trim() ?? '';
}

export function readWorkOrderFilter(filters: Fields): WorkOrderFilter {
	return {
		assignee: filterText(filters, 'assignee'),
		customer: filterText(filters, 'customer'),
		keyword: filterText(filters, 'keyword'),
		priorities: filters.choices('priorities', priorityNames),
		statuses: filters.choices('statuses', statusNames),
		type: filterText(filters, 'type'),
	};
}

/** The test that the filled-in filters amount to; undefined where none is filled in. */
export function workOrderFilter(filter: WorkOrderFilter): Test | undefined {
	const { assignee, customer, keyword, priorities, statuses, type } = filter;
	const tests: Test[] = [];
	if (assignee !== '') tests.push((order) => isParty(order.assignee, assignee));
	if (customer !== '') tests.push((order) => isParty(order.customer, customer));
	if (keyword !== '') {
		tests.push(({ number, title, description }) =>
			[number, title, description].some((text) => contains(text, keyword)),
		);
	}
	if (type !== '') tests.push((order) => contains(order.type, type));
	if (priorities.length > 0) {
		tests.push(({ priority }) => priority !== null && priorities.includes(priority));
	}
	if (statuses.length > 0) tests.push(({ status }) => statuses.includes(status));
	return tests.length === 0 ? undefined : (order) => tests.every((test) => test(order));
}
