import type { Sandbox } from '../../../sandbox/index.mts';
import type { Engine, NodeResult } from '../engine.mts';
import { onSandbox } from '../onSandbox.mts';
import { credentialsFor, longIds } from '../vendors.mts';

let engine: Engine;
let sandbox: Sandbox;
onSandbox((started) => ({ engine, sandbox } = started));

const seedNumber = '1471808049579560960';
const account = () => credentialsFor(sandbox).weibanApi;

async function get(
	parameters: object,
	options: Partial<Parameters<Engine['run']>[0]> = {},
): Promise<NodeResult> {
	return await engine.run({
		type: 'weiban',
		parameters: { resource: 'workOrder', operation: 'get', ...parameters },
		credentials: { weibanApi: account() },
		...options,
	});
}

const paths = () => sandbox.requests('weiban').map(({ path }) => path);
const json = (result: NodeResult) => result.items.map((item) => item.json);

test.each([seedNumber, ...longIds])(
	'order %s is asked for and answered digit for digit',
	async (orderNo) => {
		const result = await get({ orderNo });
		const request = sandbox.requests('weiban').at(-1);
		expect(request).toMatchObject({
			method: 'GET',
			path: '/open-api/workorder/detail',
			query: { order_no: orderNo, access_token: expect.stringMatching(/.+/) },
			body: '',
			accepted: true,
		});
		expect(json(result)).toMatchObject([{ vendor: 'weiban', id: orderNo, number: orderNo }]);
	},
);

test("the seed's answer comes out raw with every id exact", async () => {
	const [record] = json(await get({ orderNo: seedNumber, output: 'raw' }));
	expect(record).toMatchObject({
		order_no: seedNumber,
		corp_id: '1653682321878942721',
		title: '2021年12月17日19:42:43',
		status: 10,
		id: 26369,
		button_operate: { chat_record: true, evaluate: false },
		processing_flows: [
			{ id: 114049, type_name: '待处理' },
			{ id: 113921, type_name: '新建工单' },
		],
	});
	const components = record?.work_order_component_record_list as {
		order_no: string;
		corp_id: string;
	}[];
	expect(components.map(({ order_no, corp_id }) => [order_no, corp_id])).toEqual(
		Array(5).fill([seedNumber, '1653682321878942721']),
	);
});

test("the seed's answer comes out as a work order", async () => {
	const name = '超长昵称你怕了吗' + '怕了吗'.repeat(8);
	const [order] = json(await get({ orderNo: seedNumber }));
	expect(order).toMatchObject({
		title: '2021年12月17日19:42:43',
		description: '2021年12月17日19:42:45',
		status: 'open',
		vendorStatus: '10',
		priority: null,
		type: '鬼鬼',
		customer: { id: 'wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg', name: '大大怪' },
		requester: { id: 'LiuYang', name },
		assignee: { id: 'LiuYang', name },
		createdAt: '2021-12-17T19:43:02+08:00',
		updatedAt: '2021-12-17T19:43:02+08:00',
		dueAt: null,
		closedAt: null,
		tags: [],
		attachments: [],
		custom: {
			form: { 附件: [], 多拉下选框: [], 多选项: [], 电话: '45645645632', 城市: ['上海'] },
		},
	});
});

test('the token is fetched once and kept', async () => {
	const first = await get({ orderNo: seedNumber });
	await get({ orderNo: seedNumber }, { credentials: first.stored });
	expect(paths()).toEqual([
		'/open-api/access_token/get',
		'/open-api/workorder/detail',
		'/open-api/workorder/detail',
	]);
});

test('a token that the vendor refuses is renewed once', async () => {
	const first = await get({ orderNo: seedNumber });
	sandbox.weiban.expireTokens();
	sandbox.clearRequests();
	const second = await get({ orderNo: seedNumber }, { credentials: first.stored });
	expect(second.items).toHaveLength(1);
	expect(paths()).toEqual([
		'/open-api/workorder/detail',
		'/open-api/access_token/get',
		'/open-api/workorder/detail',
	]);
});

test('a token of another company or secret is not used', async () => {
	const first = await get({ orderNo: seedNumber });
	const result = await get(
		{ orderNo: seedNumber },
		{ credentials: { weibanApi: { ...first.stored.weibanApi, secret: 'wrong-secret' } } },
	);
	expect(result.error?.message).toMatch(/gave no access token/);
});

test('a token whose time is over is renewed without a refused call', async () => {
	const first = await get({ orderNo: seedNumber });
	sandbox.clearRequests();
	jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 7_000_000);
	const second = await get({ orderNo: seedNumber }, { credentials: first.stored });
	jest.restoreAllMocks();
	expect(second.error).toBeUndefined();
	expect(paths()).toEqual(['/open-api/access_token/get', '/open-api/workorder/detail']);
});

test('an unknown number gives 22301 with its text', async () => {
	const { error } = await get({ orderNo: '123456789456' });
	expect(error?.message).toMatch(/\(Weiban errcode 22301\)$/);
	expect(error?.description).toContain('no work order with this number');
});

test('a wrong secret is refused and the secret appears nowhere', async () => {
	const result = await get(
		{ orderNo: seedNumber },
		{ credentials: { weibanApi: { ...account(), secret: 'a-wrong-secret' } } },
	);
	expect(result.items).toEqual([]);
	expect(result.error?.message).toMatch(/Weiban gave no access token.*Check Corp ID and Secret/);
	expect(JSON.stringify(result.run)).not.toContain('a-wrong-secret');
});

test('an echoed token is masked', async () => {
	const first = await get({ orderNo: seedNumber });
	const { accessToken } = JSON.parse(String(first.stored.weibanApi?.session)) as {
		accessToken: string;
	};
	sandbox.faults.add({
		vendor: 'weiban',
		path: 'detail',
		kind: 'body',
		status: 200,
		body: JSON.stringify({ errcode: 10049, errmsg: `token ${accessToken} is bad` }),
	});
	const result = await get({ orderNo: seedNumber }, { credentials: first.stored });
	expect(result.error?.message).toContain('token *** is bad');
	expect(JSON.stringify(result.run)).not.toContain(accessToken);
});

test.each([
	[Number('1471808049579560961'), 'Work Order Number is a number above 2^53'],
	['={{ $json.absent }}', 'Work Order Number is empty'],
	['LiuYang', 'Work Order Number is not a whole number: "LiuYang"'],
])('number %p is refused before anything is sent', async (orderNo, message) => {
	const { error } = await get({ orderNo });
	expect(error?.message).toContain(message);
	expect(sandbox.requests()).toEqual([]);
});

test.each([
	['html', 'sent a web page with HTTP 502'],
	['empty', 'sent an empty answer'],
	['brokenJson', 'sent broken JSON'],
	['resetBefore', 'broke off'],
] as const)('fault %s gives a clear message', async (kind, message) => {
	sandbox.faults.add({ vendor: 'weiban', path: 'detail', kind });
	const { error } = await get({ orderNo: seedNumber });
	expect(error?.message).toContain(message);
	expect(error?.description).toContain('Nothing was changed');
});

test('a vendor that never answers gives a clear message after 30 seconds', async () => {
	sandbox.faults.add({ vendor: 'weiban', path: 'detail', kind: 'hang' });
	const { error } = await get({ orderNo: seedNumber });
	expect(error?.message).toBe('Weiban did not answer in time');
	expect(error?.description).toBe('Nothing was changed, so you can run it again.');
}, 45_000);

test('with Continue On Fail the other items go on', async () => {
	const items = [seedNumber, '1', longIds[1]].map((no) => ({ json: { no } }));
	const result = await get(
		{ orderNo: '={{ $json.no }}' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(result.items.map(({ json: { id, error } }) => id ?? error)).toEqual([
		seedNumber,
		expect.stringContaining('22301'),
		longIds[1],
	]);
	expect(paths().filter((path) => path.includes('access_token'))).toHaveLength(1);
});

test('the credential test tells wrong secret, wrong company and unreachable host apart', async () => {
	const test1 = async (values: object) =>
		await engine.testCredential('weibanApi', { ...account(), ...values });
	expect(await test1({})).toBe('OK');
	expect(await test1({ secret: 'wrong' })).toMatch(/errcode 10003/);
	expect(await test1({ corpId: '1' })).toMatch(/errcode 10002/);
	expect(await test1({ apiAddress: 'http://127.0.0.1:9' })).toMatch(/Cannot reach 127\.0\.0\.1:9/);
	expect(await test1({ apiAddress: 'http://example.com' })).toMatch(/must start with https/);
});

test.each([{}, { work_order: null }, { work_order: [] }, { work_order: 'x' }])(
	'an answer with %j has no work order: the field is named, and nothing comes out',
	async (answer) => {
		const body = JSON.stringify({ errcode: 0, errmsg: 'ok', ...answer });
		sandbox.faults.add({ vendor: 'weiban', path: 'workorder/detail', kind: 'body', body });
		const { error, items } = await get({ orderNo: seedNumber });
		expect(error).toMatchObject({
			message: `Work Order Number has no work order in Weiban's answer: "${seedNumber}"`,
			description: 'Check the number.',
		});
		expect(items).toEqual([]);
	},
);
