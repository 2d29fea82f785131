import { jsonOf, useWorld, refuse, requests, run, vendor, sandbox } from './world.mts';

useWorld();

const send = (body: unknown) => ({
	resource: 'workOrder',
	operation: 'send',
	body: body as string,
});

it('sends the JSON as it is, every digit and space of it', async () => {
	const body = '{ "id": 9007199254740993,\n "x": 1.10, "标题": "漏水", "fields": [] }';
	expect(jsonOf(await run(send(body)))).toEqual([
		{ success: true, message: 'ok', answer: { code: 200, message: 'ok' } },
	]);
	expect(requests()).toHaveLength(1);
	expect(requests()[0]).toMatchObject({
		method: 'POST',
		path: '/v20170704/business/handleBusiness/N00000046053',
		query: { sig: expect.stringMatching(/^[0-9A-F]{32}$/) as string },
		headers: { 'content-type': 'application/json;charset=utf-8' },
		body,
		accepted: true,
	});
	expect(vendor().inflow()).toMatchObject([{ id: 9007199254740993n }]);
});

it('writes out the object of an expression', async () => {
	const items = [{ json: { order: { id: '9007199254740993', title: '漏水' } } }];
	jsonOf(await run(send('={{ $json.order }}'), { items }));
	expect(requests()[0]?.body).toBe('{"id":"9007199254740993","title":"漏水"}');
});

it('hands on whatever else 7moor answers', async () => {
	refuse(200, 'ok', { _id: '9007199254740993', data: { n: 1 } });
	expect(jsonOf(await run(send('{"a":1}')))).toMatchObject([
		{ success: true, answer: { _id: '9007199254740993', data: { n: 1 } } },
	]);
});

it.each([
	[400, /fields it does not publish/],
	[403, /Test the 7moor credential/],
	[500, /look the record up before you repeat/],
])('shows refusal %d with advice', async (code, advice) => {
	refuse(code, '文本');
	const { error } = await run(send('{"a":1}'));
	expect(error?.message).toBe(`文本 (7moor code ${code})`);
	expect(error?.description).toMatch(advice);
	expect(requests()).toHaveLength(1);
});

it('says that it may have taken effect where no answer came, and sends nothing twice', async () => {
	sandbox().faults.add({ kind: 'resetAfter' });
	const { error } = await run(send('{"a":1}'));
	expect(error?.description).toMatch(/may have taken effect/);
	expect(requests()).toHaveLength(1);
});

it.each([
	['', 'Body (JSON) is not JSON'],
	['{', 'Body (JSON) is not JSON'],
	['[1]', 'Body (JSON) is not a JSON object'],
	['7', 'Body (JSON) is not a JSON object'],
	['{}', 'Body (JSON) is empty'],
])('refuses %j before anything is sent', async (body, message) => {
	expect((await run(send(body))).error?.message).toBe(message);
	expect(requests()).toEqual([]);
});

it('goes on with the other items', async () => {
	const items = ['{"n":1}', 'x', '{"n":2}'].map((body) => ({ json: { body } }));
	const result = await run(send('={{ $json.body }}'), { items, onError: 'continueRegularOutput' });
	expect(result.items).toMatchObject([
		{ json: { success: true }, pairedItem: { item: 0 } },
		{ json: { error: 'Body (JSON) is not JSON' }, pairedItem: { item: 1 } },
		{ json: { success: true }, pairedItem: { item: 2 } },
	]);
	expect(vendor().inflow()).toEqual([{ n: 1n }, { n: 2n }]);
});
