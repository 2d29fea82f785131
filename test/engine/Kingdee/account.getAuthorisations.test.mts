import { paths, useWorld } from './world.mts';

const world = useWorld();

describe('Get Authorisations', () => {
	const run = async (parameters: object = {}) =>
		await world().runWith(world().byApp(), 'account.getAuthorisations', parameters as never);
	const outerInstanceId = '418370618707400484';

	it('asks for that of the credential, signed with the client secret alone', async () => {
		const { items, error } = await run();
		expect(error).toBeUndefined();
		expect(world().sentPaths()).toEqual([paths.authorise]);
		expect(world().requests()[0]).toMatchObject({
			method: 'POST',
			query: { outerInstanceId },
			body: '{}',
			headers: { 'x-api-clientid': '200421' },
			accepted: true,
		});
		expect(items.map(({ json }) => json)).toEqual([
			{
				accountId: '1683187060740048426',
				accountName: '示例账套',
				serviceId: '1683187060740048400',
				groupName: 'ns-f51c',
				domain: 'https://tf.jdy.com',
				company: '南京示例机电有限公司',
				outerInstanceId,
				clientId: '200421',
				valid: true,
				expiresAt: expect.stringMatching(/^20\d\d-.*\+08:00$/),
			},
		]);
	});

	it('asks for another one; there may be none', async () => {
		const { items } = await run({ outerInstanceId: ' 418370618707400485 ' });
		expect(world().requests()[0]?.query).toEqual({ outerInstanceId: '418370618707400485' });
		expect(items).toEqual([]);
	});

	it('looks for no other router after a 502, and so needs no session', async () => {
		world().sandbox.faults.add({ kind: 'status', status: 502, body: 'Bad Gateway' });
		const { error } = await run();
		expect(error?.message).toBe('Bad Gateway (Kingdee HTTP 502)');
		expect(world().sentPaths()).toEqual([paths.authorise]);
	});

	it('gives no secret and no token away, raw or in an error', async () => {
		const { appSecret } = world().sandbox.kingdee;
		const row = { accountId: '1', appSecret, accessToken: 'token-1', appToken: 'token-2' };
		const text = JSON.stringify({ code: 200, msg: 'success', data: [row] });
		world().sandbox.faults.add({ kind: 'body', body: text });
		const raw = await run({ output: 'raw' });
		expect(raw.items[0]?.json).toEqual({ accountId: '1' });

		world().sandbox.faults.add({ kind: 'body', body: text.slice(0, -3) });
		const broken = await run();
		expect(broken.error?.message).toContain('broken JSON');
		world().sandbox.faults.add({ kind: 'body', body: text.replace('200', '500') });
		const refused = await run();
		expect(refused.error?.message).toBe('success (Kingdee code 500)');
		for (const { error, run: execution } of [broken, refused]) {
			const shown = JSON.stringify([error?.message, error?.context, error, execution]);
			expect(shown).toContain('***');
			for (const secret of [appSecret, 'token-1', 'token-2']) expect(shown).not.toContain(secret);
		}
	});

	it('reads what the documentation says as well, with bare ids', async () => {
		const body = `{"errcode":0,"description":"success","data":[{"accountId":1683187060740048426,"status":"0","instanceExpiresTime":"1767196800000","domain":"https://tf.jdy.com/"}]}`;
		world().sandbox.faults.add({ kind: 'body', body });
		expect((await run()).items[0]?.json).toMatchObject({
			accountId: '1683187060740048426',
			valid: false,
			expiresAt: '2026-01-01T00:00:00+08:00',
			domain: 'https://tf.jdy.com',
			company: null,
		});
	});

	it.each([{}, { data: null }])('has none in an answer with %j', async (data) => {
		const body = JSON.stringify({ code: 200, msg: 'success', ...data });
		world().sandbox.faults.add({ kind: 'body', body });
		const { items, error } = await run();
		expect([error, items]).toEqual([undefined, []]);
	});

	it.each(['text', 7, { rows: [] }])('says that the form %j is not known', async (data) => {
		const body = JSON.stringify({ code: 200, msg: 'success', data });
		world().sandbox.faults.add({ kind: 'body', body });
		const { error } = await run();
		expect(error?.message).toBe('Kingdee sent the authorisations in a form that is not known');
	});

	it('leaves out what is no authorisation, and asks without the spaces around the instance', async () => {
		const body = JSON.stringify({
			code: 200,
			msg: 'success',
			data: [null, 'x', { accountId: '1' }],
		});
		world().sandbox.faults.add({ kind: 'body', body });
		const credentials = { ...world().byApp(), outerInstanceId: ` ${outerInstanceId} ` };
		const { items } = await world().runWith(credentials, 'account.getAuthorisations', {
			output: 'raw',
		});
		expect(items.map(({ json }) => json)).toEqual([{ accountId: '1' }]);
		expect(world().requests()[0]?.query).toEqual({ outerInstanceId });
	});

	it('says that an access token is not enough', async () => {
		const { error } = await world().run('account.getAuthorisations');
		expect(error?.message).toContain('has to be signed with a client secret');
		expect(world().requests()).toEqual([]);
	});

	it.each([
		[{ clientSecret: 'wrong' }, /errcode 4008/, /Check Client Secret/],
		[{ clientId: '1' }, /errcode 4003/, /Check Client ID/],
	])('shows what the gateway says about %j', async (changes, message, advice) => {
		const credentials = { ...world().byApp(), ...changes };
		const { error } = await world().runWith(credentials, 'account.getAuthorisations');
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(advice);
	});
});
