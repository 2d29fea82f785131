import type { CallSite } from '../../../lib/exchange';
import { objectsIn, type JsonObject } from '../../../lib/json';
import { callWeiban, refusalCode } from './index';

/** What a customer can be asked for by. */
export type CustomerKey = 'id' | 'unionid';

/** Most customers of one request (sheet weiban §3.10). */
const BATCH_SIZE = 20;

/** Codes of a request with ids that Weiban does not know (sheet weiban §4). */
const unknownIds = new Set([20206, 20207]);

async function readBatch(
	site: CallSite,
	key: CustomerKey,
	ids: readonly string[],
): Promise<JsonObject[]> {
	const answer = await callWeiban(site, 'customers', { [`${key}_list`]: ids }).catch(
		(error: unknown) => {
			if (!unknownIds.has(refusalCode(error) ?? 0)) throw error;
			return undefined;
		},
	);
	if (answer !== undefined) return objectsIn(answer.external_user);
	if (ids.length === 1) return [];
	// Whether one unknown id spoils the batch is not published: its halves are asked for.
	const half = Math.ceil(ids.length / 2);
	return [
		...(await readBatch(site, key, ids.slice(0, half))),
		...(await readBatch(site, key, ids.slice(half))),
	];
}

/** POST /open-api/external_user/batch_get, 20 ids a request; those that Weiban does not know are missing. */
export async function readCustomers(
	site: CallSite,
	key: CustomerKey,
	ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, JsonObject>> {
	const all = [...ids];
	const found = new Map<string, JsonObject>();
	for (let start = 0; start < all.length; start += BATCH_SIZE) {
		for (const customer of await readBatch(site, key, all.slice(start, start + BATCH_SIZE))) {
			found.set(String(customer[key]), customer);
		}
	}
	return found;
}
