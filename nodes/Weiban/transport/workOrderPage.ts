import type { CallSite } from '../../../lib/exchange';
import { listPage, type ListPage } from './lists';

/** The largest time that a 32-bit count holds. */
export const LAST_SECOND = 2_147_483_647;

/**
 * One page of GET /open-api/workorder/list, of all orders or of those since a second. Both ends of the
 * time are needed to take effect (sheet weiban §3.2); the late end keeps this machine's clock out of it.
 */
export async function workOrderPage(
	site: CallSite,
	since: number,
	offset: number,
): Promise<ListPage> {
	const filter = since > 0 ? { start_time: since, end_time: LAST_SECOND } : {};
	return await listPage(site, 'workOrderList', filter, { offset });
}
