import { paths, useWorld } from './world.mts';

const world = useWorld();
const LOG_IN = [paths.authorise, paths.appToken, paths.user];

describe('Get Current User', () => {
	it('answers whose the token is', async () => {
		const { items, error } = await world().run('account.getCurrentUser');
		expect(error).toBeUndefined();
		expect(world().sentPaths()).toEqual([paths.user]);
		expect(world().requests()[0]).toMatchObject({ method: 'POST', body: '{}', accepted: true });
		expect(world().requests()[0]?.query).not.toHaveProperty('authority_info');
		expect(items.map(({ json }) => json)).toEqual([
			{ id: '10102023', uid: '90001', name: '管理员', number: 'admin' },
		]);
	});

	it('logs in where the credential has an app', async () => {
		const { items } = await world().runWith(world().byApp(), 'account.getCurrentUser');
		expect(world().sentPaths()).toEqual([...LOG_IN, paths.user]);
		expect(items[0]?.json.id).toBe('10102023');
	});

	it('shows what Kingdee refuses, and an answer without a user', async () => {
		const run = async () => await world().run('account.getCurrentUser');
		world().sandbox.kingdee.expireTokens();
		expect((await run()).error?.message).toBe('access_token is expired (Kingdee errcode 4011)');
		const body = '{"data":{},"errorCode":"success","success":true}';
		world().sandbox.faults.add({ kind: 'body', body });
		expect((await run()).error?.message).toBe('Kingdee sent a user in a form that is not known');
	});
});
