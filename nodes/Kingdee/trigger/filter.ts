import type { JsonObject } from '../../../lib/json';
import { contains } from '../../../lib/textFilter';
import { toWorkOrder } from '../workOrder';

export interface OrderFilter {
	/** The same for the same filter. */
	readonly key: string;
	readonly matches: (record: JsonObject) => boolean;
}

/** Parts of texts, in upper or lower case; what is not given lets everything pass. */
export interface OrderFilterParts {
	readonly customer?: string;
	readonly assignee?: string;
	readonly keyword?: string;
}

/** Which orders the person wants to hear of; applied after the read. */
export function orderFilter(parts: OrderFilterParts): OrderFilter {
	const words = [parts.customer ?? '', parts.assignee ?? '', parts.keyword ?? ''].map((part) =>
		part.trim().toLowerCase(),
	) as [string, string, string];
	const [customer, assignee, keyword] = words;
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
