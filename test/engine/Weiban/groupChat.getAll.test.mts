import { jsonOf, located, useWorld } from './world.mts';

const world = useWorld();
const getAll = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run('groupChat', 'getAll', parameters, options);

test('the group chats come out simplified and raw', async () => {
	expect(jsonOf(await getAll({}))).toEqual([
		{
			id: 'wr8xjUCAAAkaiXinQun0000000000001',
			name: '开心群',
			ownerId: 'LiuYang',
			memberCount: 2,
			notice: null,
			description: null,
			isDismissed: false,
			tags: null,
			createdAt: '2020-02-13T15:08:50+08:00',
		},
		expect.objectContaining({ name: '售后群', ownerId: 'LiHua', notice: '有问题请提工单' }),
	]);
	expect(world.calls()).toMatchObject([
		{ method: 'GET', path: '/open-api/group_chat/list', body: '', accepted: true },
	]);
	expect(world.calls()[0]?.query).not.toHaveProperty('staff_id');
	expect(jsonOf(await getAll({ output: 'raw' }))[0]).toMatchObject({ owner: 'LiuYang' });
});

test('those of one member of staff', async () => {
	const groups = jsonOf(await getAll({ filters: { staffId: located('LiHua') } }));
	expect(groups).toMatchObject([{ name: '售后群' }]);
	expect(world.calls()[0]?.query).toMatchObject({ staff_id: 'LiHua' });
});

test.each([
	[{ limit: 101 }, 101, ['100', '1']],
	[{ returnAll: true }, 112, ['100', '100']],
])('%j makes exact requests', async (listing, count, limits) => {
	for (let n = 0; n < 110; n++) world.weiban.directory.addGroup({ group_id: `wr${n}` });
	expect((await getAll(listing)).items).toHaveLength(count);
	expect(world.calls().map(({ query }) => query['limit'])).toEqual(limits);
});

test('a member of staff that is no text is refused before anything is sent', async () => {
	const { error } = await getAll({ filters: { staffId: '={{ ["LiHua"] }}' } });
	expect(error?.message).toContain('Staff is not text');
	expect(world.sandbox.requests()).toEqual([]);
});

test('with Continue On Fail the other items go on', async () => {
	const items = [{ json: { staff: ['LiHua'] } }, { json: { staff: 'LiHua' } }];
	const result = await getAll(
		{ filters: { staffId: '={{ $json.staff }}' } },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)).toMatchObject([{ error: expect.any(String) }, { name: '售后群' }]);
});
