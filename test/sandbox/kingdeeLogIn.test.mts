import { startSandbox } from '../../sandbox/index.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { call, hexBase64, kingdee, kingdeeSigned, type Query } from './clients.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const TOKEN = '/jdyconnector/app_management/kingdee_auth_token';
const accounts = () => sandbox.accounts.kingdee;

describe('the log-in with an authorisation code', () => {
	const exchange = async (changes: Query = {}) =>
		await call('GET', `${sandbox.addresses.kingdee}/auth/oauth2/access_token`, {
			query: {
				client_id: accounts().clientId,
				client_secret: accounts().clientSecret,
				grant_type: 'authorization_code',
				code: sandbox.kingdee.logIn(),
				redirect_uri: accounts().redirectUri,
				...changes,
			},
		});
	const userOf = async (access_token: string) =>
		(
			await kingdee(
				sandbox,
				'/weigusoft/basedata/get_current_user_info',
				{},
				{ query: { access_token } },
			)
		).json['data'];

	it('gives a token of the person who logged in, flat or under data', async () => {
		const { json } = await exchange();
		expect(Object.keys(json)).toEqual(['access_token']);
		expect(await userOf(String(json['access_token']))).toMatchObject({ id: '10102023' });

		sandbox.kingdee.logInShape = 'data';
		const code = sandbox.kingdee.logIn(undefined, accounts().engineer.userId);
		const { data } = (await exchange({ code })).json as { data: { access_token: string } };
		expect(await userOf(data.access_token)).toMatchObject({ id: '10102024' });
	});

	it('takes a code once, and not for ever', async () => {
		const code = sandbox.kingdee.logIn();
		expect((await exchange({ code })).json).toHaveProperty('access_token');
		expect((await exchange({ code })).json).toEqual({
			errcode: 400,
			description: 'code is invalid',
		});
		const late = sandbox.kingdee.logIn();
		sandbox.clock.advance(10 * 60_000);
		expect((await exchange({ code: late })).json).toMatchObject({ errcode: 400 });
	});

	it('gives a code for a white-listed redirect only', () => {
		expect(() => sandbox.kingdee.logIn('https://elsewhere.example.com')).toThrow('not registered');
	});

	it.each<[Query, number]>([
		[{ client_id: '' }, 4002],
		[{ client_id: '1' }, 4003],
		[{ client_secret: undefined }, 4004],
		[{ client_secret: 'x' }, 4005],
		[{ grant_type: 'password' }, 400],
		[{ code: 'nonsense' }, 400],
		[{ redirect_uri: 'https://n8n.example.com' }, 400],
	])('refuses %j', async (changes, errcode) => {
		expect((await exchange(changes)).json).toMatchObject({ errcode });
	});
});

describe('lists of 星辰 v2', () => {
	const appToken = async () => {
		const app_signature = hexBase64(sandbox.kingdee.appSecret, 'abc');
		const { json } = await kingdeeSigned(sandbox, 'GET', TOKEN, { app_key: 'abc', app_signature });
		return (json['data'] as { 'app-token': string })['app-token'];
	};
	const list = async (name: string, query: Record<string, string> = {}, headers = {}) =>
		await kingdeeSigned(sandbox, 'GET', `/jdy/v2/bd/${name}`, query, {
			'app-token': await appToken(),
			'X-GW-Router-Addr': accounts().idcDomain,
			...headers,
		});

	it.each([
		['emp', '1697009251337127936', '张工'],
		['department', '1697221606960547840', '服务部'],
		['customer', '1701234567890123457', '南京示例机电有限公司'],
	])('lists %s', async (name, id, text) => {
		const { json } = await list(name, { page: '1', page_size: '1' });
		expect(json).toMatchObject({
			errcode: 0,
			description: 'success',
			data: { rows: [{ id, name: text }], count: expect.any(String), page: 1 },
		});
	});

	it('cuts pages above 100 but reckons their number with what was asked for', async () => {
		const customers = sandbox.kingdee.productList('customer');
		for (let entry = 0; entry < 250; entry++) {
			customers.push({ id: `17012345678901${20000 + entry}`, number: `K${entry}`, name: '客户' });
		}
		const { rows, ...rest } = (await list('customer', { page: '3', page_size: '200' })).json[
			'data'
		] as { rows: unknown[] };
		expect(rows).toHaveLength(52);
		expect(rest).toEqual({ count: '252', page: 3, page_size: 100, total_page: 2 });
		sandbox.kingdee.productListShape = 'array';
		expect((await list('customer')).json['data']).toHaveLength(10);
	});

	it('wants the app-token, the router and the signature', async () => {
		expect(await list('emp', {}, { 'app-token': undefined })).toMatchObject({ status: 401 });
		expect(await list('emp', {}, { 'X-GW-Router-Addr': 'https://x.jdy.com' })).toMatchObject({
			status: 404,
			text: 'No Route',
		});
		expect((await list('emp', {}, { 'X-Api-Signature': 'x' })).json).toMatchObject({
			errcode: 4008,
		});
		expect((await list('emp', { page: '0' })).json).toMatchObject({ errcode: 1030002006 });
	});

	it('lets an app-token end', async () => {
		const token = await appToken();
		expect((await list('emp', {}, { 'app-token': token })).status).toBe(200);
		sandbox.clock.advance(24 * 3_600_000);
		expect((await list('emp', {}, { 'app-token': token })).status).toBe(401);
		const fresh = await appToken();
		sandbox.kingdee.expireAppTokens();
		expect((await list('emp', {}, { 'app-token': fresh })).status).toBe(401);
	});
});
