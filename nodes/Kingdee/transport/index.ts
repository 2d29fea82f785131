import type { IDataObject } from 'n8n-workflow';

import { objectIn, refusalError, unreadableError } from '../../../lib/answers';
import {
	exchange,
	type CallSite,
	type VendorAnswer,
	type VendorProfile,
	type VendorRequest,
} from '../../../lib/exchange';
import {
	isJsonObject,
	parseJson,
	writeJson,
	type JsonObject,
	type JsonValue,
} from '../../../lib/json';
import { MINUTE_MS } from '../../../lib/limits';
import { repeatedly } from '../../../lib/retry';
import { endpoints, type EndpointName, type Layer } from './endpoints';
import { codeIn, foundNoRoute, plainRefusalIn, refusalIn, succeeded } from './envelope';

const profile: VendorProfile = {
	name: 'Kingdee',
	credentialType: 'kingdeeApi',
	secretFields: ['accessToken', 'clientSecret', 'authorisationCode', 'grant', 'session'],
	secretParameters: ['access_token', 'authority_info', 'app-token', 'X-Api-Signature'],
	accountFields: ['apiAddress', 'accountId', 'outerInstanceId'],
	// Of two figures that contradict each other the lower (sheet kingdee §5).
	limits: [{ calls: 500, withinMs: MINUTE_MS, of: 'account' }],
	// get_current_user_info.
	logInCalls: 1,
};

/** Group changed, app secret changed, app-token refused (sheet kingdee §2.3d, §4.2, §4.3). */
const GROUP_CHANGED = '11010001';
const sessionOver = new Set([GROUP_CHANGED, '1030002006', '401']);

/** Access token refused or over (sheet kingdee §4.2). */
const tokenOver = new Set(['4010', '4011']);

type Mode = 'accessToken' | 'appAuthorisation' | 'authorisationCode';

async function modeOf({ context, itemIndex }: CallSite): Promise<Mode> {
	const { mode } = await context.getCredentials<{ mode: Mode }>(
		profile.credentialType,
		itemIndex ?? 0,
	);
	return mode;
}

/**
 * The answer with a new session, where Kingdee refused the call for what that could bring: so it has not
 * acted. Undefined where it did not.
 */
async function renewed(site: CallSite, answer: VendorAnswer, layer: Layer) {
	const envelope = objectIn(answer);
	const code = envelope === undefined ? '' : codeIn(envelope);
	const refused =
		envelope === undefined
			? foundNoRoute(answer)
			: !succeeded(envelope, layer) && (sessionOver.has(code) || tokenOver.has(code));
	if (!refused) return undefined;
	const mode = await modeOf(site);
	// A token for which a person logged in can only be replaced by that person.
	if (mode === 'accessToken' || (mode === 'authorisationCode' && tokenOver.has(code))) {
		return undefined;
	}
	// The other codes have other causes, too, for which no item is to wait.
	const isCertain = envelope === undefined || tokenOver.has(code) || code === GROUP_CHANGED;
	return await (isCertain ? answer.again() : answer.againIfAllowed());
}

function domainIn(session: unknown): JsonValue | undefined {
	const parsed = typeof session === 'string' ? parseJson(session) : undefined;
	return isJsonObject(parsed) && isJsonObject(parsed.tenant) ? parsed.tenant.domain : undefined;
}

/**
 * After HTTP 502 the account set may be on another router (sheet kingdee §2.3d): a harmless read with a new
 * session tells. Where it is, the router that was asked did not pass the call on, so nothing has happened.
 *
 * @returns undefined where the read failed
 */
async function hasMoved(site: CallSite, answer: VendorAnswer): Promise<boolean | undefined> {
	if ((await modeOf(site)) === 'accessToken') return false;
	const { method, path, kind } = endpoints.currentUser;
	// What matters to the person is the call that failed, not that this one failed as well.
	const found = await answer.again({ method, path, kind, body: '{}' }).catch(() => undefined);
	return found && domainIn(found.session) !== domainIn(answer.session);
}

/** What goes along with a call: a form or JSON, and what the query holds besides the token. */
export interface Content {
	readonly body?: object;
	readonly form?: FormData;
	readonly query?: IDataObject;
}

function requestFor(endpoint: EndpointName, { body, form, query }: Content): VendorRequest {
	const { method, path, kind } = endpoints[endpoint];
	return {
		method,
		path,
		kind,
		query,
		body: body === undefined ? form : writeJson(body),
	};
}

/** Secrets and tokens in a row of an authorisation (sheet kingdee §2.3a): no item and no error carries them. */
export const rowSecrets = ['appSecret', 'accessToken', 'appToken'];
const ROW_SECRETS = new RegExp(`("(?:${rowSecrets.join('|')})"\\s*:\\s*")[^"]*`, 'g');

/** Hides what an authorisation row holds from every error that shows the answer. */
function withoutRowSecrets(answer: VendorAnswer): VendorAnswer {
	return { ...answer, mask: (text) => answer.mask(text).replace(ROW_SECRETS, '$1***') };
}

/**
 * One call to Kingdee; answers the whole envelope.
 *
 * @throws NodeApiError with the vendor's text and code, or saying why there was no answer
 */
export async function callKingdee(
	site: CallSite,
	endpoint: EndpointName,
	content: Content,
): Promise<JsonObject> {
	const request = requestFor(endpoint, content);
	const { layer } = endpoints[endpoint];
	let moved: boolean | undefined;
	return await repeatedly(site, profile, request, async (governed) => {
		const first = await exchange(governed, profile, request);
		// Asked until there is an answer, once; the connector is on no router.
		const asks = first.status === 502 && layer !== 'connector' && moved === undefined;
		if (asks) moved = await hasMoved(governed, first);
		const second =
			asks && moved === true ? await first.again() : await renewed(governed, first, layer);
		return read(governed, request, layer, withoutRowSecrets(second ?? first));
	});
}

function read(
	site: CallSite,
	request: VendorRequest,
	layer: Layer,
	answer: VendorAnswer,
): JsonObject {
	const envelope = objectIn(answer);
	if (envelope !== undefined && succeeded(envelope, layer)) return envelope;
	const { kind } = request;
	const refusal = envelope === undefined ? plainRefusalIn(answer, kind) : refusalIn(envelope, kind);
	throw refusal === undefined
		? unreadableError(site, profile, answer, kind === 'write')
		: refusalError(site, profile, answer, refusal);
}
