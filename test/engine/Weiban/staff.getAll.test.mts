import { jsonOf, useWorld } from './world.mts';

const world = useWorld();
const getAll = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run('staff', 'getAll', parameters, options);
const asked = () =>
	world.calls().map(({ query: { limit, offset } }) => [Number(limit), Number(offset)]);

test('the staff come out with their status in words', async () => {
	const staff = jsonOf(await getAll({}));
	expect(world.calls()).toMatchObject([
		{ method: 'GET', path: '/open-api/staff/list', body: '', accepted: true },
	]);
	expect(world.calls()[0]?.query).not.toHaveProperty('fields');
	expect(staff[0]).toEqual({
		id: 'LiuYang',
		name: '刘洋',
		alias: '小刘',
		status: 'active',
		position: null,
		mobile: '13000000001',
		email: null,
		departments: null,
		avatar: 'http://wework.qpic.cn/wwhead/sandbox/0',
		createdAt: '2020-01-14T03:32:28+08:00',
	});
	expect(staff.map(({ status }) => status)).toEqual([
		'active',
		'active',
		'active',
		'disabled',
		'inactive',
	]);
});

test('departments are asked for only on request', async () => {
	const staff = jsonOf(await getAll({ options: { includeDepartments: true } }));
	expect(world.calls()[0]?.query).toMatchObject({ fields: '["department"]' });
	expect(staff[1]).toMatchObject({ id: 'LiHua', departments: ['1', '7'] });
});

test('an unknown status passes through, raw rows are untouched', async () => {
	world.weiban.directory.addStaff({ id: 'Neu', status: 5 });
	expect(jsonOf(await getAll({})).find(({ id }) => id === 'Neu')).toMatchObject({ status: '5' });
	expect(jsonOf(await getAll({ output: 'raw' }))[0]).toMatchObject({ id: 'LiuYang', status: 1 });
});

test.each([
	[
		{ limit: 120 },
		[
			[100, 0],
			[20, 100],
		],
		120,
	],
	[
		{ returnAll: true },
		[
			[100, 0],
			[100, 100],
			[100, 200],
		],
		205,
	],
	[{ limit: 100 }, [[100, 0]], 100],
])('%j makes the requests %j', async (listing, requests, count) => {
	for (let n = 0; n < 200; n++) world.weiban.directory.addStaff({ id: `Staff${n}` });
	const { items, hints } = await getAll(listing);
	expect(items).toHaveLength(count);
	expect(asked()).toEqual(requests);
	expect(hints).toEqual(
		count === 205 ? [] : [`Weiban has 205 members of staff; Limit cut them to ${count}.`],
	);
});

test('the span goes out in seconds', async () => {
	const filters = { startTime: 1578943949, endTime: '2020-01-14T03:32:30+08:00' };
	expect(jsonOf(await getAll({ filters })).map(({ id }) => id)).toEqual(['LiHua', 'LiMei']);
	expect(world.calls()[0]?.query).toMatchObject({
		start_time: '1578943949',
		end_time: '1578943950',
	});
});

test('a limit below 1 is refused before anything is sent', async () => {
	const { error } = await getAll({ limit: '={{ -1 }}' });
	expect(error?.message).toContain('Limit is not a whole number from 1 up');
	expect(world.sandbox.requests()).toEqual([]);
});

test('with Continue On Fail the other items go on', async () => {
	const items = [0, 1].map((limit) => ({ json: { limit } }));
	const result = await getAll(
		{ limit: '={{ $json.limit }}' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)).toMatchObject([{ error: expect.any(String) }, { id: 'LiuYang' }]);
});
