import { jsonOf, located, useWorld } from './world.mts';

const world = useWorld();
const get = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run('template', 'get', parameters, options);

test('a template comes out with the components of its form', async () => {
	const [template] = jsonOf(await get({ templateId: located('62081') }));
	expect(world.calls()).toMatchObject([
		{
			method: 'GET',
			path: '/open-api/workorder/template/detail',
			query: { template_id: '62081' },
			accepted: true,
		},
	]);
	expect(template).toMatchObject({
		id: '62081',
		title: '鬼鬼',
		permissionType: '1',
		showsFlow: true,
		isEvaluated: false,
	});
	const components = template?.components as object[];
	expect(components).toHaveLength(8);
	expect(components.slice(6)).toEqual([
		{
			id: '16129',
			componentId: '16129',
			title: '电话',
			type: 'input',
			sort: 9,
			isRequired: true,
			maxLength: 11,
			options: null,
		},
		{
			id: '16257',
			componentId: '16257',
			title: '城市',
			type: 'select',
			sort: 10,
			isRequired: false,
			maxLength: null,
			options: ['北京', '上海'],
		},
	]);
});

test('the raw record is untouched', async () => {
	const [template] = jsonOf(await get({ templateId: '62081', output: 'raw' }));
	expect(template).toMatchObject({
		id: 62081,
		component_list: expect.arrayContaining([
			expect.objectContaining({
				config: expect.objectContaining({ component_id: 'default-flow' }),
			}),
		]),
	});
});

test('an unknown template gives 223014 with its text and advice', async () => {
	const { error } = await get({ templateId: '1' });
	expect(error?.message).toBe('template_id非法，对应工单模板不存在 (Weiban errcode 223014)');
	expect(error?.description).toContain('no template with this ID');
});

test.each([
	['={{ "鬼鬼" }}', 'Template is not a whole number: "鬼鬼"'],
	['={{ $json.absent }}', 'Template is empty'],
])('template %j is refused before anything is sent', async (id, message) => {
	const { error } = await get({ templateId: located(id, 'id') });
	expect(error?.message).toContain(message);
	expect(world.sandbox.requests()).toEqual([]);
});

test('with Continue On Fail the other items go on', async () => {
	const items = ['1', '62082'].map((id) => ({ json: { id } }));
	const result = await get(
		{ templateId: '={{ $json.id }}' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)).toMatchObject([
		{ error: expect.stringContaining('223014') },
		{ title: '退货' },
	]);
});
