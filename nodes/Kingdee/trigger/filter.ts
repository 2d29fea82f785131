import type { IDataObject } from 'n8n-workflow';

import type { JsonObject } from '../../../lib/json';
import { toWorkOrder } from '../workOrder';

export interface OrderFilter {
	/** The same for the same filter. */
	readonly key: string;
	readonly matches: (record: JsonObject) => boolean;
}

function contains(text: string | null, wanted: string): boolean {
	return wanted === '' || (text ?? '').toLowerCase().includes(wanted);
}

/** Which orders the person wants to hear of; applied after the read. */
export function orderFilter(options: IDataObject): OrderFilter {
	const [customer, assignee, keyword] = ['customer', 'assignee', 'keyword'].map((name) =>
		String(options[name] ?? '')
			.trim()
			.toLowerCase(),
	) as [string, string, string];
	const words = [customer, assignee, keyword];
	return {
		key: words.some((word) => word !== '') ? JSON.stringify(words) : '',
		matches: (record) => {
			const order = toWorkOrder(record);
			return (
				contains(order.customer.name, customer) &&
				contains(order.assignee.name, assignee) &&
				contains(`${order.number}\n${order.title ?? ''}`, keyword)
			);
		},
	};
}
