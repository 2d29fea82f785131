import { longIds } from '../vendors.mts';
import { jsonOf, located, mapped, seedCustomer, useWorld } from './world.mts';

const world = useWorld();
const group = 'wr8xjUCAAAkaiXinQun0000000000001';
const phone = { 电话: '13000000000' };
const needed = {
	templateId: located('62081'),
	title: '新工单',
	customerId: located(seedCustomer),
	staffId: located('LiuYang'),
};
const create = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run(
		'workOrder',
		'create',
		{ ...needed, form: mapped(phone), ...parameters },
		options,
	);
const sent = () => world.calls().find(({ path }) => path.endsWith('/create'));
const sentRecords = () =>
	(JSON.parse(sent()?.body ?? '{}') as { component_records?: object[] }).component_records;
/** Template 62082, whose two kinds of ids differ. */
const otherTemplate = { templateId: '62082' };

test('a work order is opened with its form and all that goes with it', async () => {
	const result = await create({
		handlerId: located('LiHua'),
		text: '从 9 点开始',
		form: mapped({ ...phone, 城市: '上海', 多选项: '早，晚', 多拉下选框: ['红'] }),
		additionalFields: {
			chatRecords: ['记录1'],
			copyTo: { staff: [{ copiedStaff: located('LiMei') }] },
			pictures: ['https://example.com/1.png'],
		},
	});
	expect(world.calls().map(({ method, path }) => [method, path])).toEqual([
		['GET', '/open-api/workorder/template/detail'],
		['POST', '/open-api/workorder/create'],
	]);
	expect(sent()?.body).toBe(
		JSON.stringify({
			template_id: 62081,
			title: '新工单',
			content: { text: '从 9 点开始', pic: ['https://example.com/1.png'] },
			relation_type: 1,
			relation_id: seedCustomer,
			handler_id: 'LiHua',
			msg_list: ['记录1'],
			cc_list: ['LiMei'],
			staff_id: 'LiuYang',
			component_records: [
				{ sort: 7, title: '多拉下选框', values: ['红'], component_id: '15873' },
				{ sort: 8, title: '多选项', values: ['早', '晚'], component_id: '16001' },
				{ sort: 9, title: '电话', value: '13000000000', component_id: '16129' },
				{ sort: 10, title: '城市', values: ['上海'], component_id: '16257' },
			],
		}),
	);
	const [{ success, id } = {}] = jsonOf(result);
	expect(success).toBe(true);
	expect(world.order(String(id))).toMatchObject({ title: '新工单', handler_id: 'LiHua' });
});

test('the number of the new work order keeps every digit', async () => {
	world.sandbox.faults.add({
		vendor: 'weiban',
		path: 'create',
		kind: 'brokenJson',
		body: `{"errcode":0,"errmsg":"ok","order_no":${longIds[1]}}`,
	});
	expect(jsonOf(await create({}))).toEqual([{ success: true, id: longIds[1] }]);
});

test('a remark says that the call is deprecated', async () => {
	expect((await create({})).hints).toEqual([expect.stringContaining('deprecated (已废弃)')]);
});

test('a work order about a group chat, with nothing but what is needed', async () => {
	const relation = { relationType: 2, groupChatId: located(group) };
	const result = await create({ ...relation, customerId: undefined });
	expect(JSON.parse(sent()?.body ?? '')).toEqual({
		template_id: 62081,
		title: '新工单',
		relation_type: 2,
		relation_id: group,
		staff_id: 'LiuYang',
		component_records: [expect.objectContaining({ title: '电话' })],
	});
	expect(jsonOf(result)).toMatchObject([{ success: true }]);
});

test('a template is looked at once for all items', async () => {
	await create({}, { items: [{ json: {} }, { json: {} }, { json: {} }] });
	expect(world.calls().filter(({ path }) => path.includes('template'))).toHaveLength(1);
	expect(world.calls()).toHaveLength(4);
});

test('values come from the fields of the item where they are mapped by name', async () => {
	const schema = ['电话', '城市'].map((id) => ({ id }));
	const json = { 电话: 13000000000, 城市: '北京', other: 1 };
	await create({ form: mapped(null, { mode: 'autoMapInputData', schema }) }, { items: [{ json }] });
	expect(sentRecords()).toMatchObject([{ value: '13000000000' }, { values: ['北京'] }]);
});

test.each([
	['config', '9170'],
	['component', '170'],
] as const)('component ids are those of the %s', async (componentId, id) => {
	world.weiban.componentId = componentId;
	const form = mapped({ 原因: '坏了' });
	const result = await create({ ...otherTemplate, form, options: { componentId } });
	expect(sentRecords()).toEqual([{ sort: 3, title: '原因', values: ['坏了'], component_id: id }]);
	expect(jsonOf(result)).toMatchObject([{ success: true }]);
});

test.each([
	['武汉市', ['武汉市']],
	['["湖北","武汉"]', ['湖北', '武汉']],
	[`{"code":${longIds[1]}}`, `{"code":${longIds[1]}}`],
])('a field of an unknown kind sends %p as it is', async (given, values) => {
	await create({ ...otherTemplate, form: mapped({ 原因: '坏了', 地区: given }) });
	const text = typeof values === 'string' ? values : JSON.stringify(values);
	expect(sent()?.body).toContain(`"title":"地区","values":${text}`);
});

test.each([
	['["早","晚"]', ['早', '晚']],
	['早\n晚', ['早', '晚']],
	[['晚'], ['晚']],
	['早', ['早']],
])('several choices may be given as %j', async (given, values) => {
	await create({ form: mapped({ ...phone, 多选项: given }) });
	expect(sentRecords()?.[0]).toMatchObject({ title: '多选项', values });
});

test('an option goes out as the template writes it', async () => {
	for (const { config } of world.weiban.templates.find(62081).component_list) {
		for (const option of config.option_list) option.option_name += ' ';
	}
	await create({ form: mapped({ ...phone, 城市: '上海' }) });
	expect(sentRecords()?.[1]).toMatchObject({ title: '城市', values: ['上海 '] });
});

test.each([
	[{ form: mapped({}) }, 'Form field "电话" is empty'],
	[{ form: mapped({ 电话: '  ' }) }, 'Form field "电话" is empty'],
	[{ form: mapped(null) }, 'Form field "电话" is empty'],
	[{ form: mapped({ 电话: '130000000000' }) }, 'Form field "电话" has 12 characters'],
	[{ form: mapped({ 电话: ['1'] }) }, 'Form field "电话" is not text'],
	[{ form: mapped({ ...phone, 城市: '广州' }) }, 'Form field "城市" has no option "广州"'],
	[{ form: mapped({ ...phone, 多选项: '早,中' }) }, 'Form field "多选项" has no option "中"'],
	[{ form: mapped({ ...phone, 多选项: [{}] }) }, 'Form field "多选项" has an entry that is not'],
	[{ form: mapped({ ...phone, 颜色: '红' }) }, 'Form field "颜色" is not in the template'],
])('form %j is refused before the order is created', async (wrong, message) => {
	const { error } = await create(wrong);
	expect(error?.message).toContain(message);
	expect(sent()).toBeUndefined();
});

test.each([
	[{ templateId: located('={{ "鬼鬼" }}', 'id') }, 'Template is not a whole number'],
	[{ title: '={{ "" }}' }, 'Title is empty'],
	[{ title: '题'.repeat(51) }, 'Title has 51 characters, Weiban takes 50'],
	[{ text: '字'.repeat(601) }, 'Description has 601 characters, Weiban takes 600'],
	[{ customerId: located('={{ $json.absent }}', 'id') }, 'Customer is empty'],
	[{ staffId: located('={{ $json.absent }}', 'id') }, 'Creator is empty'],
	[{ additionalFields: { pictures: ['https://example.com/1.png'] } }, 'Description is empty'],
])('%j is refused before anything is sent', async (wrong, message) => {
	const { error } = await create(wrong);
	expect(error?.message).toContain(message);
	expect(world.sandbox.requests()).toEqual([]);
});

test.each([
	[{ handlerId: 'Niemand' }, 22302, 'handler'],
	[{ additionalFields: { copyTo: { staff: [{ copiedStaff: 'Niemand' }] } } }, 22303, 'Copy To'],
	[{ staffId: 'Niemand' }, 22304, 'member of staff'],
	[{ customerId: 'wm0' }, 22309, 'Related To'],
	[{ templateId: '1' }, 223014, 'no template with this ID'],
	[
		{ ...otherTemplate, form: mapped({ 原因: '坏了' }), options: { componentId: 'component' } },
		22310,
		'Component ID',
	],
])('%j gives %d with its text and advice', async (wrong, code, advice) => {
	const before = world.weiban.workOrders().length;
	const { error, hints } = await create(wrong);
	expect(error?.message).toMatch(new RegExp(`.+\\(Weiban errcode ${code}\\)$`));
	expect(error?.description).toContain(advice);
	expect(world.weiban.workOrders()).toHaveLength(before);
	expect(hints).toEqual([]);
});

test('two fields in one place give 22313', async () => {
	for (const one of world.weiban.templates.find(62081).component_list) one.config.sort = 9;
	const { error } = await create({ form: mapped({ ...phone, 城市: '上海' }) });
	expect(error?.message).toMatch(/22313\)$/);
	expect(error?.description).toContain('same place');
});

test.each([22311, 22312, 22315, 22316, 22317])(
	'code %d is shown with its advice',
	async (errcode) => {
		const body = JSON.stringify({ errcode, errmsg: '不合法' });
		world.sandbox.faults.add({ vendor: 'weiban', path: 'create', kind: 'body', body });
		const { error } = await create({});
		expect(error?.message).toBe(`不合法 (Weiban errcode ${errcode})`);
		expect(error?.description).toMatch(/field|value/);
	},
);

test('a broken connection says that the order may be there', async () => {
	world.sandbox.faults.add({ vendor: 'weiban', path: 'create', kind: 'resetAfter' });
	const { error } = await create({});
	expect(error?.description).toContain('may have taken effect');
	expect(world.weiban.workOrders()).toHaveLength(5);
});

test('with Continue On Fail the other items go on', async () => {
	const items = [{ json: { to: 'Niemand' } }, { json: { to: 'LiHua' } }];
	const result = await create(
		{ handlerId: '={{ $json.to }}' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)).toMatchObject([
		{ error: expect.stringContaining('22302') },
		{ success: true },
	]);
});
