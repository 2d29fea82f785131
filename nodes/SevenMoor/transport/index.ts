import { objectIn, refusalError, unreadableError, type Refusal } from '../../../lib/answers';
import {
	exchange,
	type CallSite,
	type VendorProfile,
	type VendorRequest,
} from '../../../lib/exchange';
import { writeJson, type JsonObject } from '../../../lib/json';
import { MINUTE_MS } from '../../../lib/limits';
import { repeatedly } from '../../../lib/retry';

const profile: VendorProfile = {
	name: '7moor',
	credentialType: 'sevenMoorApi',
	secretFields: ['apiSecret'],
	secretParameters: ['sig', 'Authorization'],
	accountFields: ['apiAddress', 'accountId'],
	// Dictionary calls, each (seed 7moor).
	limits: [{ calls: 20, withinMs: MINUTE_MS, of: 'endpoint' }],
};

const BUSINESS = '/v20210827/business';

/** Documented calls (seed 7moor); the credential puts the account id into the path. */
const endpoints = {
	queryDictionary: { path: `${BUSINESS}/queryDictionary/{ACCOUNTID}`, kind: 'read' },
	addDictionary: { path: `${BUSINESS}/addDictionary/{ACCOUNTID}`, kind: 'write' },
	updateDictionary: { path: `${BUSINESS}/updateDictionary/{ACCOUNTID}`, kind: 'write' },
} as const;

/** What to do about a code (sheet 7moor §4), which also serves where only the HTTP status tells. */
const refusals: Record<string, Omit<Refusal, 'text' | 'code'>> = {
	400: {
		advice:
			'7moor did not accept a field. A dictionary to be updated has to exist; names of dictionaries, names of options beside each other and all keys have to be unique, and each level needs an enabled option. Correct what the text names and run the item again.',
	},
	403: {
		advice:
			'7moor did not accept the signature. Test the 7moor credential: Account ID, API Secret, and the clock of this machine, since a signature counts for 5 minutes.',
		cause: 'credential-invalid',
	},
	// The code of the limit is not published; 429 is what HTTP says.
	429: {
		advice: '7moor allows 20 calls a minute of each kind. Wait a minute and run the item again.',
		cause: 'rate-limited',
		retryAfterMs: 60_000,
	},
	500: {
		advice:
			'Something went wrong inside 7moor. Run a read again later; look a dictionary up before you repeat a change, which may have taken effect.',
		cause: 'temporarily-unavailable',
	},
};

/** The samples write both 200/true and "200"/"true" (seed 7moor, answers of query and add). */
function succeeded({ code, success }: JsonObject): boolean {
	return String(code) === '200' && (success === true || success === 'true');
}

/**
 * One call to 7moor; answers the whole envelope.
 *
 * @throws NodeApiError with the vendor's message and code, or saying why there was no answer
 */
export async function callSevenMoor(
	site: CallSite,
	endpoint: keyof typeof endpoints,
	body: object,
): Promise<JsonObject> {
	const { path, kind } = endpoints[endpoint];
	const request = { method: 'POST', path, kind, body: writeJson(body) } as const;
	return await repeatedly(site, profile, request, async () => await attempt(site, request));
}

async function attempt(site: CallSite, request: VendorRequest): Promise<JsonObject> {
	const answer = await exchange(site, profile, request);
	const envelope = objectIn(answer);
	if (envelope?.code === undefined) {
		throw unreadableError(site, profile, answer, request.kind === 'write');
	}
	if (!succeeded(envelope)) {
		const code = String(envelope.code);
		throw refusalError(site, profile, answer, {
			...(refusals[code] ?? refusals[answer.status]),
			text: String(envelope.message ?? ''),
			code: `code ${code}`,
		});
	}
	return envelope;
}
