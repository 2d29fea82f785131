import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../../../lib/json';
import { contains, workOrderFilter, workOrderFilterFields } from '../../../lib/workOrderFilter';
import { toWorkOrder } from '../workOrder';

const productLine: INodeProperties = {
	displayName: 'Product Line',
	name: 'productLine',
	type: 'string',
	default: '',
	description: 'The exact ID of the product line, or a part of its name',
};

export const ticketFilterFields: INodeProperties[] = [...workOrderFilterFields, productLine].sort(
	(a, b) => a.displayName.localeCompare(b.displayName),
);

/** The test on a ticket in any of its forms; undefined where no filter is filled in. */
export function ticketFilter(values: IDataObject): ((record: JsonObject) => boolean) | undefined {
	const onOrder = workOrderFilter(values);
	const line = typeof values.productLine === 'string' ? values.productLine.trim() : '';
	if (onOrder === undefined && line === '') return undefined;
	return (record) => {
		const order = toWorkOrder(record);
		const { productGroup, productGroupId } = order.custom;
		const ofLine = productGroupId === line || contains(String(productGroup ?? ''), line);
		return ofLine && (onOrder?.(order) ?? true);
	};
}
