import type { CallSite } from '../../../lib/exchange';
import { isJsonObject, type JsonObject } from '../../../lib/json';
import type { Item } from '../../../lib/operation';
import { callWeiban } from './index';

/** GET /open-api/workorder/detail (seed weiban); undefined where the answer lacks the work order. */
export async function readWorkOrder(
	site: CallSite,
	orderNo: string,
): Promise<JsonObject | undefined> {
	const { work_order: record } = await callWeiban(site, 'workOrderDetail', { order_no: orderNo });
	return isJsonObject(record) ? record : undefined;
}

/** The work order that the person asks for by the field `orderNo`. */
export async function askedWorkOrder(item: Item): Promise<JsonObject> {
	const orderNo = item.fields.integerId('orderNo');
	const record = await readWorkOrder(item, orderNo);
	return (
		record ??
		item.fields.refuse(
			'orderNo',
			`has no work order in Weiban's answer: "${orderNo}"`,
			'Check the number.',
		)
	);
}
