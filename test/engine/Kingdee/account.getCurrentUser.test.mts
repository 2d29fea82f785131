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

	it('acts as the user whose uid the credential names', async () => {
		const { engineer } = world().sandbox.accounts.kingdee;
		const asEngineer = { ...world().byApp(), uid: ` ${engineer.uid} ` };
		const { items } = await world().runWith(asEngineer, 'account.getCurrentUser');
		expect(items[0]?.json.id).toBe(engineer.userId);
		expect(world().requests(paths.appToken)[0]?.query).toMatchObject({ uid: engineer.uid });
		expect(world().requests(paths.user).at(-1)?.headers).toMatchObject({
			appuserid: engineer.userId,
		});
		// A session belongs to one user: another uid in the same credential logs in again.
		const administrator = { ...asEngineer, uid: '' };
		const again = await world().runWith(administrator, 'account.getCurrentUser');
		expect(again.items[0]?.json.id).toBe('10102023');
		expect(world().requests(paths.appToken).at(-1)?.query).not.toHaveProperty('uid');
	});

	it.each([
		['90009', 'Kingdee gave no token: uid不存在 (errcode 1030002003). Check Acting User UID'],
		['1234567890', '(errcode 1030002003). Check Acting User UID'],
		['12345678901', 'Acting User UID has 11 characters, Kingdee takes 10.'],
	])('names the field where the uid %s is not accepted', async (uid, message) => {
		const credential = { ...world().byApp(), uid };
		const { error } = await world().runWith(credential, 'account.getCurrentUser');
		expect(error?.message).toContain(message);
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
