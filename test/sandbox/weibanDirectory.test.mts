import { startSandbox } from '../../sandbox/index.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { weibanCaller } from './weibanClient.mts';
import type { Query } from './clients.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const get = async (path: string, query?: Query) =>
	await (await weibanCaller(sandbox)).get(path, query);
const batch = async (body: object) =>
	await (await weibanCaller(sandbox)).post('external_user/batch_get', body);
const rows = (envelope: Record<string, unknown>, name: string) =>
	envelope[name] as Array<Record<string, unknown>>;

const customer = 'wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg';
const other = 'wm8xjUCAAAxiaoXiaoGuai0000000001';

describe('templates', () => {
	it('lists them without components, and without a total unless told to', async () => {
		const answer = await get('workorder/template/list');
		expect(answer).not.toHaveProperty('total');
		expect(rows(answer, 'template_list')).toEqual([
			{
				id: 62081,
				title: '鬼鬼',
				status: 1,
				count: 4,
				updated_at: 1639741382,
				template_type: 1,
				template_stage: [],
			},
			expect.objectContaining({ id: 62082 }),
		]);
		sandbox.weiban.templateTotal = true;
		expect((await get('workorder/template/list', { limit: '1' }))['total']).toBe(2);
	});

	it('shows the components of one', async () => {
		const { template_detail: detail } = await get('workorder/template/detail', {
			template_id: '62081',
		});
		expect(detail).toMatchObject({
			id: 62081,
			title: '鬼鬼',
			component_list: [
				{ id: 155, type: 'label', config: { component_id: 'default-number' } },
				{ id: 156, type: 'input', config: { component_id: 'default-title', max_length: 50 } },
				{ id: 157, config: { component_id: 'default-flow' } },
				{ id: 15745, type: 'file' },
				{ id: 15873, type: 'selectMultiple' },
				{ id: 16001, type: 'checked' },
				{ id: 16129, type: 'input', config: { is_required: true, max_length: 11 } },
				{ id: 16257, config: { option_list: [{ option_name: '北京' }, { option_name: '上海' }] } },
			],
		});
		expect((await get('workorder/template/detail', { template_id: '1' })).errcode).toBe(223014);
	});
});

describe('staff', () => {
	it('lists them in order of creation, the departments only on request', async () => {
		const answer = await get('staff/list');
		expect(answer['total']).toBe(5);
		expect(rows(answer, 'staff_list').map(({ id, status }) => [id, status])).toEqual([
			['LiuYang', 1],
			['LiHua', 1],
			['LiMei', 1],
			['ShaoKao', 2],
			['WangWei', 4],
		]);
		expect(rows(answer, 'staff_list')[0]).not.toHaveProperty('department');
		const more = await get('staff/list', { fields: '["department"]', limit: '1', offset: '1' });
		expect(rows(more, 'staff_list')).toMatchObject([{ id: 'LiHua', department: ['1', '7'] }]);
		expect(Object.keys(rows(more, 'staff_list')[0] ?? {})).toHaveLength(23);
		expect((await get('staff/list', { fields: 'department' })).errcode).toBe(10049);
		expect((await get('staff/list', { limit: '101' })).errcode).toBe(10049);
	});
});

describe('customers', () => {
	it.each([
		[{}, [customer, other]],
		[{ order: 'desc' }, [other, customer]],
		[{ staff_id: 'LiHua' }, [other]],
		[{ type_: '2' }, [other]],
		[{ type: '2' }, [customer, other]],
		[{ phone_number: '13322665599' }, [other]],
		[{ start_time: '1579243949' }, [other]],
		[{ end_time: '1579243948' }, [customer]],
	])('lists by %j', async (query, ids) => {
		const answer = await get('external_user/list', query);
		expect(rows(answer, 'external_user_list').map(({ id }) => id)).toEqual(ids);
		expect(answer['total']).toBe(ids.length);
	});

	it.each([
		[{ staff_id: 'Niemand' }, 20201],
		[{ type_: '3' }, 20202],
		[{ order: 'up' }, 20202],
	])('refuses %j with %d', async (query, code) => {
		expect((await get('external_user/list', query)).errcode).toBe(code);
	});

	it('shows one by its id or union id', async () => {
		const { external_user: byId } = await get('external_user/get', { id: customer });
		expect(byId).toMatchObject({ name: '大大怪', follow_staffs: [{ staff_id: 'LiuYang' }] });
		const { unionid } = byId as Record<string, string>;
		expect((await get('external_user/get', { unionid }))['external_user']).toEqual(byId);
		expect((await get('external_user/get', { id: 'wm0' })).errcode).toBe(20206);
		expect((await get('external_user/get', { unionid: 'o0' })).errcode).toBe(20207);
		expect((await get('external_user/get')).errcode).toBe(20208);
	});

	it('shows up to 20 at once', async () => {
		const answer = await batch({ id_list: [customer, 'wm0', other] });
		expect(answer).toMatchObject({ errcode: 0, total: 2 });
		expect(rows(answer, 'external_user').map(({ id }) => id)).toEqual([other, customer]);
		expect(Object.keys(rows(answer, 'external_user')[0] ?? {})).toHaveLength(12);
		expect((await batch({ id_list: Array(21).fill(customer) })).errcode).toBe(20205);
		expect((await batch({ id_list: ['wm0'] })).errcode).toBe(20206);
		expect((await batch({ unionid_list: ['o0'] })).errcode).toBe(20207);
		expect((await batch({ id_list: [] })).errcode).toBe(20208);
		sandbox.weiban.unknownInBatch = 'refuse';
		expect((await batch({ id_list: [customer, 'wm0'] })).errcode).toBe(20206);
	});
});

describe('group chats', () => {
	it('lists them by owner', async () => {
		expect(await get('group_chat/list')).toMatchObject({
			total: 2,
			group_chat_list: [{ name: '开心群' }, { name: '售后群', owner: 'LiHua' }],
		});
		expect((await get('group_chat/list', { staff_id: 'LiHua' }))['total']).toBe(1);
		expect((await get('group_chat/list', { staff_id: 'Niemand' }))['total']).toBe(0);
	});

	it('shows one under other names', async () => {
		const group_chat_id = 'wr8xjUCAAAshouHouQun000000000002';
		const { group_chat: group } = await get('group_chat/detail', { group_chat_id });
		expect(group).toMatchObject({ group_chat_id, owner_staff_id: 'LiHua', member_count: 4 });
		expect(group).not.toHaveProperty('owner');
		expect((await get('group_chat/detail', { group_chat_id: 'wr0' })).errcode).toBe(20209);
	});
});
