import type { CallSite } from '../../../lib/exchange';
import { isJsonObject, type JsonObject } from '../../../lib/json';
import { callWeiban } from './index';

export interface WorkOrderPage {
	readonly rows: JsonObject[];
	/** Rows of all pages; NaN where Weiban does not say. */
	readonly total: number;
}

/** As large as Weiban allows (sheet weiban §3.2). */
export const PAGE_SIZE = 100;
/** The largest time that a 32-bit count holds. */
const LAST_SECOND = 2_147_483_647;

/**
 * One page of GET /open-api/workorder/list, of all orders or of those since a second. Both ends of the
 * time are needed to take effect (sheet weiban §3.2); the late end keeps this machine's clock out of it.
 */
export async function workOrderPage(
	site: CallSite,
	since: number,
	offset: number,
): Promise<WorkOrderPage> {
	const { workorder_list: list, total } = await callWeiban(site, 'workOrderList', {
		limit: PAGE_SIZE,
		offset,
		...(since > 0 ? { start_time: since, end_time: LAST_SECOND } : {}),
	});
	return {
		rows: Array.isArray(list) ? list.filter(isJsonObject) : [],
		total: total === undefined || total === null ? NaN : Number(total),
	};
}
