import type { CallSite } from '../../../lib/exchange';
import { isJsonObject, type JsonObject } from '../../../lib/json';
import { callWeiban } from './index';

/** GET /open-api/workorder/detail (seed weiban); undefined where the answer lacks the work order. */
export async function readWorkOrder(
	site: CallSite,
	orderNo: string,
): Promise<JsonObject | undefined> {
	const { work_order: record } = await callWeiban(site, 'workOrderDetail', { order_no: orderNo });
	return isJsonObject(record) ? record : undefined;
}
