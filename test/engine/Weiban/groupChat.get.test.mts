import { jsonOf, located, useWorld } from './world.mts';

const world = useWorld();
const group = 'wr8xjUCAAAshouHouQun000000000002';
const get = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run('groupChat', 'get', parameters, options);

test('a group chat comes out with its tags', async () => {
	expect(jsonOf(await get({ groupChatId: located(group) }))).toEqual([
		{
			id: group,
			name: '售后群',
			ownerId: 'LiHua',
			memberCount: 4,
			notice: '有问题请提工单',
			description: null,
			isDismissed: false,
			tags: ['重点'],
			createdAt: '2020-02-13T15:08:50+08:00',
		},
	]);
	expect(world.calls()).toMatchObject([
		{
			method: 'GET',
			path: '/open-api/group_chat/detail',
			query: { group_chat_id: group },
			accepted: true,
		},
	]);
	const [raw] = jsonOf(await get({ groupChatId: group, output: 'raw' }));
	expect(raw).toMatchObject({ group_chat_id: group, tag_list: [{ tag_group_id: 142 }] });
});

test('an unknown group chat gives 20209 with its text and advice', async () => {
	const { error } = await get({ groupChatId: 'wr0' });
	expect(error?.message).toBe('group_chat_id非法，不存在对应群聊 (Weiban errcode 20209)');
	expect(error?.description).toContain('no group chat with this ID');
});

test('an empty id is refused before anything is sent', async () => {
	const { error } = await get({ groupChatId: located('={{ $json.absent }}', 'id') });
	expect(error?.message).toContain('Group Chat is empty');
	expect(world.sandbox.requests()).toEqual([]);
});

test('with Continue On Fail the other items go on', async () => {
	const items = ['wr0', group].map((id) => ({ json: { id } }));
	const result = await get(
		{ groupChatId: '={{ $json.id }}' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)).toMatchObject([
		{ error: expect.stringContaining('20209') },
		{ name: '售后群' },
	]);
});
