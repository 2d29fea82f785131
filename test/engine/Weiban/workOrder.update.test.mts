import { longIds } from '../vendors.mts';
import { jsonOf, located, mapped, seedOrder, useWorld } from './world.mts';

const world = useWorld();
const acting = { orderNo: located(seedOrder), staffId: located('LiuYang') };
const update = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run('workOrder', 'update', { ...acting, ...parameters }, options);
const sent = () => world.calls().find(({ path }) => path.endsWith('/update'));
const valuesOf = (title: string) => {
	const records = world.order(seedOrder).work_order_component_record_list;
	const record = records.find((one) => one.title === title);
	return [record?.value, record?.values];
};

test('title and description make one request', async () => {
	const result = await update({
		title: '新标题',
		text: '新描述',
		additionalFields: { pictures: ['https://example.com/1.png'] },
	});
	expect(jsonOf(result)).toEqual([{ success: true, id: seedOrder }]);
	expect(world.calls()).toMatchObject([
		{ method: 'POST', path: '/open-api/workorder/update', accepted: true },
	]);
	expect(sent()?.body).toBe(
		JSON.stringify({
			order_no: seedOrder,
			staff_id: 'LiuYang',
			title: '新标题',
			content: { text: '新描述', pic: ['https://example.com/1.png'] },
		}),
	);
	expect(world.order(seedOrder)).toMatchObject({ title: '新标题', content: { text: '新描述' } });
});

test("fields of the form go to the work order's own records", async () => {
	await update({
		templateId: located('62081'),
		form: mapped({ 电话: '13000000000', 城市: '北京', 多选项: ['早'], 附件: '', 多拉下选框: null }),
	});
	expect(world.calls().map(({ path }) => path.split('/open-api/workorder/')[1])).toEqual([
		'detail',
		'template/detail',
		'update',
	]);
	expect(sent()?.body).toBe(
		JSON.stringify({
			order_no: seedOrder,
			staff_id: 'LiuYang',
			component_records: [
				{ values: ['早'], component_record_id: 126081 },
				{ value: '13000000000', component_record_id: 126209 },
				{ values: ['北京'], component_record_id: 126337 },
			],
		}),
	);
	expect(valuesOf('电话')).toEqual(['13000000000', '']);
	expect(valuesOf('城市')).toEqual(['', ['北京']]);
	expect(valuesOf('附件')).toEqual(['', []]);
});

test('records with one title are told apart by their component', async () => {
	const order = world.order(seedOrder);
	const template = world.weiban.templates.find(62081);
	for (const record of order.work_order_component_record_list) {
		if (record.id === 126337) record.title = '电话';
	}
	for (const component of template.component_list) {
		if (component.id === 16257) component.title = '电话';
	}
	await update({ form: mapped({ '电话 (16257)': '北京' }) });
	expect(sent()?.body).toContain('[{"values":["北京"],"component_record_id":126337}]');
});

test.each(longIds)('order %s arrives and is answered digit for digit', async (orderNo) => {
	const result = await update({ orderNo, form: mapped({ 电话: '1' }) });
	expect(jsonOf(result)).toEqual([{ success: true, id: orderNo }]);
	expect(world.calls()[0]?.query).toMatchObject({ order_no: orderNo });
	expect(sent()?.body).toContain(`"order_no":"${orderNo}"`);
});

test.each([
	[{ form: mapped({ 电话: '130000000000' }) }, 'Form field "电话" has 12 characters'],
	[{ form: mapped({ 城市: '广州' }) }, 'Form field "城市" has no option "广州"'],
	[{ form: mapped({ 颜色: '红' }) }, 'Form field "颜色" is not in the template'],
	[
		{ templateId: '62082', form: mapped({ 电话: '1' }) },
		'Template is 62082, but the work order is of template 62081',
	],
	[
		{ orderNo: longIds[1], form: mapped({ 城市: '北京' }) },
		'Form field "城市" is not filled in in the work order',
	],
])('%j is refused before anything is changed', async (wrong, message) => {
	const { error } = await update(wrong);
	expect(error?.message).toContain(message);
	expect(sent()).toBeUndefined();
});

test.each([
	[{}, 'Title is empty'],
	[{ form: mapped({ 电话: '' }) }, 'Title is empty'],
	[{ title: '题'.repeat(51) }, 'Title has 51 characters, Weiban takes 50'],
	[{ text: '字'.repeat(601) }, 'Description has 601 characters, Weiban takes 600'],
	[{ title: 'x', orderNo: Number(longIds[1]) }, 'Work Order Number is a number above 2^53'],
	[{ title: 'x', staffId: located('={{ $json.absent }}', 'id') }, 'Acting Staff is empty'],
])('%j is refused before anything is sent', async (wrong, message) => {
	const { error } = await update(wrong);
	expect(error?.message).toContain(message);
	expect(world.sandbox.requests()).toEqual([]);
});

test.each([
	[{ orderNo: '1' }, 22301, 'no work order with this number'],
	[{ staffId: 'Niemand' }, 22304, 'acting staff'],
])('%j gives %d with its text and advice', async (wrong, code, advice) => {
	const { error } = await update({ title: '新标题', ...wrong });
	expect(error?.message).toMatch(new RegExp(`非法.*\\(Weiban errcode ${code}\\)$`));
	expect(error?.description).toContain(advice);
});

test('staff without the right are refused with 22305', async () => {
	world.weiban.refusedStaff = ['LiuYang'];
	const { error } = await update({ title: '新标题' });
	expect(error?.message).toMatch(/22305\)$/);
	expect(error?.description).toContain('may not act');
});

test.each([
	[22311, 'to choose in has no value'],
	[22312, 'text field has no value'],
	[22316, 'not among the options'],
	[22318, 'does not belong to the work order'],
])('code %d is shown with its advice', async (errcode, advice) => {
	const body = JSON.stringify({ errcode, errmsg: '非法' });
	world.sandbox.faults.add({ vendor: 'weiban', path: 'update', kind: 'body', body });
	const { error } = await update({ title: 'x' });
	expect(error?.message).toBe(`非法 (Weiban errcode ${errcode})`);
	expect(error?.description).toContain(advice);
});

test('with Continue On Fail the other items go on', async () => {
	const items = ['1', seedOrder].map((no) => ({ json: { no } }));
	const result = await update(
		{ orderNo: '={{ $json.no }}', title: 'x' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)).toMatchObject([
		{ error: expect.stringContaining('22301') },
		{ success: true, id: seedOrder },
	]);
});
