import { objectIn, refusalError, unreadableError, type Refusal } from '../../../lib/answers';
import {
	exchange,
	type CallSite,
	type VendorProfile,
	type VendorRequest,
} from '../../../lib/exchange';
import { writeJson, type JsonObject } from '../../../lib/json';
import { MINUTE_MS, type VendorLimit } from '../../../lib/limits';
import { repeatedly } from '../../../lib/retry';

const profile: VendorProfile = {
	name: '7moor',
	credentialType: 'sevenMoorApi',
	secretFields: ['apiSecret'],
	secretParameters: ['sig', 'Authorization'],
	accountFields: ['apiAddress', 'accountId'],
	// Published for the dictionary calls, each (seed 7moor); it is not for the inflow.
	limits: [{ calls: 20, withinMs: MINUTE_MS, of: 'endpoint' }],
};

const BUSINESS = '/v20210827/business';

interface Endpoint {
	/** The credential puts the account id into it. */
	readonly path: string;
	readonly kind: 'read' | 'write';
	readonly limits?: readonly VendorLimit[];
	/** Whether its answers say `success`, besides their code. */
	readonly saysSuccess: boolean;
	/** What to do about code 400. */
	readonly whenRefused: string;
}

const dictionaryCall = {
	saysSuccess: true,
	whenRefused:
		'7moor did not accept a field. A dictionary to be updated has to exist; names of dictionaries, names of options beside each other and all keys have to be unique, and each level needs an enabled option. Correct what the text names and run the item again.',
};

const endpoints = {
	/** Seed 7moor. */
	queryDictionary: {
		path: `${BUSINESS}/queryDictionary/{ACCOUNTID}`,
		kind: 'read',
		...dictionaryCall,
	},
	addDictionary: {
		path: `${BUSINESS}/addDictionary/{ACCOUNTID}`,
		kind: 'write',
		...dictionaryCall,
	},
	updateDictionary: {
		path: `${BUSINESS}/updateDictionary/{ACCOUNTID}`,
		kind: 'write',
		...dictionaryCall,
	},
	/** Sheet 7moor §3.2. */
	handleBusiness: {
		path: '/v20170704/business/handleBusiness/{ACCOUNTID}',
		kind: 'write',
		saysSuccess: false,
		whenRefused:
			'7moor did not accept the body, whose fields it does not publish. Compare it with the documents that your 7moor gave you.',
	},
	/** Sheet 7moor §3.4. */
	queryQueue: {
		path: '/v20210827/user/queryQueue/{ACCOUNTID}',
		kind: 'read',
		// Sheet 7moor §5.
		limits: [{ calls: 100, withinMs: MINUTE_MS, of: 'endpoint' }],
		saysSuccess: false,
		whenRefused: '7moor did not accept a field. Check the agent number.',
	},
} satisfies Record<string, Endpoint>;

/** What to do about a code (sheet 7moor §4), which also serves where only the HTTP status tells. */
const refusals: Record<string, Omit<Refusal, 'text' | 'code'>> = {
	403: {
		advice:
			'7moor did not accept the signature. Test the 7moor credential: Account ID, API Secret, and the clock of this machine, since a signature counts for 5 minutes.',
		cause: 'credential-invalid',
	},
	// The code of the limit is not published; 429 is what HTTP says.
	429: {
		advice:
			'7moor allows 20 calls a minute of each kind that has to do with dictionaries, and 100 for skill groups. Wait a minute and run the item again.',
		cause: 'rate-limited',
		retryAfterMs: 60_000,
	},
	500: {
		advice:
			'Something went wrong inside 7moor. Run a read again later; look the record up before you repeat a change, which may have taken effect.',
		cause: 'temporarily-unavailable',
	},
};

/** The samples write both 200/true and "200"/"true" (seed 7moor, answers of query and add). */
function succeeded({ code, success }: JsonObject, { saysSuccess }: Endpoint): boolean {
	const agrees = success === true || success === 'true' || (!saysSuccess && success === undefined);
	return String(code) === '200' && agrees;
}

/**
 * One call to 7moor; answers the whole envelope. A body that is text goes out as it is.
 *
 * @throws NodeApiError with the vendor's message and code, or saying why there was no answer
 */
export async function callSevenMoor(
	site: CallSite,
	endpoint: keyof typeof endpoints,
	body: object | string,
): Promise<JsonObject> {
	const called: Endpoint = endpoints[endpoint];
	const request: VendorRequest = {
		method: 'POST',
		path: called.path,
		kind: called.kind,
		limits: called.limits,
		body: typeof body === 'string' ? body : writeJson(body),
	};
	return await repeatedly(site, profile, request, async (governed) => {
		return await attempt(governed, request, called);
	});
}

async function attempt(
	site: CallSite,
	request: VendorRequest,
	called: Endpoint,
): Promise<JsonObject> {
	const answer = await exchange(site, profile, request);
	const envelope = objectIn(answer);
	if (envelope?.code === undefined) {
		throw unreadableError(site, profile, answer, called.kind === 'write');
	}
	if (!succeeded(envelope, called)) {
		const code = String(envelope.code);
		const known: typeof refusals = { ...refusals, 400: { advice: called.whenRefused } };
		throw refusalError(site, profile, answer, {
			...(known[code] ?? known[answer.status]),
			text: String(envelope.message ?? ''),
			code: `code ${code}`,
		});
	}
	return envelope;
}
