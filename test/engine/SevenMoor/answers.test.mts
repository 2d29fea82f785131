import {
	calls,
	jsonOf,
	located,
	requests,
	run,
	sandbox,
	SEED_ID,
	UNKNOWN_ID,
	useWorld,
} from './world.mts';

useWorld();

const answerWith = (answer: object) =>
	sandbox().faults.add({ kind: 'body', body: JSON.stringify(answer) });
const record = (_id: string, name = 'x') => ({ _id, name, cascade: '1', headers: [], options: [] });
const list = (names: string[], count?: unknown) => ({
	code: 200,
	success: true,
	list: names.map((name) => record(name)),
	count,
});
const getAll = { resource: 'dictionary', operation: 'getAll', output: 'raw' };
const get = (dictionary: object | string) => ({
	resource: 'dictionary',
	operation: 'get',
	output: 'raw',
	dictionaryId: dictionary as string,
});
const skillGroups = { resource: 'agent', operation: 'getSkillGroups', agentNumber: '8000' };

it.each([
	{ code: 200, success: false, list: [] },
	{ code: 200, success: 'false', list: [] },
	{ code: 200, list: [] },
	{ code: 400, success: true, list: [] },
	{ code: '2000', success: true, list: [] },
])('%j is a refusal of a call whose answers say success', async (answer) => {
	answerWith({ ...answer, message: 'why' });
	const { error } = await run({ ...getAll, returnAll: true });
	expect(error?.message).toBe(`why (7moor code ${answer.code})`);
});

it.each([
	{ code: '200', success: 'true', list: [] },
	{ code: 200, success: true, list: [] },
])('%j is none', async (answer) => {
	answerWith(answer);
	expect(jsonOf(await run({ ...getAll, returnAll: true }))).toEqual([]);
});

it.each([
	[{ code: 200, list: [] }, undefined],
	[{ code: '200', success: true, list: [] }, undefined],
	[{ code: 200, success: false, message: 'why' }, 'why (7moor code 200)'],
	[{ code: 400, message: 'why' }, 'why (7moor code 400)'],
])('%j, where success need not be said, fails with %j', async (answer, message) => {
	answerWith(answer);
	expect((await run(skillGroups)).error?.message).toBe(message);
});

it.each([2, '2'])('a count of %j asks for a second page', async (count) => {
	answerWith(list(['1'], count));
	answerWith(list(['2'], count));
	const items = jsonOf(await run({ ...getAll, returnAll: true, options: { pageSize: 5 } }));
	expect(items.map(({ _id }) => _id)).toEqual(['1', '2']);
	expect(requests()).toHaveLength(2);
});

it.each([undefined, null, '', 'many', {}, true])(
	'a count of %j says nothing: a short page is the last one',
	async (count) => {
		answerWith(list(['1', '2'], count));
		const whole = await run({ ...getAll, returnAll: true, options: { pageSize: 5 } });
		expect(jsonOf(whole)).toHaveLength(2);
		answerWith(list(['1', '2'], count));
		const cut = await run({ ...getAll, returnAll: false, limit: 1 });
		expect(jsonOf(cut)).toHaveLength(1);
		expect([whole.hints, cut.hints]).toEqual([[], []]);
		expect(requests()).toHaveLength(2);
	},
);

it('a limit below the count is told', async () => {
	answerWith(list(['1'], '7'));
	const { hints } = await run({ ...getAll, returnAll: false, limit: 1 });
	expect(hints).toEqual(['7 dictionaries match in 7moor; the limit let 1 through.']);
});

it('a dictionary is the one that was asked for, whatever else is answered', async () => {
	answerWith({ ...list([]), list: [record(UNKNOWN_ID), record(SEED_ID.toUpperCase())] });
	expect(jsonOf(await run(get(located('id', SEED_ID))))).toMatchObject([
		{ _id: SEED_ID.toUpperCase() },
	]);
	answerWith({ ...list([]), list: [record(UNKNOWN_ID)] });
	const { error } = await run(get(located('id', SEED_ID)));
	expect(error?.message).toContain(SEED_ID);
	expect(requests()[0]?.body).toContain(`"_id":"${SEED_ID}"`);
});

it.each([
	[' 地区 ', '地区'],
	['地区', ' 地区 '],
])('the name %j finds %j', async (wanted, stored) => {
	answerWith({ ...list([]), list: [record(UNKNOWN_ID, '地区二'), record(SEED_ID, stored)] });
	expect(jsonOf(await run(get(located('name', wanted))))).toMatchObject([{ _id: SEED_ID }]);
	expect(calls()).toEqual(['queryDictionary']);
});
