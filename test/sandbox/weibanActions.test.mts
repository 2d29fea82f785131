import { startSandbox } from '../../sandbox/index.mts';
import type { Sandbox, WeibanWorkOrder } from '../../sandbox/index.mts';
import { weibanCaller } from './weibanClient.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const orderNo = '1471808049579560960';
const orderOf = (order_no: string) =>
	sandbox.weiban.workOrders().find((order) => order.order_no === order_no) as WeibanWorkOrder;

const act = async (action: string, body: object) =>
	await (await weibanCaller(sandbox)).post(`workorder/${action}`, body);
const errcode = async (action: string, body: object) => (await act(action, body)).errcode;

const acting = { order_no: orderNo, staff_id: 'LiuYang' };
const content = { text: '文字', pic: ['http://127.0.0.1/1.png'] };
const handOver = { ...acting, handler_id: 'LiHua', content };

describe('switch, close and reply', () => {
	it('hands an order over', async () => {
		sandbox.clock.advance(1000);
		const answer = await act('switch', { ...handOver, cc_list: ['LiMei'], is_show: 1 });
		expect(answer).toEqual({ errcode: 0, errmsg: 'ok', current_step: 2 });
		const order = orderOf(orderNo);
		expect(order).toMatchObject({
			handler_id: 'LiHua',
			handler_name: '李华',
			last_handler_id: 'LiuYang',
			template_step: 2,
			cc_list: ['LiMei'],
			content,
		});
		expect(order.updated_at).toBeGreaterThan(1639741382);
		expect(order.processing_flows[0]).toMatchObject({
			type: 2,
			creator_id: 'LiuYang',
			to_id: 'LiHua',
			content,
			cc_list: ['LiMei'],
			is_show: 1,
			attached_json: [],
		});
	});

	it('closes an order, which then refuses every action but a change', async () => {
		expect(await act('close', acting)).toEqual({ errcode: 0, errmsg: 'ok' });
		expect(orderOf(orderNo).status).toBe(40);
		expect(sandbox.weiban.isClosed(orderNo)).toBe(true);
		expect(await errcode('close', acting)).toBe(22307);
		expect(await errcode('switch', handOver)).toBe(22307);
		expect(await errcode('reply', acting)).toBe(22307);
		expect(await errcode('update', acting)).toBe(0);
	});

	it('keeps comments with their attachments', async () => {
		const attached_json = [{ type: 'image', url: 'http://127.0.0.1/1.png' }];
		expect(await errcode('reply', { ...acting, content, attached_json })).toBe(0);
		expect(orderOf(orderNo).processing_flows[0]).toMatchObject({ content, attached_json });
		sandbox.weiban.attachmentField = 'attached_files';
		expect(await errcode('reply', { ...acting, attached_json })).toBe(0);
		expect(orderOf(orderNo).processing_flows[0]?.attached_json).toEqual([]);
	});

	it.each([
		['switch', { order_no: '1' }, 22301],
		['close', { order_no: '1' }, 22301],
		['reply', { order_no: '1' }, 22301],
		['switch', { handler_id: 'Niemand' }, 22302],
		['switch', { cc_list: ['LiMei', 'Niemand'] }, 22303],
		['close', { cc_list: ['Niemand'] }, 22303],
		['switch', { staff_id: 'Niemand' }, 22304],
		['close', { staff_id: 'Niemand' }, 22304],
		['reply', { staff_id: 'Niemand' }, 22304],
		['switch', { order_no: 1 }, 10049],
		['switch', { content: undefined }, 10049],
		['switch', { content: { pic: [] } }, 10049],
		['switch', { content: { text: '字'.repeat(601) } }, 10049],
		['reply', { content: { text: '文字' } }, 10049],
		['reply', { is_show: 2 }, 10049],
		['reply', { attached_json: [{ type: 'audio', url: 'x' }] }, 10049],
		['close', { cc_list: 'LiMei' }, 10049],
	])('%s with %j gives %d', async (action, change, code) => {
		expect(await errcode(action, { ...handOver, ...change })).toBe(code);
		expect(orderOf(orderNo)).toMatchObject({ status: 10, handler_id: 'LiuYang' });
		expect(orderOf(orderNo).processing_flows).toHaveLength(2);
	});

	it('refuses staff without the right, and names the copied id', async () => {
		sandbox.weiban.refusedStaff = ['LiuYang'];
		for (const action of ['switch', 'close', 'reply', 'update']) {
			expect(await errcode(action, handOver)).toBe(22305);
		}
		sandbox.weiban.refusedStaff = [];
		const { errmsg } = await act('close', { ...acting, cc_list: ['LiMie'] });
		expect(errmsg).toContain('LiMie');
	});
});

describe('create', () => {
	const phone = { component_id: '16129', sort: 9, title: '电话', value: '13000000000' };
	const body = {
		template_id: 62081,
		title: '新工单',
		content,
		relation_type: 1,
		relation_id: 'wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg',
		handler_id: 'LiHua',
		staff_id: 'LiuYang',
		component_records: [phone],
	};
	const withRecords = (...component_records: object[]) => ({ ...body, component_records });
	const city = { component_id: '16257', sort: 10, title: '城市', values: ['上海'] };

	it('opens an order with its form', async () => {
		const answer = await act('create', withRecords(phone, city));
		expect(answer).toMatchObject({ errcode: 0, order_no: expect.stringMatching(/^\d{19}$/) });
		expect(orderOf(String(answer['order_no']))).toMatchObject({
			title: '新工单',
			template_title: '鬼鬼',
			relation_name: '大大怪',
			creator_id: 'LiuYang',
			handler_id: 'LiHua',
			status: 10,
			work_order_component_record_list: [
				{ component_id: 16129, component_type: 'input', value: '13000000000', values: '' },
				{ component_id: 16257, component_type: 'select', value: '', values: ['上海'] },
			],
		});
	});

	it('relates an order to a group chat', async () => {
		const group = { relation_type: 2, relation_id: 'wr8xjUCAAAkaiXinQun0000000000001' };
		const { order_no } = await act('create', { ...body, ...group });
		expect(orderOf(String(order_no))).toMatchObject({ relation_type: 2, relation_name: '开心群' });
		expect(await errcode('create', { ...body, relation_type: 2 })).toBe(22309);
	});

	it.each([
		[{ ...body, handler_id: 'Niemand' }, 22302],
		[{ ...body, cc_list: ['Niemand'] }, 22303],
		[{ ...body, staff_id: 'Niemand' }, 22304],
		[{ ...body, relation_id: 'wm0' }, 22309],
		[{ ...body, relation_type: 3 }, 10049],
		[{ ...body, template_id: 1 }, 223014],
		[{ ...body, template_id: '62081' }, 10049],
		[{ ...body, title: '题'.repeat(51) }, 10049],
		[withRecords(phone, { ...city, component_id: '9170' }), 22310],
		[withRecords(phone, { ...city, values: [] }), 22311],
		[withRecords({ ...phone, value: '' }), 22312],
		[withRecords(phone, { ...city, sort: 9 }), 22313],
		[withRecords(city), 22315],
		[withRecords(phone, { ...city, values: ['广州'] }), 22316],
		[withRecords(phone, { ...city, values: undefined }), 22317],
	])('%j gives %d', async (wrong, code) => {
		const before = sandbox.weiban.workOrders().length;
		expect(await errcode('create', wrong)).toBe(code);
		expect(sandbox.weiban.workOrders()).toHaveLength(before);
	});

	it('knows components by the id that the setting says', async () => {
		const reason = { sort: 3, title: '原因', values: ['坏了'] };
		const other = (component_id: string) => ({
			...body,
			template_id: 62082,
			component_records: [{ ...reason, component_id }],
		});
		expect(await errcode('create', other('9170'))).toBe(0);
		expect(await errcode('create', other('170'))).toBe(22310);
		sandbox.weiban.componentId = 'component';
		expect(await errcode('create', other('170'))).toBe(0);
	});
});

describe('update', () => {
	it('changes title, text and records', async () => {
		const component_records = [
			{ component_record_id: 126209, value: '13000000000' },
			{ component_record_id: 126337, values: ['北京'] },
		];
		const body = { ...acting, title: '新标题', content, component_records };
		expect(await act('update', body)).toEqual({ errcode: 0, errmsg: 'ok' });
		const order = orderOf(orderNo);
		expect(order).toMatchObject({ title: '新标题', content });
		expect(order.work_order_component_record_list.slice(3)).toMatchObject([
			{ value: '13000000000' },
			{ values: ['北京'] },
		]);
	});

	it.each([
		[{ order_no: '1' }, 22301],
		[{ staff_id: 'Niemand' }, 22304],
		[{ component_records: [{ component_record_id: 126337, values: [] }] }, 22311],
		[{ component_records: [{ component_record_id: 126209, values: ['1'] }] }, 22312],
		[{ component_records: [{ component_record_id: 126337, values: ['广州'] }] }, 22316],
		[{ component_records: [{ component_record_id: 16129, value: '1' }] }, 22318],
		[{ component_records: [{ component_id: '16129', value: '1' }] }, 10049],
	])('%j gives %d and changes nothing', async (change, code) => {
		expect(await errcode('update', { ...acting, title: '新标题', ...change })).toBe(code);
		expect(orderOf(orderNo).title).toBe('2021年12月17日19:42:43');
	});
});
