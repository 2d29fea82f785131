import { objectIn, refusalError, unreadableError, type Refusal } from '../../../lib/answers';
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
import { firstText } from '../../../lib/workOrder';
import { adviceFor } from './refusals';

const profile: VendorProfile = {
	name: 'Kingdee',
	credentialType: 'kingdeeApi',
	secretFields: ['accessToken', 'clientSecret', 'session'],
	secretParameters: ['access_token', 'authority_info'],
	accountFields: ['apiAddress', 'accountId', 'outerInstanceId'],
	// Of two figures that contradict each other the lower (sheet kingdee §5).
	limits: [{ calls: 500, withinMs: MINUTE_MS, of: 'account' }],
	// get_current_user_info.
	logInCalls: 1,
};

/** Documented calls (sheet kingdee §3.1). */
const endpoints = {
	handleWorkOrder: {
		method: 'POST',
		path: '/weigusoft/wg_crm/wg_handleBillBusinessApi',
		kind: 'write',
	},
	currentUser: { method: 'POST', path: '/weigusoft/basedata/get_current_user_info', kind: 'read' },
	loadList: { method: 'POST', path: '/weigusoft/wg_cost/loadList', kind: 'read' },
	loadData: { method: 'POST', path: '/weigusoft/wg_cost/loadData', kind: 'read' },
} as const;

/** Token refused or over, group changed, app secret changed (sheet kingdee §2.3d, §4.2, §4.3). */
const sessionOver = new Set(['4010', '4011', '11010001', '1030002006']);

/** Kingdee's layers name the code and the text differently (sheet kingdee §4.1). */
const codeNames = ['errorCode', 'errcode', 'error_code'];
const textNames = ['message', 'description', 'error_desc', 'data'];

const isTrue = (value: unknown) => value === true || value === 'true';

function succeeded(envelope: JsonObject): boolean {
	return isTrue(envelope.success) && envelope.errorCode === 'success';
}

/** The router refused to pass the call on: nothing reached Kingdee (sheet kingdee §2.3d). */
function foundNoRoute(answer: VendorAnswer): boolean {
	return answer.status === 404 && objectIn(answer) === undefined;
}

/** Whether Kingdee refused the call for what a new session would bring: so it has not acted. */
function refusedSession(answer: VendorAnswer): boolean {
	const envelope = objectIn(answer);
	if (envelope === undefined) return foundNoRoute(answer);
	return !succeeded(envelope) && sessionOver.has(firstText(envelope, codeNames) ?? '');
}

/** Only App Authorisation can open a new session; a token entered by hand stays the same. */
async function canOpenSession({ context, itemIndex }: CallSite): Promise<boolean> {
	const stored = await context.getCredentials<{ mode?: string }>(
		profile.credentialType,
		itemIndex ?? 0,
	);
	return stored.mode === 'appAuthorisation';
}

function domainIn(session: unknown): JsonValue | undefined {
	const parsed = typeof session === 'string' ? parseJson(session) : undefined;
	return isJsonObject(parsed) && isJsonObject(parsed.tenant) ? parsed.tenant.domain : undefined;
}

/**
 * After HTTP 502 the account set may be on another router (sheet kingdee §2.3d): a harmless read with a new
 * session tells. Where it is, the router that was asked did not pass the call on, so nothing has happened.
 */
async function hasMoved(answer: VendorAnswer): Promise<boolean> {
	const request: VendorRequest = { ...endpoints.currentUser, body: '{}' };
	// What matters to the person is the call that failed, not that this one failed as well.
	const found = await answer.again(request).catch(() => undefined);
	return found !== undefined && domainIn(found.session) !== domainIn(answer.session);
}

function refusalIn(envelope: JsonObject): Refusal | undefined {
	const name = codeNames.find((candidate) => firstText(envelope, [candidate]) !== null);
	// An answer that says success in one place and not in the other says nothing.
	if (name === undefined || isTrue(envelope.success) || envelope[name] === 'success') {
		return undefined;
	}
	const code = String(envelope[name]);
	return {
		...adviceFor(code),
		text: firstText(envelope, textNames) ?? '',
		code: `${name} ${code}`,
	};
}

function plainRefusalIn(answer: VendorAnswer): Refusal | undefined {
	if (foundNoRoute(answer)) {
		return { ...adviceFor('noRoute'), text: 'No Route', code: `HTTP ${answer.status}` };
	}
	return answer.status === 502
		? { ...adviceFor('moved'), text: 'Bad Gateway', code: `HTTP ${answer.status}` }
		: undefined;
}

/**
 * One call to Kingdee; answers the whole envelope.
 *
 * @throws NodeApiError with the vendor's text and code, or saying why there was no answer
 */
export async function callKingdee(
	site: CallSite,
	endpoint: keyof typeof endpoints,
	body: object,
): Promise<JsonObject> {
	const request: VendorRequest = { ...endpoints[endpoint], body: writeJson(body) };
	return await repeatedly(site, profile, request, async (number) => {
		return await attempt(site, request, number === 1);
	});
}

async function attempt(
	site: CallSite,
	request: VendorRequest,
	isFirst: boolean,
): Promise<JsonObject> {
	const first = await exchange(site, profile, request);
	const mayMove = isFirst && first.status === 502;
	const renew =
		(refusedSession(first) || mayMove) &&
		(await canOpenSession(site)) &&
		(!mayMove || (await hasMoved(first)));
	const answer = renew ? await first.again() : first;
	const envelope = objectIn(answer);
	if (envelope !== undefined && succeeded(envelope)) return envelope;
	const refusal = envelope === undefined ? plainRefusalIn(answer) : refusalIn(envelope);
	throw refusal === undefined
		? unreadableError(site, profile, answer, request.kind === 'write')
		: refusalError(site, profile, answer, refusal);
}
