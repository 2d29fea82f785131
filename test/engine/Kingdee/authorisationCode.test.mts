import type { IDataObject } from 'n8n-workflow';

import { orderId, paths, useWorld, type Values } from './world.mts';

const world = useWorld();

const OPENED = [paths.authorise, paths.appToken, paths.logIn, paths.user];
const REOPENED = [paths.authorise, paths.appToken, paths.user];

const get = async (credentials: Values) =>
	await world().runWith(credentials, 'workOrder.get', { id: orderId });
const fresh = () => world().byCode(world().sandbox.kingdee.logIn());
const tested = async (credentials: Values) =>
	await world().engine.testCredential('kingdeeApi', credentials);
const exchanges = () => world().requests(paths.logIn);
const kept = (result: Awaited<ReturnType<typeof get>>) => ({ ...result.stored.kingdeeApi });
const logInAddress =
	'https://passport.kingdee.com/passport/#/auth/oauth2/third_login?pck=ok&client_id=200421&response_type=code&redirect_uri=https%3A%2F%2Fn8n.example.com%2Fkingdee%3Ffrom%3Dlog-in';

describe('the log-in', () => {
	it('is shown with the own client and redirect while there is no code', async () => {
		expect(await tested(world().byCode(' '))).toBe(
			`Authorisation Code is empty. Open ${logInAddress} in a browser, log in, and enter what stands behind code= in the address that you are led to.`,
		);
		expect(world().requests()).toEqual([]);
	});

	it('exchanges the code last and acts as the person', async () => {
		const code = world().sandbox.kingdee.logIn(undefined, '10102024');
		const { error } = await get(world().byCode(code));
		expect(error).toBeUndefined();
		expect(world().sentPaths()).toEqual([...OPENED, paths.load]);
		const { clientId, clientSecret, redirectUri } = world().sandbox.accounts.kingdee;
		expect(exchanges()[0]).toMatchObject({ method: 'GET', body: '', accepted: true });
		expect(exchanges()[0]?.query).toEqual({
			client_id: clientId,
			client_secret: clientSecret,
			grant_type: 'authorization_code',
			code,
			redirect_uri: redirectUri,
		});
		expect(world().requests(paths.load)[0]?.headers).toMatchObject({
			appuserid: '10102024',
			groupname: 'ns-f51c',
			accountid: '1683187060740048426',
			'x-gw-router-addr': 'https://tf.jdy.com',
		});
	});

	it('takes the whole address that the browser was led to', async () => {
		const code = world().sandbox.kingdee.logIn();
		const { redirectUri } = world().sandbox.accounts.kingdee;
		expect((await get(world().byCode(`${redirectUri}&code=${code}`))).error).toBeUndefined();
		expect(exchanges()[0]?.query.code).toBe(code);
	});

	it.each(['flat', 'data'] as const)('reads a token that lies %s', async (shape) => {
		world().sandbox.kingdee.logInShape = shape;
		expect((await get(fresh())).error).toBeUndefined();
	});

	it('passes the credential test', async () => {
		expect(await tested(fresh())).toBe('OK');
		expect(world().sentPaths()).toEqual([...OPENED, paths.user]);
	});

	it('also opens the lists of 星辰 v2', async () => {
		const { items } = await world().runWith(fresh(), 'department.getAll');
		expect(items).toHaveLength(2);
	});
});

describe('a code works once', () => {
	it('and the session is kept', async () => {
		const first = await get(fresh());
		world().sandbox.clearRequests();
		expect((await get(kept(first))).error).toBeUndefined();
		expect(world().sentPaths()).toEqual([paths.load]);
	});

	it('for any number of calls at the same time', async () => {
		const credentials = fresh();
		const results = await Promise.all([1, 2, 3, 4].map(async () => await get(credentials)));
		expect(results.map(({ error }) => error)).toEqual([undefined, undefined, undefined, undefined]);
		expect(exchanges()).toHaveLength(1);
	});

	it('also when the session has to be opened again', async () => {
		const first = await get(fresh());
		world().sandbox.kingdee.moveGroup('ns-v7g6');
		world().sandbox.clearRequests();
		expect((await get(kept(first))).error).toBeUndefined();
		expect(world().sentPaths()).toEqual([paths.load, ...REOPENED, paths.load]);
		expect(world().requests().at(-1)?.headers.groupname).toBe('ns-v7g6');
	});

	it('also when n8n has lost the session, as another process would find it', async () => {
		const { stored } = await get(fresh());
		const { grant } = stored.kingdeeApi ?? {};
		expect(JSON.parse(String(grant))).toMatchObject({ accessToken: expect.any(String) });
		world().sandbox.clearRequests();
		expect((await get({ ...stored.kingdeeApi, session: 'none' })).error).toBeUndefined();
		expect(world().sentPaths()).toEqual([...REOPENED, paths.load]);
	});

	it('also when a second saving of the form has emptied the hidden fields', async () => {
		const credentials = fresh();
		await get(credentials);
		world().sandbox.clearRequests();
		expect((await get(credentials)).error).toBeUndefined();
		expect(exchanges()).toEqual([]);
	});

	it('and is not spent on a wrong secret or account', async () => {
		const credentials = fresh();
		const wrong = await get({ ...credentials, clientSecret: 'wrong' });
		expect(wrong.error?.message).toMatch(/4008\)\. Check Client Secret/);
		const elsewhere = await get({ ...credentials, accountId: '1' });
		expect(elsewhere.error?.message).toContain('not authorised for Account ID 1');
		expect(exchanges()).toEqual([]);
		expect((await get(credentials)).error).toBeUndefined();
	});

	it('and what it gave survives a failure of the next step', async () => {
		const credentials = fresh();
		world().sandbox.faults.add({ kind: 'status', status: 500, path: paths.user });
		expect((await get(credentials)).error?.message).toContain('HTTP 500');
		expect((await get(credentials)).error).toBeUndefined();
		expect(exchanges()).toHaveLength(1);
	});

	it('and a new code replaces it', async () => {
		const first = await get(fresh());
		const authorisationCode = world().sandbox.kingdee.logIn(undefined, '10102024');
		world().sandbox.clearRequests();
		const second = await get({ ...kept(first), authorisationCode });
		expect(second.error).toBeUndefined();
		expect(exchanges()).toHaveLength(1);
		expect(world().requests(paths.load)[0]?.headers.appuserid).toBe('10102024');
		expect(second.stored.kingdeeApi?.grant).not.toBe(first.stored.kingdeeApi?.grant);
	});
});

describe('a new log-in is asked for', () => {
	const ofUsed = async () => {
		const credentials = fresh();
		const { redirectUri, clientId, clientSecret } = world().sandbox.accounts.kingdee;
		const query = new URLSearchParams({
			client_id: clientId,
			client_secret: clientSecret,
			grant_type: 'authorization_code',
			code: String(credentials.authorisationCode),
			redirect_uri: redirectUri,
		});
		// Another process exchanged it, and what it got is lost.
		await fetch(`${world().sandbox.addresses.kingdee}${paths.logIn}?${query.toString()}`);
		return credentials;
	};

	it('when what a used code gave is lost', async () => {
		const message = await tested(await ofUsed());
		expect(message).toBe(
			`Kingdee gave no access token for the authorisation code: code is invalid (errcode 400). A code works once and for a short time; what it gave is kept in this credential only. Open ${logInAddress} in a browser, log in, and enter what stands behind code= in the address that you are led to.`,
		);
	});

	it('when the token has ended, which a call tells without logging in again', async () => {
		const first = await get(fresh());
		world().sandbox.kingdee.expireTokens();
		world().sandbox.clearRequests();
		const { error } = await get(kept(first));
		expect(error?.message).toBe('access_token is expired (Kingdee errcode 4011)');
		expect(error?.description).toContain(
			'in Authorisation Code log in again and enter the new code',
		);
		expect(world().sentPaths()).toEqual([paths.load]);
		expect(await tested(kept(first))).toContain(
			`(errcode 4011). The log-in has ended, and Kingdee publishes no way to renew it. Open ${logInAddress} `,
		);
		expect(exchanges()).toEqual([]);
	});

	it('when the redirect is not the one of the log-in, or the answer has no token', async () => {
		const redirectAddress = 'https://n8n.example.com/other';
		expect(await tested({ ...fresh(), redirectAddress })).toContain(
			'redirect_uri is invalid (errcode 400)',
		);
		world().sandbox.faults.add({ kind: 'body', path: paths.logIn, body: '{"errcode":0}' });
		expect(await tested(fresh())).toMatch(/^Kingdee answered the authorisation code without an/);
	});
});

it('keeps work orders going without an app-token, and says what is missing where one is needed', async () => {
	const body = '{"errcode":4012,"description":"no permission"}';
	world().sandbox.faults.add({ kind: 'body', path: paths.appToken, body });
	const first = await get(fresh());
	expect(first.error).toBeUndefined();
	const { error } = await world().runWith(kept(first), 'staff.getAll');
	expect(error?.message).toContain('Kingdee gave no token: no permission (errcode 4012)');
	expect(world().requests('/jdy/v2/bd/emp')).toEqual([]);
});

it.each([
	['redirectAddress', /^Redirect Address is empty/],
	['outerInstanceId', /^Outer Instance ID is empty/],
	['clientId', /^Client ID is empty/],
])('needs %s', async (field, message) => {
	expect(await tested({ ...fresh(), [field]: '' })).toMatch(message);
	expect(world().requests()).toEqual([]);
});

it('shows no code, secret or token', async () => {
	const credentials = fresh();
	const code = String(credentials.authorisationCode);
	const { clientSecret } = world().sandbox.accounts.kingdee;
	const body = JSON.stringify({ errcode: 7, description: `bad ${code} of ${clientSecret}` });
	world().sandbox.faults.add({ kind: 'body', path: paths.logIn, body });
	expect(await tested(credentials)).toContain(': bad *** of *** (errcode 7).');

	const first = await get(credentials);
	const { accessToken, appToken } = JSON.parse(String(first.stored.kingdeeApi?.session)) as Record<
		string,
		string
	>;
	const echo = { errorCode: '1', success: false, message: `${accessToken} ${appToken} ${code}` };
	world().sandbox.faults.add({ kind: 'body', path: paths.load, body: JSON.stringify(echo) });
	const failed = await get(kept(first));
	expect(failed.error?.message).toBe('*** *** *** (Kingdee errorCode 1)');
	const shown = JSON.stringify([failed.error, failed.error?.context as IDataObject, failed.run]);
	for (const secret of [accessToken, appToken, code, clientSecret]) {
		expect(shown).not.toContain(secret);
	}
});
