import { NodeApiError, type IDataObject, type IHttpRequestOptions, type INode } from 'n8n-workflow';

import { failureOf } from '../../lib/errors.ts';
import {
	exchange,
	placeOf,
	type CallSite,
	type VendorAnswer,
	type VendorProfile,
	type VendorRequest,
} from '../../lib/exchange.ts';
import { forgetCalls, inTurn } from '../../lib/governor.ts';
import { accountKey, MINUTE_MS } from '../../lib/limits.ts';
import { TooManyLogIns } from '../../lib/session.ts';

interface Sent {
	options: IHttpRequestOptions;
	/** Values of the credential as n8n's helper is handed them. */
	data: IDataObject;
	credential: { id: string; name: string; type: string };
}
/** What n8n's helper does with a request: signs it, may open a session, answers or fails. */
type Helper = (sent: Sent) => unknown;

const profile: VendorProfile = {
	name: 'Acme',
	credentialType: 'acmeApi',
	secretFields: ['secret', 'session'],
	secretParameters: ['access_token', 'X-Sign'],
	accountFields: ['account'],
	limits: [
		{ calls: 100, withinMs: MINUTE_MS, of: 'account' },
		{ calls: 5, of: 'kind' },
	],
	logInCalls: 2,
};
const read: VendorRequest = { method: 'GET', path: '/list', kind: 'read' };
const write: VendorRequest = { method: 'POST', path: '/save', kind: 'write', body: '{}' };

let credentials = 0;

/** A node whose credential has these values; each has an id of its own. */
function nodeWith(values: IDataObject, helper: Helper, more: Partial<CallSite> = {}) {
	const sent: Sent[] = [];
	const id = `credential ${++credentials}`;
	const node = {
		id: 'n1',
		name: 'Node',
		type: 'acme',
		typeVersion: 1,
		credentials: { acmeApi: { id, name: 'Mine' } },
	} as unknown as INode;
	const context = {
		getNode: () => node,
		getWorkflow: () => ({ id: 'w1' }),
		getCredentials: async () => ({ ...values }),
		helpers: {
			httpRequestWithAuthentication: async (
				_type: string,
				options: IHttpRequestOptions,
				{
					credentialsDecrypted,
				}: { credentialsDecrypted: Sent['credential'] & { data: IDataObject } },
			): Promise<unknown> => {
				const { data, ...credential } = credentialsDecrypted;
				const call = { options, data, credential };
				sent.push({ ...call, data: { ...data } });
				return await helper(call);
			},
		},
	};
	const site: CallSite = {
		context: context as unknown as CallSite['context'],
		itemIndex: 2,
		...more,
	};
	return { site, sent, node, values, id };
}

const answers = (body: unknown, headers?: IDataObject) => () => ({
	statusCode: 200,
	headers,
	body,
});
const fails = (code: string) => () => {
	throw Object.assign(new Error('x'), { code });
};

/** The error of a call that got no answer. */
async function failureIn(call: Promise<VendorAnswer>) {
	const error: unknown = await call.catch((thrown: unknown) => thrown);
	return failureOf(error);
}

beforeEach(() => forgetCalls());

describe('a request', () => {
	it('goes out as it is, its answer comes back as text with any status', async () => {
		const { site, sent, id } = nodeWith({ account: 'a' }, answers('{"a":1}'));
		const answer = await exchange(site, profile, {
			...read,
			query: { page: 1 },
			headers: { 'X-Mine': 'x' },
		});
		expect(answer).toMatchObject({ status: 200, text: '{"a":1}', retryAfterMs: undefined });
		expect(sent).toEqual([
			{
				options: {
					method: 'GET',
					url: '/list',
					headers: { Accept: 'application/json', 'X-Mine': 'x' },
					encoding: 'text',
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
					timeout: 30_000,
					qs: { page: 1 },
				},
				data: { account: 'a' },
				credential: { id, name: 'Mine', type: 'acmeApi' },
			},
		]);
	});

	it.each([
		[{}, read, 30_000],
		[{}, write, 30_000],
		[{}, { ...write, body: new FormData() }, 120_000],
		[{ timeoutMs: 9 }, write, 9],
		[{ timeoutMs: 9 }, { ...write, body: new FormData() }, 9],
	])('with the options %j waits %#', async (requestOptions, request, timeout) => {
		const { site, sent } = nodeWith({}, answers('{}'), { requestOptions });
		await exchange(site, profile, request);
		expect(sent[0]?.options.timeout).toBe(timeout);
		expect(sent[0]?.options.body).toBe(request.body);
	});

	it.each([
		['text', 'text'],
		[{ a: 1 }, '{"a":1}'],
		[null, '""'],
		[undefined, '""'],
	])('whose answer is %j has the text %j', async (body, text) => {
		const { site } = nodeWith({}, answers(body));
		expect((await exchange(site, profile, read)).text).toBe(text);
	});

	it('may stand on other values of the credential', async () => {
		const { site, sent } = nodeWith({ account: 'a', user: 'u' }, answers('{}'));
		await exchange(site, profile, { ...read, instead: { user: 'other' } });
		expect(sent[0]?.data).toEqual({ account: 'a', user: 'other' });
	});
});

describe('Retry-After', () => {
	beforeEach(() => jest.useFakeTimers({ now: Date.parse('2025-07-17T00:00:00Z') }));
	afterEach(() => jest.useRealTimers());

	it.each([
		['0', 0],
		['7', 7_000],
		['Thu, 17 Jul 2025 00:01:00 GMT', 60_000],
		['Thu, 17 Jul 2025 00:00:00 GMT', 0],
		['Wed, 16 Jul 2025 00:00:00 GMT', 0],
		['7 s', undefined],
		['soon', undefined],
		['', undefined],
		[7, undefined],
		[['7'], undefined],
		[undefined, undefined],
	])('%j is %j ms', async (header, ms) => {
		const { site } = nodeWith({}, answers('{}', { 'retry-after': header }));
		expect((await exchange(site, profile, read)).retryAfterMs).toBe(ms);
	});
});

test('secrets of the credential, of its session and of the signature are masked', async () => {
	const session = JSON.stringify({
		token: 'token-1',
		inner: { deep: 'not text' },
		madeFor: 'made-for',
	});
	const { site } = nodeWith(
		{ account: 'account-a', secret: 'secret-1', session },
		({ options, data }) => {
			options.headers = { ...options.headers, 'X-Sign': 'sign-1' };
			options.qs = { access_token: 'access-1', page: 'page-1' };
			data.session = '{"token":"token-2"}';
			return answers('{}')();
		},
	);
	const { mask } = await exchange(site, profile, read);
	expect(mask('secret-1 token-1 made-for token-2 sign-1 access-1 page-1 account-a')).toBe(
		'*** *** *** *** *** *** page-1 account-a',
	);
});

test.each(['plain-text', '{broken', '["listed"]'])(
	'a session that is %j is masked whole',
	async (session) => {
		const { site } = nodeWith({ session }, answers('{}'));
		expect((await exchange(site, profile, read)).mask(`a ${session} b`)).toBe('a *** b');
	},
);

describe('where no answer comes', () => {
	it('a write may have taken effect, a read is repeated', async () => {
		const outcome = async (request: VendorRequest) => {
			const { site } = nodeWith({}, fails('ECONNRESET'));
			return await failureIn(exchange(site, profile, request));
		};
		expect(await outcome(write)).toMatchObject({
			repeatable: 'reads',
			advice: expect.stringMatching(/may have taken/),
		});
		expect(await outcome(read)).toMatchObject({
			repeatable: 'reads',
			advice: expect.stringMatching(/run it again/),
		});
	});

	it("the cause is what n8n's helper wrapped, and the error is of the item", async () => {
		const { site, node } = nodeWith({}, () => {
			const wrapped = new NodeApiError(placeOf(site).node, {});
			Object.assign(wrapped, { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) });
			throw wrapped;
		});
		const call = exchange(site, profile, write);
		await expect(call).rejects.toMatchObject({
			message: 'Acme could not be reached: the host refused the connection',
			context: { itemIndex: 2 },
			node,
		});
	});

	it('because the execution was cancelled meanwhile, a write may have taken effect', async () => {
		const cancel = new AbortController();
		const { site } = nodeWith({}, async () => {
			cancel.abort();
			return await new Promise(() => undefined);
		});
		Object.assign(site.context, { getExecutionCancelSignal: () => cancel.signal });
		expect(await failureIn(exchange(site, profile, write))).toMatchObject({
			message: 'The call to Acme was canceled with the execution',
			advice: expect.stringMatching(/may have taken effect/),
		});
		expect(await failureIn(exchange(site, profile, write))).toMatchObject({
			message: 'The wait for Acme was ended: the execution was canceled',
			advice: 'Nothing was changed.',
		});
	});

	it.each([undefined, 'text', { body: '{}' }])(
		'but %j from the helper, it is said to be broken off',
		async (odd) => {
			const { site } = nodeWith({}, () => odd);
			expect((await failureIn(exchange(site, profile, read)))?.message).toMatch(/broke off/);
		},
	);
});

describe('a session', () => {
	/** A helper that opens a session where there is none, as n8n does. */
	const opening = () => {
		let count = 0;
		const helper: Helper = ({ data }) => {
			if (data.session === '') data.session = `session-${++count}`;
			return answers('{}')();
		};
		return helper;
	};

	it('that a call has opened is used by the next, though n8n has not stored it', async () => {
		const { site, sent } = nodeWith({ session: '' }, opening());
		expect((await exchange(site, profile, read)).session).toBe('session-1');
		expect((await exchange(site, profile, read)).session).toBe('session-1');
		expect(sent.map(({ data }) => data.session)).toEqual(['', 'session-1']);
	});

	it('is opened anew where a call is made again, once for all of them', async () => {
		const { site, sent } = nodeWith({ session: 'old' }, opening());
		const [one, two] = [await exchange(site, profile, read), await exchange(site, profile, read)];
		expect((await one.again()).session).toBe('session-1');
		expect((await two.again(write)).session).toBe('session-1');
		expect(sent.map(({ data, options }) => [data.session, options.url])).toEqual([
			['old', '/list'],
			['old', '/list'],
			['', '/list'],
			['session-1', '/save'],
		]);
	});

	it('that another call opened is used by those that waited for their turn meanwhile', async () => {
		const limits = [{ calls: 1, of: 'account' as const }];
		const oneAtATime = { ...profile, limits };
		const { site, sent } = nodeWith({ account: 'a', session: 'old' }, opening());
		const call = async () => await exchange(site, oneAtATime, read);
		const refused = await Promise.all([call(), call(), call()]);
		const again = await Promise.all(refused.map(async (answer) => await answer.again()));
		expect(again.map(({ session }) => session)).toEqual(Array(3).fill('session-1'));
		expect(sent.map(({ data }) => data.session)).toEqual([
			...Array<string>(3).fill('old'),
			'',
			'session-1',
			'session-1',
		]);

		const first = nodeWith({ account: 'a', session: '' }, opening());
		const begin = async () => await exchange(first.site, oneAtATime, read);
		await Promise.all([begin(), begin(), begin()]);
		expect(first.sent.map(({ data }) => data.session)).toEqual(['', 'session-1', 'session-1']);
	});

	it('does not appear where the credential has none', async () => {
		const { site, sent } = nodeWith({ secret: 'x' }, answers('{}'));
		await (await exchange(site, profile, read)).again();
		expect(sent.map(({ data }) => 'session' in data)).toEqual([false, false]);
	});

	it('that may not be opened leaves the refusal to who can do with it, else it is an error', async () => {
		const { site } = nodeWith({ session: 'old' }, ({ data }) => {
			if (data.session === '') throw new TooManyLogIns('Too many', undefined, 1_000);
			return answers('refused')();
		});
		const refused = await exchange(site, profile, read);
		expect(await refused.againIfAllowed()).toBe(refused);
		expect(await failureIn(refused.again())).toMatchObject({ message: 'Too many' });
		expect(await failureIn(refused.again(write))).toMatchObject({
			message: 'Too many',
			retryAfterMs: 1_000,
		});
		expect(await failureIn(exchange(site, profile, read, 'old'))).toMatchObject({
			message: 'Too many',
		});
	});

	it('counts with its calls for the first limit, once, and not where none was opened', async () => {
		const callsLeft = async (helper: Helper, session: string, calls: number) => {
			forgetCalls();
			const limited = {
				...profile,
				limits: [{ calls: 10, withinMs: MINUTE_MS, of: 'account' as const }],
			};
			const { site } = nodeWith({ account: 'a', session }, helper);
			for (let call = 0; call < calls; call++) await exchange(site, limited, read);
			const turn = {
				key: `${accountKey('acmeApi', { account: 'a' }, ['account'])} account `,
				limits: limited.limits,
			};
			let left = 0;
			const patience = { until: performance.now() };
			while (await inTurn([turn], patience, async () => true).catch(() => false)) left++;
			return left;
		};
		expect(await callsLeft(opening(), '', 1)).toBe(7);
		expect(await callsLeft(opening(), '', 3)).toBe(5);
		expect(await callsLeft(opening(), 'old', 2)).toBe(8);
	});
});

describe('after a refusal for a limit', () => {
	const refused = async (requestOptions: CallSite['requestOptions'], limits = profile.limits) => {
		const { site } = nodeWith({ account: `account ${++credentials}` }, answers('{}'), {
			requestOptions,
		});
		return { site, answer: await exchange(site, { ...profile, limits }, read) };
	};

	it('waiting makes sense within the time that is granted', async () => {
		expect((await refused(undefined)).answer.holdOff(90_000)).toBe(true);
		expect((await refused(undefined)).answer.holdOff(90_001)).toBe(false);
		expect((await refused({ maxRetryMs: 5_000 })).answer.holdOff(5_000)).toBe(true);
		expect((await refused({ maxRetryMs: 5_000 })).answer.holdOff(5_001)).toBe(false);
		expect((await refused({ maxRetryMs: 0 })).answer.holdOff(undefined)).toBe(true);
		expect((await refused(undefined, [])).answer.holdOff(60_000)).toBe(true);
	});

	it('other calls of the account are kept back, unless it is too long', async () => {
		const poll = { getActivationMode: () => 'activate', getPollBudgetMs: () => 1_000 };
		const kept = await refused(undefined);
		kept.answer.holdOff(60_000);
		Object.assign(kept.site.context, poll);
		expect(await failureIn(exchange(kept.site, profile, read))).toMatchObject({
			cause: 'rate-limited',
			message: expect.stringMatching(/leave no room for a call for 60 seconds/),
		});
		const free = await refused(undefined);
		free.answer.holdOff(600_000);
		Object.assign(free.site.context, poll);
		expect((await exchange(free.site, profile, read)).status).toBe(200);
	});

	it('waiting is in vain where the next call is refused as well', async () => {
		const { site, answer } = await refused(undefined);
		expect(answer.holdOff(1)).toBe(true);
		await new Promise((resolve) => setTimeout(resolve, 5));
		const next = await exchange(site, profile, read);
		expect(next.holdOff(60_000)).toBe(false);
	});
});
