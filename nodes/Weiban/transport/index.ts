import type { IDataObject } from 'n8n-workflow';

import { objectIn, refusalError, unreadableError, type Refusal } from '../../../lib/answers';
import {
	exchange,
	type CallSite,
	type VendorAnswer,
	type VendorProfile,
	type VendorRequest,
} from '../../../lib/exchange';
import type { JsonObject } from '../../../lib/json';
import { MINUTE_MS } from '../../../lib/limits';
import { repeatedly } from '../../../lib/retry';

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

/** Documented calls (sheet weiban §3). */
const endpoints = {
	workOrderDetail: { method: 'GET', path: '/open-api/workorder/detail', kind: 'read' },
	workOrderList: { method: 'GET', path: '/open-api/workorder/list', kind: 'read' },
} as const;

/** 10001 stands for a wrong token; whether an expired one has a code of its own is not published. */
const TOKEN_REFUSED = 10001;

/** What to do about a code (sheet weiban §4); the vendor's own text stands beside it. */
const refusals: Record<number, Omit<Refusal, 'text' | 'code'>> = {
	10001: {
		advice: 'The access token was refused even after a new log-in. Test the Weiban credential.',
		cause: 'credential-invalid',
	},
	10052: {
		advice: 'More than 5 requests of this company were under way at once. Run fewer at a time.',
		cause: 'rate-limited',
	},
	10053: {
		advice: 'The limit of 600 calls a minute or 36,000 an hour was reached. Wait a minute or more.',
		cause: 'rate-limited',
		retryAfterMs: 60_000,
	},
	22301: { advice: 'There is no work order with this number. Check the Work Order Number.' },
};

function codeOf(answer: VendorAnswer): number | undefined {
	const code = objectIn(answer)?.errcode;
	return typeof code === 'number' ? code : undefined;
}

/**
 * One call to Weiban; answers the whole envelope.
 *
 * @throws NodeApiError with the vendor's errmsg and errcode, or saying why there was no answer
 */
export async function callWeiban(
	site: CallSite,
	endpoint: keyof typeof endpoints,
	query: IDataObject,
): Promise<JsonObject> {
	const request = { ...endpoints[endpoint], query };
	return await repeatedly(site, profile, request, async () => await attempt(site, request));
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
