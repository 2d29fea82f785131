import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { SevenMoorApi } from '../../credentials/SevenMoorApi.credentials';
import { authorization, signature, timestampAt } from '../../credentials/signing/sevenMoor';

/** The vector that the vendor publishes (sheet 7moor §2.3). */
const vector = {
	accountId: 'N00000000556',
	apiSecret: 'secret',
	timestamp: '20161013113612',
	sig: '88996D9907E0EE52C5DAF8EFFCC31CFC',
	header: 'TjAwMDAwMDAwNTU2OjIwMTYxMDEzMTEzNjEy',
};
const INSTANT = Date.parse('2016-10-13T11:36:12.999+08:00');
const HOUR = 3_600_000;

const account = {
	apiAddress: 'https://openapis.7moor.com',
	accountId: vector.accountId,
	apiSecret: vector.apiSecret,
	zoneOffset: '+08:00',
	session: 'none',
};
const PATH = '/v20210827/business/queryDictionary/{ACCOUNTID}';
const SIGNED_PATH = '/v20210827/business/queryDictionary/N00000000556';

type Request = Partial<IHttpRequestOptions> & { uri?: string };
type Sign = (credentials: ICredentialDataDecryptedObject, request: Request) => Promise<Request>;

async function authenticate(
	request: Request,
	credentials: ICredentialDataDecryptedObject = account,
) {
	const sign: unknown = new SevenMoorApi().authenticate;
	return await (sign as Sign)(credentials, request);
}

beforeEach(() => jest.useFakeTimers({ now: INSTANT }));
afterEach(() => jest.useRealTimers());

describe('signing', () => {
	it('agrees with the published vector', () => {
		expect(signature(vector.accountId, vector.apiSecret, vector.timestamp)).toBe(vector.sig);
		expect(authorization(vector.accountId, vector.timestamp)).toBe(vector.header);
	});

	it('pads the header for other lengths of the account', () => {
		expect(authorization('N1', vector.timestamp)).toBe('TjE6MjAxNjEwMTMxMTM2MTI=');
	});

	it('writes the reading of a clock ahead of or behind UTC', () => {
		expect(timestampAt(INSTANT, 8 * HOUR)).toBe(vector.timestamp);
		expect(timestampAt(INSTANT, 0)).toBe('20161013033612');
		expect(timestampAt(Date.parse('2024-12-31T16:00:00Z'), 8 * HOUR)).toBe('20250101000000');
		expect(timestampAt(Date.parse('2024-03-01T00:00:00Z'), -1.5 * HOUR)).toBe('20240229223000');
	});
});

describe('the credential test', () => {
	const test = async (body: (request: IHttpRequestOptions) => object) => {
		const httpRequest = async (request: IHttpRequestOptions) => ({
			statusCode: 200,
			body: JSON.stringify(body(request)),
		});
		const helper = { helpers: { httpRequest } };
		return await new SevenMoorApi().preAuthentication.call(helper, account);
	};

	it('masks what the vendor repeats of the call', async () => {
		const { accountId, apiSecret } = vector;
		await expect(
			test(({ qs, headers }) => ({
				code: '403',
				message: [apiSecret, qs?.sig, headers?.Authorization, accountId].join(' '),
			})),
		).rejects.toThrow(
			/^7moor refused the call: \*\*\* \*\*\* \*\*\* N00000000556 \(code 403\)\. Check/,
		);
	});

	it.each([200, '200'])('passes with code %j and changes nothing', async (code) => {
		expect(await test(() => ({ code }))).toEqual({});
	});

	it.each([
		[429, /The limit of 20 calls a minute was reached/],
		[400, /\(code 400\)\. Check the Host and the Account ID\./],
	])('says what to check for code %d', async (code, message) => {
		await expect(test(() => ({ code }))).rejects.toThrow(message);
	});
});

describe('the credential', () => {
	it('signs query and header from one time stamp, in the request it was given', async () => {
		const request = { method: 'POST', url: PATH } as const;
		const signed = await authenticate(request);
		expect(signed).toBe(request);
		expect(signed).toEqual({
			method: 'POST',
			url: `https://openapis.7moor.com${SIGNED_PATH}`,
			qs: { sig: vector.sig },
			headers: {
				Authorization: vector.header,
				'Content-Type': 'application/json;charset=utf-8',
			},
		});
	});

	it('signs anew for each attempt with the same request', async () => {
		const request = { url: PATH };
		const first = { ...(await authenticate(request)) };
		jest.setSystemTime(INSTANT + 1000);
		const second = await authenticate(request);
		expect(second.url).toBe(first.url);
		expect(second.qs?.sig).not.toBe(first.qs?.sig);
		expect(second.headers?.Authorization).toBe(authorization(vector.accountId, '20161013113613'));
		expect(second.qs?.sig).toBe(signature(vector.accountId, 'secret', '20161013113613'));
	});

	it('reads one clock even when a second passes meanwhile', async () => {
		const clock = jest.spyOn(Date, 'now');
		let now = INSTANT;
		clock.mockImplementation(() => (now += 1000));
		const { qs, headers } = await authenticate({ url: PATH });
		const [, timestamp = ''] = Buffer.from(String(headers?.Authorization), 'base64')
			.toString()
			.split(':');
		expect(qs?.sig).toBe(signature(vector.accountId, vector.apiSecret, timestamp));
		clock.mockRestore();
	});

	it('signs whole addresses in url and in uri, as the HTTP Request node gives them', async () => {
		const address = `https://apis.7moor.com${PATH}`;
		expect((await authenticate({ url: address })).url).toBe(`https://apis.7moor.com${SIGNED_PATH}`);
		const legacy = await authenticate({ uri: address, headers: { 'X-Mine': '1' } });
		expect(legacy.uri).toBe(`https://apis.7moor.com${SIGNED_PATH}`);
		expect(legacy.url).toBeUndefined();
		expect(legacy.qs?.sig).toBe(vector.sig);
		expect(legacy.headers).toMatchObject({ 'X-Mine': '1', Authorization: vector.header });
	});

	it.each([
		[`${PATH}?sig=SIG`, `${SIGNED_PATH}`],
		['/a/%7BACCOUNTID%7D/%7bACCOUNTID%7d', '/a/N00000000556/N00000000556'],
		['/a/{ACCOUNTID}?page=1&sig=SIG', '/a/N00000000556?page=1'],
		['/a/N1?x={ACCOUNTID}', '/a/N1?x={ACCOUNTID}'],
	])('completes %s', async (given, sent) => {
		expect((await authenticate({ url: given })).url).toBe(`https://openapis.7moor.com${sent}`);
	});

	it('keeps a content type, other headers and other query parameters', async () => {
		const signed = await authenticate({
			url: PATH,
			headers: { 'content-type': 'text/plain' },
			qs: { exten: '8000' },
		});
		expect(signed.headers).toEqual({
			'content-type': 'text/plain',
			Authorization: vector.header,
		});
		expect(signed.qs).toEqual({ exten: '8000', sig: vector.sig });
	});

	it('signs in the time of the zone offset, China time where it is empty', async () => {
		const header = async (zoneOffset: string) =>
			(await authenticate({ url: PATH }, { ...account, zoneOffset })).headers?.Authorization;
		expect(await header('')).toBe(vector.header);
		expect(await header('+00:00')).toBe(authorization(vector.accountId, '20161013033612'));
		expect(await header('-05:30')).toBe(authorization(vector.accountId, '20161012220612'));
	});

	it.each([
		[{ zoneOffset: 'Asia/Shanghai' }, /^Zone Offset is not an offset from UTC: "Asia\/Shanghai"/],
		[{ zoneOffset: '+15:00' }, /^Zone Offset/],
		[{ accountId: ' ' }, /^Account ID and API Secret are both needed/],
		[{ apiSecret: '' }, /^Account ID and API Secret are both needed/],
		[{ apiAddress: 'openapis.7moor.com' }, /^Host is not an address/],
		[{ apiAddress: 'http://apis.7moor.com' }, /^Host must start with https/],
	])('refuses %j', async (changes, message) => {
		await expect(authenticate({ url: PATH }, { ...account, ...changes })).rejects.toThrow(message);
	});

	it('ignores white space around what was pasted', async () => {
		const pasted = { ...account, accountId: ' N00000000556\n', apiSecret: ' secret ' };
		expect((await authenticate({ url: PATH }, pasted)).qs?.sig).toBe(vector.sig);
	});
});
