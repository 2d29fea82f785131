import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { KingdeeApi } from '../../credentials/KingdeeApi.credentials.ts';
import {
	apiMessage,
	apiSignature,
	appSignature,
	authorityInfo,
	decryptPrivacyField,
} from '../../credentials/signing/kingdee.ts';

const AES_KEY = '2c17e560c500f55c';
const AES_IV = '5e8y6w45ju8w9jq8';

/** The seed's own sample. */
const byToken = {
	mode: 'accessToken',
	accessToken: '1751589696b6fadec8ca66f4bff7eece',
	userId: '10102023',
	groupName: 'ns-f51c',
	accountId: '1683187060740048426',
	idcDomain: 'https://tf.jdy.com',
	apiAddress: 'https://api.kingdee.com',
	aesKey: AES_KEY,
	aesIv: AES_IV,
	session: 'none',
};
const seedAuthority = '80YVhAfnQaOYK7vgQL1NZOCzmT9slfIZW8j01JnRwGPlJhpCXkVtaJW70RN/XQPn';

const byApp = {
	mode: 'appAuthorisation',
	clientId: '200421',
	clientSecret: 'f2adcfef73369bfc4e1384677d38a0ff',
	outerInstanceId: '418370618707400484',
	accountId: '',
	apiAddress: 'https://api.kingdee.com',
	aesKey: AES_KEY,
	aesIv: AES_IV,
	session: 'none',
};

const HANDLE = '/weigusoft/wg_crm/wg_handleBillBusinessApi';

type Signed = IHttpRequestOptions & { uri?: string; headers: Record<string, string> };

async function sign(
	request: object,
	credentials: ICredentialDataDecryptedObject = byToken,
): Promise<Signed> {
	const { authenticate } = new KingdeeApi();
	if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
	return (await authenticate(credentials, request as IHttpRequestOptions)) as Signed;
}

/** Credentials of the app with a session that is in use. */
async function withSession(changes: object = {}): Promise<ICredentialDataDecryptedObject> {
	const { accountOf } = await import('../../credentials/kingdee/account.ts');
	const account = accountOf(byApp);
	const session = {
		madeFor: 'madeFor' in account ? account.madeFor : '',
		usableUntil: Date.now() + 60_000,
		accessToken: '17464962873ecbcaebacdebe9b82fdce',
		appToken: 'app-token-value',
		tenant: {
			userId: '10102023',
			groupName: 'ns-v7g6',
			accountId: '1683187060740048426',
			domain: 'https://tf-ek.jdy.com',
		},
		...changes,
	};
	return { ...byApp, session: JSON.stringify(session) };
}

describe('published vectors', () => {
	it.each([
		[
			'17464962873ecbcaebacdebe9b82fdce',
			'YiyLl+eZDehXLRo2mpBLziNDxg5w6wjrfZ4AxgROyyyORJYkB7sQbQxjK9gO33E/',
		],
		['1751589696b6fadec8ca66f4bff7eece', seedAuthority],
		[
			'1773538584aefabf5cdc22dbecbea65d',
			'5WrG/TIIn2mBi1i5zjz+p+ochGEpV2UCp+eExRSkMnuQmTSvuzxKWR8RRaynxAog',
		],
	])('authority_info of token %s', (token, expected) => {
		expect(authorityInfo(token, '10102023', AES_KEY, AES_IV)).toBe(expected);
	});

	it('app_signature', () => {
		expect(appSignature('abc', 'abc123')).toBe(
			'ZDljMTI3NGIyNTE1MTRkYzlkNjc1MDNhYjUzMzgzNWMyY2M4YTdjMzdmNmM3YTVlNDkxMTkzNjdiOTFjNzUyZQ==',
		);
	});

	const call = {
		method: 'GET',
		path: '/jdyconnector/app_management/kingdee_auth_token',
		query: [
			[
				'app_signature',
				'MzZlYTk0ODk4MWZlNjdiODNmNWU4YzViNzYxNGM5MTFlOGJkN2NjMzk0MTJkZGNhZGM0NzZhN2YxZDJmOTlkZA==',
			],
			['app_key', 'bVZgAZOv1'],
		],
		nonce: '4427456950',
		timestamp: '1670305063559',
	} as const;

	it('message of X-Api-Signature', () => {
		expect(apiMessage(call)).toBe(
			'GET\n%2Fjdyconnector%2Fapp_management%2Fkingdee_auth_token\n' +
				'app_key=bVZgAZOv1&app_signature=MzZlYTk0ODk4MWZlNjdiODNmNWU4YzViNzYxNGM5MTFlOGJkN2NjMzk0MTJkZGNhZGM0NzZhN2YxZDJmOTlkZA%253D%253D\n' +
				'x-api-nonce:4427456950\nx-api-timestamp:1670305063559\n',
		);
	});

	it('X-Api-Signature and the hex text in it', () => {
		const signature = apiSignature(call, 'f2adcfef73369bfc4e1384677d38a0ff');
		expect(signature).toBe(
			'OTFiZTliNDFiMjNkYTI3YzVhNzg4MDI4ZGU3MWY1ZTA5ZTk1NjVlNGM1YTI1ZjIxY2Y5YTA3ZGY2OGI1MGQ1MQ==',
		);
		expect(Buffer.from(signature, 'base64').toString()).toBe(
			'91be9b41b23da27c5a788028de71f5e09e9565e4c5a25f21cf9a07df68b50d51',
		);
	});

	it('decryption of a privacy field', () => {
		const secret = '75eb3c7cd5974c3018d6934e142b5f81';
		expect(decryptPrivacyField('bsiV0ZrykeIH/5ZZ65lX5A==', secret, AES_IV)).toBe('18599999999');
		expect(decryptPrivacyField('nonsense', secret, AES_IV)).toBeUndefined();
		expect(decryptPrivacyField('bsiV0ZrykeIH/5ZZ65lX5A==', 'short', AES_IV)).toBeUndefined();
	});
});

describe('the message of X-Api-Signature', () => {
	const lines = (query: Array<[string, string]>, path = '/a b/中', method = 'post') =>
		apiMessage({ method, path, query, nonce: '1', timestamp: '2' }).split('\n');

	it('has an empty third line without a query and ends with LF', () => {
		expect(lines([])).toEqual([
			'POST',
			'%2Fa+b%2F%E4%B8%AD',
			'',
			'x-api-nonce:1',
			'x-api-timestamp:2',
			'',
		]);
	});

	it('sorts joined pairs after the first pass', () => {
		const query: Array<[string, string]> = [
			['page_size', '1'],
			['page', '2'],
			['page1', '3'],
			['a', 'Z'],
			['a', '中'],
		];
		expect(lines(query)[2]).toBe('a=%25E4%25B8%25AD&a=Z&page1=3&page=2&page_size=1');
	});

	it('encodes values by Java and then by the client: space, *, ~, +, -, .', () => {
		expect(lines([['q', ' *~+-._']])[2]).toBe('q=%2B%2A%257E%252B-._');
		expect(lines([['a ~*', 'x']])[2]).toBe('a%2B~%252A=x');
	});
});

describe('scheme A', () => {
	it('makes the query and the headers of the seed', async () => {
		const request = { method: 'POST', url: HANDLE, body: '{"a":1}' };
		const signed = await sign(request);
		expect(signed).toBe(request);
		expect(signed).toEqual({
			method: 'POST',
			url: `https://api.kingdee.com${HANDLE}`,
			body: '{"a":1}',
			qs: { access_token: byToken.accessToken, authority_info: seedAuthority },
			headers: {
				'Content-Type': 'application/json',
				groupName: 'ns-f51c',
				accountId: '1683187060740048426',
				'X-GW-Router-Addr': 'https://tf.jdy.com',
				Appuserid: '10102023',
				access_token: byToken.accessToken,
			},
		});
	});

	it('uses the AES constants of the credential', async () => {
		const other = '0123456789abcdef';
		const signed = await sign({ url: HANDLE }, { ...byToken, aesKey: other, aesIv: other });
		expect(signed.qs?.authority_info).toBe(
			authorityInfo(byToken.accessToken, '10102023', other, other),
		);
	});

	it.each(['https://tf.jdy.com/', ' https://tf.jdy.com// '])(
		'drops the trailing slash of %j',
		async (idcDomain) => {
			const { headers } = await sign({ url: HANDLE }, { ...byToken, idcDomain });
			expect(headers['X-GW-Router-Addr']).toBe('https://tf.jdy.com');
		},
	);

	it.each(['/weigusoft/basedata/get_current_user_info', '/jdy/basedata/attachment_upload'])(
		'sends the token alone in the query of %s',
		async (url) => {
			expect((await sign({ url })).qs).toEqual({ access_token: byToken.accessToken });
		},
	);

	it('sends an empty body as {}, which n8n would leave out', async () => {
		expect((await sign({ method: 'POST', url: HANDLE, body: {} })).body).toBe('{}');
		expect((await sign({ method: 'POST', url: HANDLE, body: { a: 1 } })).body).toEqual({ a: 1 });
	});

	it.each([
		['a given type', { headers: { 'content-type': 'text/plain' } }, 'text/plain'],
		['a form', { body: new FormData() }, undefined],
		['a form of the legacy helper', { formData: { file: 'x' } }, undefined],
	])('leaves the content type of %s alone', async (_what, request, expected) => {
		const { headers } = await sign({ url: HANDLE, ...request });
		expect(headers['Content-Type'] ?? headers['content-type']).toBe(expected);
	});

	it('completes both forms of an address, and keeps a whole one', async () => {
		const whole = `https://proxy.example.com/kingdee${HANDLE}`;
		expect((await sign({ uri: whole })).uri).toBe(whole);
		expect((await sign({ uri: whole })).url).toBeUndefined();
		expect((await sign({ uri: HANDLE })).uri).toBe(`https://api.kingdee.com${HANDLE}`);
		expect((await sign({ url: whole })).url).toBe(whole);
	});

	it('replaces parameters that were pasted with the address', async () => {
		const url = `https://api.kingdee.com${HANDLE}?access_token=&x=1&authority_info=old`;
		const signed = await sign({ url });
		expect(signed.url).toBe(`https://api.kingdee.com${HANDLE}?x=1`);
		expect(signed.qs).toEqual({
			access_token: byToken.accessToken,
			authority_info: seedAuthority,
		});
	});

	it.each(['http://api.kingdee.com', 'api.kingdee.com', ''])(
		'refuses %j as an address',
		async (apiAddress) => {
			await expect(sign({ url: HANDLE }, { ...byToken, apiAddress })).rejects.toThrow(
				/^API Address /,
			);
		},
	);

	it('refuses to send secrets to a plain http address of a request', async () => {
		await expect(sign({ url: `http://api.kingdee.com${HANDLE}` })).rejects.toThrow(/https/);
	});

	it.each(['http://127.0.0.1:8080', 'http://localhost:1'])('allows %s', async (apiAddress) => {
		const { url } = await sign({ url: HANDLE }, { ...byToken, apiAddress });
		expect(url).toBe(apiAddress + HANDLE);
	});

	it.each([
		['accessToken', 'Access Token'],
		['userId', 'User ID'],
		['groupName', 'Group Name'],
		['accountId', 'Account ID'],
		['idcDomain', 'IDC Domain'],
		['aesKey', 'AES Key'],
		['aesIv', 'AES IV'],
	])('names %s when it is empty', async (field, label) => {
		await expect(sign({ url: HANDLE }, { ...byToken, [field]: ' ' })).rejects.toThrow(
			`${label} is empty`,
		);
	});

	it('names a key of the wrong length', async () => {
		await expect(sign({ url: HANDLE }, { ...byToken, aesKey: 'short' })).rejects.toThrow(
			'AES Key must have 16 characters',
		);
	});

	it('passes long ids digit for digit and refuses a damaged number', async () => {
		const { headers } = await sign({ url: HANDLE }, { ...byToken, accountId: '9007199254740993' });
		expect(headers.accountId).toBe('9007199254740993');
		// Whatever such a number was meant to be, JavaScript no longer knows.
		const damaged = Number('1683187060740048426');
		await expect(sign({ url: HANDLE }, { ...byToken, accountId: damaged })).rejects.toThrow(
			'Account ID is a number that has lost digits',
		);
		const { headers: small } = await sign({ url: HANDLE }, { ...byToken, userId: 10102023 });
		expect(small.Appuserid).toBe('10102023');
	});

	it.each(['/jdy/v2/sys/user_list', '/jdyconnector/app_management/push_app_authorize'])(
		'says that %s needs the other mode',
		async (url) => {
			await expect(sign({ url })).rejects.toThrow(/Choose another mode than Access Token/);
		},
	);
});

describe('App Authorisation', () => {
	it.each([
		['none was opened', async () => byApp],
		['it is over', async () => await withSession({ usableUntil: Date.now() - 1 })],
		['it is of another account', async () => await withSession({ madeFor: 'x' })],
		[
			'the secret has changed since',
			async () => ({ ...(await withSession()), clientSecret: 'another' }),
		],
	])('asks n8n for a session when %s', async (_when, credentials) => {
		await expect(sign({ url: HANDLE }, await credentials())).rejects.toMatchObject({
			response: { status: 401 },
		});
	});

	it('signs by scheme A with what the session holds', async () => {
		const { qs, headers } = await sign({ url: HANDLE }, await withSession());
		expect(qs).toEqual({
			access_token: '17464962873ecbcaebacdebe9b82fdce',
			authority_info: 'YiyLl+eZDehXLRo2mpBLziNDxg5w6wjrfZ4AxgROyyyORJYkB7sQbQxjK9gO33E/',
		});
		expect(headers).toMatchObject({
			groupName: 'ns-v7g6',
			'X-GW-Router-Addr': 'https://tf-ek.jdy.com',
			Appuserid: '10102023',
		});
	});

	it('signs 星辰 v2 calls by scheme B, exactly what is sent', async () => {
		const url = 'https://api.kingdee.com/jdy/v2/sys/user_list?page=2';
		const before = Date.now();
		const signed = await sign({ url, qs: { name: '张 三*~', page1: 3 } }, await withSession());
		expect(signed.qs).toBeUndefined();
		expect(signed.url).toBe(
			'https://api.kingdee.com/jdy/v2/sys/user_list?page=2&name=%E5%BC%A0%20%E4%B8%89*~&page1=3',
		);
		const { headers } = signed;
		const nonce = headers['X-Api-Nonce'] ?? '';
		const timestamp = headers['X-Api-TimeStamp'] ?? '';
		expect(nonce).toMatch(/^[1-9]\d{9}$/);
		expect(Number(timestamp)).toBeGreaterThanOrEqual(before);
		expect(timestamp).toMatch(/^\d{13}$/);
		expect(headers).toEqual({
			'Content-Type': 'application/json',
			'X-Api-ClientID': '200421',
			'X-Api-Auth-Version': '2.0',
			'X-Api-TimeStamp': timestamp,
			'X-Api-SignHeaders': 'X-Api-TimeStamp,X-Api-Nonce',
			'X-Api-Nonce': nonce,
			'X-Api-Signature': apiSignature(
				{
					method: 'GET',
					path: '/jdy/v2/sys/user_list',
					query: [
						['page', '2'],
						['name', '张 三*~'],
						['page1', '3'],
					],
					nonce,
					timestamp,
				},
				byApp.clientSecret,
			),
			'app-token': 'app-token-value',
			'X-GW-Router-Addr': 'https://tf-ek.jdy.com',
		});
	});

	it('sends no app-token to the calls that give it', async () => {
		const url = '/jdyconnector/app_management/kingdee_auth_token';
		const { headers } = await sign({ url }, await withSession());
		expect(headers['X-Api-Signature']).toHaveLength(88);
		expect(headers).not.toHaveProperty('app-token');
	});

	it('signs the path that the gateway sees behind a proxy', async () => {
		const apiAddress = 'https://proxy.example.com/kingdee';
		const { accountOf } = await import('../../credentials/kingdee/account.ts');
		const account = accountOf({ ...byApp, apiAddress });
		const madeFor = 'madeFor' in account ? account.madeFor : '';
		const credentials = { ...(await withSession({ madeFor })), apiAddress };
		const { url, headers } = await sign({ url: '/jdy/v2/bd/emp' }, credentials);
		expect(url).toBe('https://proxy.example.com/kingdee/jdy/v2/bd/emp');
		expect(headers['X-Api-Signature']).toBe(
			apiSignature(
				{
					method: 'GET',
					path: '/jdy/v2/bd/emp',
					query: [],
					nonce: headers['X-Api-Nonce'] ?? '',
					timestamp: headers['X-Api-TimeStamp'] ?? '',
				},
				byApp.clientSecret,
			),
		);
	});
});
