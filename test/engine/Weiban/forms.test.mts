import { located, mapped, seedCustomer, useWorld } from './world.mts';

const world = useWorld();
const fields = async (method: string, templateId: unknown) =>
	await world.mapperFields(method, {
		resource: 'workOrder',
		operation: method === 'getForm' ? 'create' : 'update',
		templateId,
	});

test('a template shows its components as fields', async () => {
	const { fields: form } = await fields('getForm', located('62081'));
	expect(world.calls()).toMatchObject([
		{ path: '/open-api/workorder/template/detail', query: { template_id: '62081' } },
	]);
	expect(
		form.map(({ id, displayName, type, required }) => [id, displayName, type, required]),
	).toEqual([
		['工单流程', '工单流程 (flow, text or JSON, sent as it is)', 'string', false],
		['附件', '附件 (file, text or JSON, sent as it is)', 'string', false],
		['多拉下选框', '多拉下选框 (of: 红, 绿, 蓝)', 'string', false],
		['多选项', '多选项 (of: 早, 晚)', 'string', false],
		['电话', '电话 (up to 11 characters)', 'string', true],
		['城市', '城市', 'options', false],
	]);
	expect(form[5]?.options).toEqual([
		{ name: '北京', value: '北京' },
		{ name: '上海', value: '上海' },
	]);
});

test('numbers, titles and labels are no fields', async () => {
	const { fields: form } = await fields('getForm', located('62082', 'id'));
	expect(form.map(({ id }) => id)).toEqual(['工单流程', '原因', '说明', '地区']);
	expect(form[1]).toMatchObject({ type: 'options', required: true });
});

test('nothing is required of a change', async () => {
	const { fields: form } = await fields('getFormToUpdate', located('62081'));
	expect(form).toHaveLength(6);
	expect(form.every(({ required }) => !required)).toBe(true);
});

test('fields with one title are told apart', async () => {
	for (const one of world.weiban.templates.find(62081).component_list) one.title = '字段';
	const { fields: form } = await fields('getForm', '62081');
	expect(form.map(({ id }) => id)).toContain('字段 (16129)');
	expect(new Set(form.map(({ id }) => id)).size).toBe(form.length);
});

test.each([[located('')], ['={{ $json.id }}'], [undefined]])(
	'without a template (%j) nothing is asked and a notice says what to do',
	async (templateId) => {
		expect(await fields('getForm', templateId)).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringContaining('Choose a template'),
		});
		expect(world.sandbox.requests()).toEqual([]);
	},
);

test('a failure shows the text of Weiban', async () => {
	await expect(fields('getForm', located('1'))).rejects.toThrow(/模板不存在.*223014/);
});

test('the editor asks for the required field itself', async () => {
	const { fields: schema } = await fields('getForm', located('62081'));
	const run = world.run('workOrder', 'create', {
		templateId: located('62081'),
		title: '新工单',
		customerId: located(seedCustomer),
		staffId: located('LiuYang'),
		form: mapped({ 城市: '上海' }, { schema }),
	});
	await expect(run).rejects.toThrow(/issues/);
});
