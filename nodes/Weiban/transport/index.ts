import type { IDataObject } from 'n8n-workflow';

import { objectIn, refusalError, unreadableError } from '../../../lib/answers';
import { failureOf } from '../../../lib/errors';
import {
	exchange,
	type CallSite,
	type VendorAnswer,
	type VendorProfile,
	type VendorRequest,
} from '../../../lib/exchange';
import { writeJson, type JsonObject } from '../../../lib/json';
import { MINUTE_MS } from '../../../lib/limits';
import { repeatedly } from '../../../lib/retry';
import { refusals } from './refusals';

const profile: VendorProfile = {
	name: 'Weiban',
	credentialType: 'weibanApi',
	secretFields: ['secret', 'session'],
	secretParameters: ['access_token'],
	accountFields: ['apiAddress', 'corpId'],
	// Batch writes, which have lower figures, are not among the calls (sheet weiban §5).
	limits: [
		{ calls: 600, withinMs: MINUTE_MS, of: 'endpoint' },
		{ calls: 36_000, withinMs: 60 * MINUTE_MS, of: 'endpoint' },
		{ calls: 5, of: 'kind' },
	],
};

/** Documented calls, by the section of the sheet weiban; where it has none, by the vendor's page. */
const endpoints = {
	/** §3.2 */
	workOrderList: { method: 'GET', path: '/open-api/workorder/list', kind: 'read' },
	/** §3.3, seed */
	workOrderDetail: { method: 'GET', path: '/open-api/workorder/detail', kind: 'read' },
	/** §3.4 */
	workOrderSwitch: { method: 'POST', path: '/open-api/workorder/switch', kind: 'write' },
	/** §3.5 */
	workOrderClose: { method: 'POST', path: '/open-api/workorder/close', kind: 'write' },
	/** §3.6 */
	workOrderReply: { method: 'POST', path: '/open-api/workorder/reply', kind: 'write' },
	/** §3.7; one published version marks create as deprecated. */
	workOrderCreate: { method: 'POST', path: '/open-api/workorder/create', kind: 'write' },
	workOrderUpdate: { method: 'POST', path: '/open-api/workorder/update', kind: 'write' },
	/** §3.8 */
	templateList: { method: 'GET', path: '/open-api/workorder/template/list', kind: 'read' },
	templateDetail: { method: 'GET', path: '/open-api/workorder/template/detail', kind: 'read' },
	/** §3.10 */
	staffList: { method: 'GET', path: '/open-api/staff/list', kind: 'read' },
	customerList: { method: 'GET', path: '/open-api/external_user/list', kind: 'read' },
	/** §3.10 from public clients; the vendor's page is api-8269960. */
	customer: { method: 'GET', path: '/open-api/external_user/get', kind: 'read' },
	/** §3.10, page api-77656295 */
	customers: { method: 'POST', path: '/open-api/external_user/batch_get', kind: 'read' },
	/** §3.10 from public clients; the vendor's page is api-8278618. */
	groupChatList: { method: 'GET', path: '/open-api/group_chat/list', kind: 'read' },
	/** §3.10, page api-9102767 */
	groupChat: { method: 'GET', path: '/open-api/group_chat/detail', kind: 'read' },
} as const;

export type Endpoint = keyof typeof endpoints;

/** 10001 stands for a wrong token; whether an expired one has a code of its own is not published. */
const TOKEN_REFUSED = 10001;

function codeOf(answer: VendorAnswer): number | undefined {
	const code = objectIn(answer)?.errcode;
	return typeof code === 'number' ? code : undefined;
}

/** The code of an error that `callWeiban` threw because Weiban refused. */
export function refusalCode(error: unknown): number | undefined {
	const digits = /^errcode (\d+)$/.exec(failureOf(error)?.code ?? '')?.[1];
	return digits === undefined ? undefined : Number(digits);
}

/** A GET carries everything in its query, a POST everything in a JSON body (sheet weiban §1.2). */
function content(method: 'GET' | 'POST', values: object) {
	if (method === 'POST') {
		return { body: writeJson(values), headers: { 'Content-Type': 'application/json' } };
	}
	const given = Object.entries(values as IDataObject).filter(([, value]) => value !== undefined);
	return { query: Object.fromEntries(given) };
}

/**
 * One call to Weiban; answers the whole envelope. Values that are undefined are not sent.
 *
 * @throws NodeApiError with the vendor's errmsg and errcode, or saying why there was no answer
 */
export async function callWeiban(
	site: CallSite,
	endpoint: Endpoint,
	values: object,
): Promise<JsonObject> {
	const { method, path, kind } = endpoints[endpoint];
	const request: VendorRequest = { method, path, kind, ...content(method, values) };
	return await repeatedly(
		site,
		profile,
		request,
		async (governed) => await attempt(governed, request),
	);
}

async function attempt(site: CallSite, request: VendorRequest): Promise<JsonObject> {
	const first = await exchange(site, profile, request);
	const answer = codeOf(first) === TOKEN_REFUSED ? await first.again() : first;
	const envelope = objectIn(answer);
	if (envelope === undefined || envelope.errcode === undefined) {
		throw unreadableError(site, profile, answer, request.kind === 'write');
	}
	if (envelope.errcode !== 0) {
		const code = Number(envelope.errcode);
		throw refusalError(site, profile, answer, {
			...refusals[code],
			text: String(envelope.errmsg ?? ''),
			code: `errcode ${code}`,
		});
	}
	return envelope;
}
