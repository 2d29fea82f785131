import { jsonOf, useWorld } from './world.mts';

const world = useWorld();
const getAll = async (parameters: object, options?: Parameters<typeof world.run>[3]) =>
	await world.run('template', 'getAll', parameters, options);
const asked = () =>
	world.calls().map(({ query: { limit, offset } }) => [Number(limit), Number(offset)]);
const fill = (count: number) => {
	for (let id = 1; id <= count; id++) world.weiban.templates.add({ id });
};

test('the templates come out simplified, raw and selected', async () => {
	expect(jsonOf(await getAll({}))).toEqual([
		{
			id: '62081',
			title: '鬼鬼',
			type: 'regular',
			status: '1',
			workOrderCount: 4,
			updatedAt: '2021-12-17T19:43:02+08:00',
		},
		expect.objectContaining({ id: '62082', title: '退货' }),
	]);
	expect(world.calls()).toMatchObject([
		{ method: 'GET', path: '/open-api/workorder/template/list', body: '', accepted: true },
	]);
	const [raw] = jsonOf(await getAll({ output: 'raw' }));
	expect(raw).toMatchObject({ id: 62081, template_type: 1, template_stage: [] });
	const selected = { output: 'selected', selectedFields: ['title'] };
	expect(jsonOf(await getAll(selected))).toEqual([{ title: '鬼鬼' }, { title: '退货' }]);
});

test('an automated template and an unknown type are told apart', async () => {
	world.weiban.templates.add({ id: 1, template_type: 2 });
	world.weiban.templates.add({ id: 2, template_type: 3, updated_at: 0 });
	expect(jsonOf(await getAll({})).slice(2)).toMatchObject([
		{ type: 'automated' },
		{ type: '3', updatedAt: null },
	]);
});

test.each([
	[
		false,
		[
			[100, 0],
			[100, 100],
			[100, 200],
		],
	],
	[
		true,
		[
			[100, 0],
			[100, 100],
		],
	],
])(
	'Return All ends with a short page, with a total (%p) with the last row',
	async (total, requests) => {
		world.weiban.templateTotal = total;
		fill(198);
		const { items, hints } = await getAll({ returnAll: true });
		expect(items).toHaveLength(200);
		expect(asked()).toEqual(requests);
		expect(hints).toEqual([]);
	},
);

test('a vendor that gives one page again and again, larger than asked, does no harm', async () => {
	const template_list = Array.from({ length: 100 }, (_none, id) => ({ id, title: `${id}` }));
	const body = JSON.stringify({ errcode: 0, errmsg: 'ok', template_list });
	const fault = { vendor: 'weiban', path: 'template/list', kind: 'body', body } as const;
	world.sandbox.faults.add({ ...fault, times: Infinity });
	expect((await getAll({ returnAll: true })).items).toHaveLength(100);
	expect(world.calls()).toHaveLength(2);
	expect((await getAll({ limit: 30 })).items).toHaveLength(30);
});

test('a limit is exact', async () => {
	fill(198);
	expect((await getAll({ limit: 120 })).items).toHaveLength(120);
	expect(asked()).toEqual([
		[100, 0],
		[20, 100],
	]);
});

test('one end of the span is enough', async () => {
	const filters = { startTime: '2021-12-17T19:43:10+08:00' };
	expect(jsonOf(await getAll({ filters }))).toMatchObject([{ id: '62082' }]);
	expect(world.calls()[0]?.query).toMatchObject({ start_time: '1639741390' });
	expect(world.calls()[0]?.query).not.toHaveProperty('end_time');
});

test('a wrong time is refused before anything is sent', async () => {
	const { error } = await getAll({ filters: { endTime: 'soon' } });
	expect(error?.message).toContain('End Time is not a date: "soon"');
	expect(world.sandbox.requests()).toEqual([]);
});

test('with Continue On Fail the other items go on', async () => {
	const items = ['soon', '2021-12-31'].map((end) => ({ json: { end } }));
	const result = await getAll(
		{ filters: { endTime: '={{ $json.end }}' } },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(result)).toMatchObject([{ error: expect.any(String) }, { id: '62081' }, {}]);
});
