import type { CallSite } from '../../../lib/exchange';
import type { IntegerId } from '../../../lib/ids';
import type { JsonObject } from '../../../lib/json';
import { textOrNull } from '../../../lib/workOrder';
import { callKingdee } from './index';

/**
 * Creates a record, or changes the one of `id`; answers the envelope (sheet kingdee §3.1.2).
 *
 * @param values by field; references end in _id
 */
export async function saveBill(
	site: CallSite,
	entityName: string,
	id: IntegerId | undefined,
	values: object,
): Promise<JsonObject> {
	const data = id === undefined ? values : { id, ...values };
	return await callKingdee(site, 'saveBill', { body: { entityName, data } });
}

/** Deletes a record; answers the vendor's own word (sheet kingdee §3.1.2). */
export async function deleteBill(
	site: CallSite,
	entityName: string,
	id: IntegerId,
): Promise<string | null> {
	const { data } = await callKingdee(site, 'deleteBill', { body: { ids: [id], entityName } });
	return textOrNull(data);
}
