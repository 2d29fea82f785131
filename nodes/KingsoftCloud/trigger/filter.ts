import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../lib/fields';
import type { JsonObject } from '../../../lib/json';
import { contains, filterText } from '../../../lib/textFilter';
import { textOrNull, type Party, type WorkOrder } from '../../../lib/workOrder';
import { toWorkOrder } from '../workOrder';

const priorityNames = ['high', 'normal', 'urgent'] as const;
const statusNames = ['cancelled', 'closed', 'inProgress', 'open'] as const;

/** Choices are what tickets can have, in the vendor's words (sheet kingsoft §3.9). */
export const ticketFilterFields: INodeProperties[] = [
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
			{ name: 'Normal', value: 'normal' },
			{ name: 'Urgent', value: 'urgent' },
		],
	},
	{
		displayName: 'Product Line',
		name: 'productLine',
		type: 'string',
		default: '',
		description: 'The exact ID of the product line, or a part of its name',
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
			{ name: 'Waiting', value: 'open' },
		],
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: 'Troubleshooting',
		description: 'Type of the ticket',
		options: [
			{ name: 'Consultation', value: 'Consultation' },
			{ name: 'Requirement Feedback', value: 'Requirement feedback' },
			{ name: 'Troubleshooting', value: 'Troubleshooting' },
		],
	},
];

/** Empty texts and lists where nothing is filled in. */
function valuesOf(filters: Fields) {
	return {
		assignee: filterText(filters, 'assignee'),
		customer: filterText(filters, 'customer'),
		keyword: filterText(filters, 'keyword'),
		priorities: filters.choices('priorities', priorityNames),
		statuses: filters.choices('statuses', statusNames),
		type: filterText(filters, 'type'),
		line: filterText(filters, 'productLine'),
	};
}

function isParty({ id, name }: Party, wanted: string): boolean {
	return wanted === '' || id === wanted || contains(name, wanted);
}

const isAmong = (wanted: readonly string[], value: string | null) =>
	wanted.length === 0 || (value !== null && wanted.includes(value));

/** What a list row tells as well as the details do. */
function passesAsRow(order: WorkOrder, values: ReturnType<typeof valuesOf>): boolean {
	const { keyword, priorities, statuses, type } = values;
	const texts = [order.number, order.title, order.description];
	return (
		texts.some((text) => contains(text, keyword)) &&
		contains(order.type, type) &&
		isAmong(priorities, order.priority) &&
		isAmong(statuses, order.status)
	);
}

export interface TicketFilter {
	/** The same for the same filter; empty where none is filled in. */
	readonly key: string;
	/** Whether a ticket passes, as far as this form of it tells. */
	readonly matches: (record: JsonObject) => boolean;
	/** Whether it does not pass whatever else its details say. */
	readonly excludes: (record: JsonObject) => boolean;
}

export function ticketFilter(filters: Fields): TicketFilter {
	const values = valuesOf(filters);
	const { assignee, customer, line } = values;
	const isEmpty = Object.values(values).every(({ length }) => length === 0);
	const matches = (record: JsonObject) => {
		const order = toWorkOrder(record);
		const { productGroup, productGroupId } = order.custom;
		return (
			passesAsRow(order, values) &&
			isParty(order.assignee, assignee) &&
			isParty(order.customer, customer) &&
			isParty({ id: textOrNull(productGroupId), name: textOrNull(productGroup) }, line)
		);
	};
	// List rows lack the handler's name and the ids of customer and product line (seed kingsoft).
	const asksMore = [line, assignee, customer].some(Boolean);
	return {
		key: isEmpty ? '' : JSON.stringify(values),
		matches,
		excludes: (record) => {
			const mayHaveMore = asksMore && record.assigns === undefined;
			return !(mayHaveMore ? passesAsRow(toWorkOrder(record), values) : matches(record));
		},
	};
}
