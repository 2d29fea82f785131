import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../../../lib/compareTexts';
import type { Fields } from '../../../lib/fields';
import type { JsonObject } from '../../../lib/json';
import {
	contains,
	filterText,
	readWorkOrderFilter,
	workOrderFilter,
	workOrderFilterFields,
} from '../../../lib/workOrderFilter';
import { toWorkOrder } from '../workOrder';

const productLine: INodeProperties = {
	displayName: 'Product Line',
	name: 'productLine',
	type: 'string',
	default: '',
	description: 'The exact ID of the product line, or a part of its name',
};

/** What tickets can have, in the vendor's words (sheet kingsoft §3.9): a choice that never occurs would let none pass. */
const choices: Record<string, Partial<INodeProperties>> = {
	priorities: {
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Normal', value: 'normal' },
			{ name: 'Urgent', value: 'urgent' },
		],
	},
	statuses: {
		options: [
			{ name: 'Cancelled', value: 'cancelled' },
			{ name: 'Closed', value: 'closed' },
			{ name: 'In Progress', value: 'inProgress' },
			{ name: 'Waiting', value: 'open' },
		],
	},
	type: {
		type: 'options',
		default: 'Troubleshooting',
		description: 'Type of the ticket',
		options: [
			{ name: 'Consultation', value: 'Consultation' },
			{ name: 'Requirement Feedback', value: 'Requirement feedback' },
			{ name: 'Troubleshooting', value: 'Troubleshooting' },
		],
	},
};

export const ticketFilterFields = [...workOrderFilterFields, productLine]
	.map((field): INodeProperties => ({ ...field, ...choices[field.name] }))
	.sort(byDisplayName);

export interface TicketFilter {
	/** The same for the same filter; empty where none is filled in. */
	readonly key: string;
	/** Whether a ticket passes, as far as this form of it tells. */
	readonly matches: (record: JsonObject) => boolean;
	/** Whether it does not pass whatever else its details say. */
	readonly excludes: (record: JsonObject) => boolean;
}

export function ticketFilter(filters: Fields): TicketFilter {
	const values = readWorkOrderFilter(filters);
	const onOrder = workOrderFilter(values);
	const line = filterText(filters, 'productLine');
	if (onOrder === undefined && line === '') {
		return { key: '', matches: () => true, excludes: () => false };
	}
	const matches = (record: JsonObject) => {
		const order = toWorkOrder(record);
		const { productGroup, productGroupId } = order.custom;
		const ofLine = productGroupId === line || contains(String(productGroup ?? ''), line);
		return ofLine && (onOrder?.(order) ?? true);
	};
	// List rows lack the handler's name and the ids of customer and product line (seed kingsoft).
	const asksMore = [line, values.assignee, values.customer].some(Boolean);
	const onRow = workOrderFilter({ ...values, assignee: '', customer: '' }) ?? (() => true);
	return {
		key: JSON.stringify({ ...values, line }),
		matches,
		excludes: (record) => {
			const mayHaveMore = asksMore && record.assigns === undefined && onRow(toWorkOrder(record));
			return !mayHaveMore && !matches(record);
		},
	};
}
