import {
	bodyOf,
	jsonOf,
	useWorld,
	refuse,
	requests,
	run,
	seen,
	vendor,
	sandbox,
} from './world.mts';

useWorld();

const get = (agentNumber: unknown, more: object = {}) => ({
	resource: 'agent',
	operation: 'getSkillGroups',
	agentNumber: agentNumber as string,
	...more,
});

it('asks for the groups of one agent and answers them simplified', async () => {
	expect(jsonOf(await run(get(' 8000 ')))).toEqual([
		{ number: '1000', name: '售后组', penalty: '0', updatedAt: '2021-12-03T15:16:12+08:00' },
		{ number: '1001', name: '投诉组', penalty: '5', updatedAt: '2021-12-03T15:16:12+08:00' },
	]);
	expect(requests()).toHaveLength(1);
	expect(requests()[0]).toMatchObject({
		method: 'POST',
		path: '/v20210827/user/queryQueue/N00000046053',
		query: { sig: expect.stringMatching(/^[0-9A-F]{32}$/) as string },
		headers: { 'content-type': 'application/json;charset=utf-8' },
		accepted: true,
	});
	expect(bodyOf(0)).toEqual({ exten: '8000', type: 'call' });
});

it('takes a number for the agent and the kind of the groups, raw or selected', async () => {
	expect(jsonOf(await run(get(8000, { type: 'im', output: 'raw' })))).toEqual([
		{ displayName: '在线组', exten: '2000', updateTime: '2021-12-03 15:16:12', penalty: '0' },
	]);
	expect(bodyOf(0)).toEqual({ exten: '8000', type: 'im' });
	const chosen = { output: 'selected', selectedFields: ['name'] };
	expect(jsonOf(await run(get('8001', chosen)))).toEqual([{ name: '售后组' }]);
});

it('answers nothing for an agent in no group, and what 7moor leaves out is null', async () => {
	expect(jsonOf(await run(get('9999')))).toEqual([]);
	refuse(200, 'success', { count: 1, list: [{ displayName: '', updateTime: 'soon' }] });
	expect(jsonOf(await run(get('8000')))).toEqual([
		{ number: null, name: null, penalty: null, updatedAt: null },
	]);
});

it.each([
	[400, /Check the agent number/],
	[403, /Test the 7moor credential/],
	[429, /100 for skill groups/],
	[500, /Run a read again later/],
])('shows refusal %d with advice', async (code, advice) => {
	refuse(code, '文本');
	const { error } = await run(get('8000'));
	expect(error?.message).toBe(`文本 (7moor code ${code})`);
	expect(error?.description).toMatch(advice);
});

it('comes to the refusals of the sandbox itself, and shows no secret', async () => {
	vendor().unknownAgent = 'refused';
	expect((await run(get('9999'))).error?.message).toBe('exten is not exist (7moor code 400)');
	vendor().queueLimitPerMinute = 0;
	expect((await run(get('8000'))).error?.message).toMatch(/7moor code 429/);
	const wrong = await run(get('8000'), { credential: { apiSecret: 'wrong-secret' } });
	expect(wrong.error?.message).toBe('sig error (7moor code 403)');
	expect(seen(wrong.error)).not.toContain('wrong-secret');
	refuse(400, sandbox().accounts.sevenMoor.apiSecret);
	expect((await run(get('8000'))).error?.message).toBe('*** (7moor code 400)');
});

it('refuses what is no agent or kind, and goes on with the other items', async () => {
	const items = ['', '8001'].map((agent) => ({ json: { agent } }));
	const result = await run(get('={{ $json.agent }}'), { items, onError: 'continueRegularOutput' });
	expect(result.items).toMatchObject([
		{ json: { error: 'Agent Number is empty' }, pairedItem: { item: 0 } },
		{ json: { number: '1000' }, pairedItem: { item: 1 } },
	]);
	expect((await run(get('8000', { type: 'fax' }))).error?.message).toBe('Type has no option "fax"');
	expect(requests()).toHaveLength(1);
});
