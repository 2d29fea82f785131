import type { CallSite } from '../../../lib/exchange';
import { isJsonObject, type JsonObject } from '../../../lib/json';
import { textOrNull } from '../../../lib/workOrder';
import { callKingdee, rowSecrets } from './index';
import { unknownForm } from './records';

/** The user whom the access token belongs to; only `id` of the answer is published. */
export async function currentUser(site: CallSite): Promise<JsonObject> {
	const { data } = await callKingdee(site, 'currentUser', { body: {} });
	const id = isJsonObject(data) ? textOrNull(data.id) : null;
	if (id === null || !isJsonObject(data)) throw unknownForm(site, 'a user', data);
	return { ...data, id };
}

/** The authorisation that the credential names. */
export async function outerInstanceOf({ context, itemIndex }: CallSite): Promise<string> {
	const { outerInstanceId } = await context.getCredentials<{ outerInstanceId?: string }>(
		'kingdeeApi',
		itemIndex ?? 0,
	);
	return outerInstanceId?.trim() ?? '';
}

/**
 * The account sets that have authorised an app (sheet kingdee §2.3a), without secrets and tokens.
 *
 * @param outerInstanceId of one authorisation
 */
export async function authorisations(
	site: CallSite,
	outerInstanceId: string,
): Promise<JsonObject[]> {
	const { data } = await callKingdee(site, 'authorisations', {
		query: { outerInstanceId },
		body: {},
	});
	if (data === null || data === undefined) return [];
	if (!Array.isArray(data)) throw unknownForm(site, 'the authorisations', null);
	return data
		.filter(isJsonObject)
		.map((row) =>
			Object.fromEntries(Object.entries(row).filter(([name]) => !rowSecrets.includes(name))),
		);
}
