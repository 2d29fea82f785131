import { PollContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeParameters,
} from 'n8n-workflow';

import schema from '../../../nodes/Kingdee/__schema__/v1.0.0/workOrder/process.json';
import type { RecordedRequest, Sandbox } from '../../../sandbox/index.mts';
import type { Engine, NodeRun } from '../engine.mts';
import { seedHandling } from '../examples/kingdee.mts';
import { onSandbox } from '../onSandbox.mts';
import { kingdeeByApp, kingdeeByToken } from '../vendors.mts';

const HANDLE = '/weigusoft/wg_crm/wg_handleBillBusinessApi';
const USER = '/weigusoft/basedata/get_current_user_info';
const AUTHORISE = '/jdyconnector/app_management/push_app_authorize';
const TOKEN = '/jdyconnector/app_management/kingdee_auth_token';
const LOG_IN = [AUTHORISE, TOKEN, USER];

/** The request sample of the seed, text for text. */
const seedBody =
	'{"entity":"","id":"2230413444614467584","flag":"handle-order","body_":{"orderNo":"fwgs-20250605-00000001","handlesdate":"2025-07-17 08:11:41","handleedate":"2025-07-17 18:11:41","handlemanid":"1697009251337127936","handledeptid":"1697221606960547840","wxztid":"F","combofield":"F","diff":10,"processid":"2","wtyyid":"1895123256688528389","clfaid":"1895123523051994117","cljgid":"2028468841138471936","clsmid":"处理说明","labs":[{"id":"2234984992394486784"}],"lat":"","lgt":"","handleAddress":"","attmentInforspre":[{"url":"https://tf.jdy.com/ierp/tempfile/download.do?configKey=redis.serversForCache.tempfile&id=tempfile-d216cbc4-c434-42a1-87ec-3b10341d306a","name":"-01353.png"}],"attmentInforsafter":[{"url":"https://tf.jdy.com/ierp/tempfile/download.do?configKey=redis.serversForCache.tempfile&id=tempfile-a814cf4c-c040-4e7a-9e31-550d67b766f1","name":"背景图.png"}]}}';
const before = {
	url: 'https://tf.jdy.com/ierp/tempfile/download.do?configKey=redis.serversForCache.tempfile&id=tempfile-d216cbc4-c434-42a1-87ec-3b10341d306a',
	name: '-01353.png',
};
const after = {
	url: 'https://tf.jdy.com/ierp/tempfile/download.do?configKey=redis.serversForCache.tempfile&id=tempfile-a814cf4c-c040-4e7a-9e31-550d67b766f1',
	name: '背景图.png',
};

/** What a person enters for the seed's sample. */
const seedInput: INodeParameters = {
	resource: 'workOrder',
	operation: 'process',
	id: '2230413444614467584',
	orderNo: 'fwgs-20250605-00000001',
	...seedHandling,
	additionalFields: {
		note: '处理说明',
		workingHours: 10,
		otherHandlers: { handler: [{ otherHandlerId: '2234984992394486784' }] },
		photosBefore: { photo: [before] },
		photosAfter: { photo: [after] },
	},
};
const seedAnswer = { data: '操作成功', errorCode: 'success', status: true, success: true };

let sandbox: Sandbox;
let engine: Engine;
onSandbox((started) => ({ engine, sandbox } = started));

const accounts = () => sandbox.accounts.kingdee;
const byToken = () => kingdeeByToken(sandbox);
const byApp = () => kingdeeByApp(sandbox);

/** Other values for fields of a credential. */
type Changes = ICredentialDataDecryptedObject;

const run = async (
	parameters: INodeParameters = {},
	credentials: ICredentialDataDecryptedObject = byToken(),
	more: Partial<NodeRun> = {},
) =>
	await engine.run({
		type: 'kingdee',
		parameters: { ...seedInput, ...parameters },
		credentials: { kingdeeApi: credentials },
		...more,
	});

/** A second run with what n8n stored after the first. */
const storedBy = (result: Awaited<ReturnType<typeof run>>) => ({ ...result.stored.kingdeeApi });

function contextOf(values: ICredentialDataDecryptedObject): PollContext {
	const node = { type: 'kingdee', parameters: seedInput, credentials: { kingdeeApi: values } };
	const workflow = engine.workflow(node);
	const data = engine.additionalData(engine.storedCredentials(node), 'UTC');
	return new PollContext(workflow, workflow.getNode('Node') as INode, data, 'internal', 'manual');
}

/** A call by n8n's HTTP Request node, which uses the older of n8n's two helpers. */
async function httpRequestNode(values: ICredentialDataDecryptedObject, request: object) {
	const context = contextOf(values);
	const answer: unknown = await context.helpers.requestWithAuthentication.call(
		context,
		'kingdeeApi',
		request,
	);
	return answer;
}

const requests = (): RecordedRequest[] => sandbox.requests('kingdee');
const paths = () => requests().map(({ path }) => path);
const handled = () => requests().filter(({ path }) => path === HANDLE);
const sentBody = () => JSON.parse(handled().at(-1)?.body ?? '{}') as { body_: IDataObject };
const handledRecords = () => sandbox.kingdee.dealRecords();

/** Everything about an error that a person or a log may show. */
const shown = (result: Awaited<ReturnType<typeof run>>) =>
	[
		result.error?.message,
		result.error?.description,
		JSON.stringify(result.error?.context),
		JSON.stringify(result.error),
		JSON.stringify(result.items),
	].join('\n');

describe('Process, with an access token', () => {
	it('sends the sample of the seed', async () => {
		const result = await run();
		expect(result.error).toBeUndefined();
		const [request, ...others] = requests();
		expect(others).toEqual([]);
		expect(request).toMatchObject({
			method: 'POST',
			path: HANDLE,
			query: {
				access_token: '1751589696b6fadec8ca66f4bff7eece',
				authority_info: '80YVhAfnQaOYK7vgQL1NZOCzmT9slfIZW8j01JnRwGPlJhpCXkVtaJW70RN/XQPn',
			},
			headers: {
				groupname: 'ns-f51c',
				accountid: '1683187060740048426',
				'x-gw-router-addr': 'https://tf.jdy.com',
				appuserid: '10102023',
				access_token: '1751589696b6fadec8ca66f4bff7eece',
				'content-type': 'application/json',
			},
			accepted: true,
		});
		// Text for text: same keys, same order, same types.
		expect(request?.body).toBe(seedBody);
		expect(Object.keys(request?.query ?? {})).toEqual(['access_token', 'authority_info']);
	});

	it('percent-encodes authority_info on the wire', async () => {
		const token = sandbox.kingdee.issueToken('17464962873ecbcaebacdebe9b82fdce');
		const result = await run({}, { ...byToken(), accessToken: token });
		expect(result.error).toBeUndefined();
		expect(requests()[0]?.rawUrl).toBe(
			`${HANDLE}?access_token=${token}&authority_info=YiyLl%2BeZDehXLRo2mpBLziNDxg5w6wjrfZ4AxgROyyyORJYkB7sQbQxjK9gO33E%2F`,
		);
	});

	it('percent-encodes it for the HTTP Request node too', async () => {
		const token = sandbox.kingdee.issueToken('1773538584aefabf5cdc22dbecbea65d');
		const answer = await httpRequestNode(
			{ ...byToken(), accessToken: token },
			{
				method: 'POST',
				uri: `${sandbox.addresses.kingdee}${HANDLE}?access_token=&authority_info=`,
				body: JSON.parse(seedBody) as IDataObject,
				json: true,
				useQuerystring: true,
			},
		);
		expect(answer).toEqual(seedAnswer);
		expect(requests()[0]?.rawUrl).toBe(
			`${HANDLE}?access_token=${token}&authority_info=5WrG%2FTIIn2mBi1i5zjz%2Bp%2BochGEpV2UCp%2BeExRSkMnuQmTSvuzxKWR8RRaynxAog`,
		);
	});

	it("answers Kingdee's own answer, or what was recorded", async () => {
		expect((await run({ output: 'raw' })).items).toEqual([
			{ json: seedAnswer, pairedItem: { item: 0 } },
		]);
		expect((await run()).items).toEqual([
			{
				json: {
					id: '2230413444614467584',
					orderNo: 'fwgs-20250605-00000001',
					handled: true,
					status: 'F',
					statusName: 'In Progress',
					handlingStart: '2025-07-17T08:11:41+08:00',
					handlingEnd: '2025-07-17T18:11:41+08:00',
					message: '操作成功',
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(handledRecords()).toHaveLength(2);
	});

	it('has an output schema of what it answers', async () => {
		const { json } = (await run()).items[0] ?? { json: {} };
		expect(Object.keys(schema.properties)).toEqual(Object.keys(json));
		expect(Object.values(schema.properties)).toEqual(
			Object.values(json).map((value) => ({ type: typeof value })),
		);
	});

	it('sends optional fields empty, as the sample does, and leaves out hours', async () => {
		const result = await run({ additionalFields: {} });
		expect(result.error).toBeUndefined();
		const { body_, ...outer } = sentBody();
		expect(outer).toEqual({ entity: '', id: '2230413444614467584', flag: 'handle-order' });
		expect(Object.entries(body_).slice(-7)).toEqual([
			['clsmid', ''],
			['labs', []],
			['lat', ''],
			['lgt', ''],
			['handleAddress', ''],
			['attmentInforspre', []],
			['attmentInforsafter', []],
		]);
		expect(body_).not.toHaveProperty('diff');
	});

	it('sends every other optional field', async () => {
		const result = await run({
			status: 'G',
			progress: '2.5',
			additionalFields: {
				entity: 'wg',
				latitude: '32.0603',
				longitude: '118.7969',
				address: '示例路1号',
				workingHours: 1.25,
				pageIndex: 1,
				pageSize: 10,
			},
		});
		expect(result.error).toBeUndefined();
		expect(sentBody()).toMatchObject({
			entity: 'wg',
			pageindex: 1,
			pagesize: 10,
			body_: {
				wxztid: 'G',
				combofield: 'G',
				processid: '2.5',
				diff: 1.25,
				lat: '32.0603',
				lgt: '118.7969',
				handleAddress: '示例路1号',
			},
		});
		expect(result.items[0]?.json).toMatchObject({ status: 'G', statusName: 'Cannot Be Handled' });
	});

	it('takes lists by expression: handlers as list or text, photos as objects or JSON', async () => {
		const result = await run(
			{
				additionalFields: {
					otherHandlers: {
						handler: [{ otherHandlerId: '={{ $json.helpers }}' }, { otherHandlerId: '5, 6' }],
					},
					photosBefore: { photo: [before], list: [{ photos: '={{ $json.photos }}' }] },
					photosAfter: { list: [{ photos: JSON.stringify([after]) }, { photos: '[]' }] },
				},
			},
			byToken(),
			{ items: [{ json: { helpers: ['9007199254740993', 4], photos: [after, before] } }] },
		);
		expect(result.error).toBeUndefined();
		expect(sentBody().body_).toMatchObject({
			labs: ['9007199254740993', '4', '5', '6'].map((id) => ({ id })),
			attmentInforspre: [before, after, before],
			attmentInforsafter: [after],
		});
	});

	it.each([
		['ISO with an offset', '2025-07-17T00:11:41Z'],
		['ISO in the zone of the workflow', '2025-07-16T20:11:41'],
		["the vendor's own text, always China time", '2025-07-17 08:11:41'],
		['seconds', 1752711101],
		['milliseconds', '1752711101000'],
		['a DateTime', "={{ DateTime.fromISO('2025-07-17T00:11:41Z') }}"],
	])('reads %s', async (_form, handlingStart) => {
		const result = await run({ handlingStart }, byToken(), { timezone: 'America/New_York' });
		expect(result.error).toBeUndefined();
		expect(sentBody().body_.handlesdate).toBe('2025-07-17 08:11:41');
	});

	it.each(['9007199254740993', '1471808049579560961', '2230413444614467584'])(
		'passes %s digit for digit',
		async (id) => {
			const { billno } = sandbox.kingdee.createWorkOrder({ id });
			const result = await run({
				id: ` ${id} `,
				orderNo: `${billno} `,
				handlerId: `={{ "${id}" }}`,
				additionalFields: { otherHandlers: { handler: [{ otherHandlerId: id }] } },
			});
			expect(result.error).toBeUndefined();
			const text = handled().at(-1)?.body;
			expect(text).toContain(`"id":"${id}","flag"`);
			expect(text).toContain(`"handlemanid":"${id}"`);
			expect(text).toContain(`"labs":[{"id":"${id}"}]`);
			expect(result.items[0]?.json.id).toBe(id);
			expect(handledRecords()).toMatchObject([{ emp: { id } }]);
		},
	);

	it('makes one call per item and none to log in', async () => {
		const items = Array.from({ length: 5 }, () => ({ json: {} }));
		const result = await run({}, byToken(), { items });
		expect(result.items).toHaveLength(5);
		expect(paths()).toEqual(Array.from({ length: 5 }, () => HANDLE));
		expect(result.stored.kingdeeApi?.session).toBe('none');
	});
});

describe('what a person enters', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['a damaged id', { id: '={{ 2230413444614467584 }}' }, /^Work Order .*lost its last digits/],
		['no id', { id: '={{ "" }}' }, /^Work Order is empty/],
		['an id with letters', { id: '2230413x' }, /^Work Order is not a whole number/],
		['a handler by name', { handlerId: '张工' }, /^Handler is not a whole number/],
		['no department', { departmentId: '={{ "" }}' }, /^Department is empty/],
		['no cause', { problemCauseId: '={{ "" }}' }, /^Problem Cause ID is empty/],
		['no scheme', { schemeId: '={{ "" }}' }, /^Handling Scheme ID is empty/],
		['no result', { resultId: '={{ "" }}' }, /^Handling Result ID is empty/],
		['no start', { handlingStart: '={{ "" }}' }, /^Handling Start is empty/],
		['no date', { handlingStart: 'not a date' }, /^Handling Start is not a date: "not a date"/],
		['a day that is none', { handlingEnd: '2025-02-30T08:00:00' }, /^Handling End is not a date/],
		[
			'an end before the start',
			{ handlingEnd: '2025-07-17 08:11:40' },
			/^Handling End lies before Handling Start/,
		],
		['a wrong status', { status: '={{ "A" }}' }, /^Status has no option "A"/],
		['a negative progress', { progress: '-1' }, /^Completion Progress is below 0/],
		['a progress in words', { progress: 'two' }, /^Completion Progress is not a number/],
		['no progress', { progress: '={{ "" }}' }, /^Completion Progress is empty/],
		[
			'a damaged helper',
			{
				additionalFields: {
					otherHandlers: { handler: [{ otherHandlerId: '={{ 2234984992394486784 }}' }] },
				},
			},
			/^Other Handler ID .*lost its last digits/,
		],
		[
			'a photo without name',
			{ additionalFields: { photosBefore: { photo: [{ url: before.url, name: '' }] } } },
			/^Photo Name is empty/,
		],
		[
			'a list of bare addresses',
			{ additionalFields: { photosAfter: { list: [{ photos: '["https://a.test/1"]' }] } } },
			/^Photo List has an entry without url and name/,
		],
		[
			'a broken list',
			{ additionalFields: { photosAfter: { list: [{ photos: '[{' }] } } },
			/^Photo List is not JSON/,
		],
		[
			'hours in words',
			{ additionalFields: { workingHours: '={{ "ten" }}' } },
			/^Working Hours is not a number/,
		],
		['page 0', { additionalFields: { pageIndex: 0 } }, /^Page Index is not a whole number from 1/],
	])('refuses %s before anything is sent', async (_what, parameters, message) => {
		const result = await run(parameters);
		expect(result.error?.message).toMatch(message);
		expect(result.error?.description).toBeTruthy();
		expect(result.error?.context?.itemIndex).toBe(0);
		expect(requests()).toEqual([]);
	});

	it('keeps the other items going under Continue On Fail', async () => {
		const ids = ['2230413444614467584', 'x', '9', '2230413444614467584'];
		const result = await run({ id: '={{ $json.id }}' }, byToken(), {
			items: ids.map((id) => ({ json: { id } })),
			onError: 'continueRegularOutput',
		});
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ json, pairedItem }) => [json.handled ?? null, pairedItem])).toEqual([
			[true, { item: 0 }],
			[null, { item: 1 }],
			[null, { item: 2 }],
			[true, { item: 3 }],
		]);
		expect(result.items[1]?.json.error).toContain('Work Order is not');
		expect(result.items[2]?.json).toMatchObject({
			error: '服务工单不存在 (Kingdee errorCode 1030002003)',
			details: { code: 'errorCode 1030002003', httpStatus: 200 },
		});
		expect(handledRecords()).toHaveLength(2);
	});
});

describe('refusals', () => {
	it('shows the text, the code and what to do', async () => {
		const result = await run({ orderNo: 'fwgs-20250605-00000009' });
		expect(result.error?.message).toBe('orderNo与服务工单不一致 (Kingdee errorCode 1030002003)');
		expect(result.error?.description).toContain('Check the ids');
		expect(result.error?.context).toMatchObject({
			itemIndex: 0,
			data: { code: 'errorCode 1030002003', httpStatus: 200 },
		});
		expect(handled()).toHaveLength(1);
	});

	it.each<[string, string, RegExp]>([
		['{"errorCode":"2000000001","message":"m","success":false}', 'm', /^m \(Kingdee errorCode 2/],
		['{"errcode":4012,"description":"d"}', 'd', /^d \(Kingdee errcode 4012\)/],
		['{"error_code":"7","error_desc":"e","success":"false"}', 'e', /^e \(Kingdee error_code 7\)/],
		['{"errorCode":"9","data":"t","success":false}', 't', /^t \(Kingdee errorCode 9\)/],
		['{"errorCode":"9","data":{},"success":false}', '', /^no reason given \(Kingdee errorCode 9\)/],
	])('reads %s', async (body, _text, message) => {
		sandbox.faults.add({ kind: 'body', body });
		expect((await run()).error?.message).toMatch(message);
	});

	it('takes "true" for true', async () => {
		const body = '{"data":"操作成功","errorCode":"success","status":"true","success":"true"}';
		sandbox.faults.add({ kind: 'body', body });
		expect((await run()).items[0]?.json.handled).toBe(true);
	});

	it.each([
		'{}',
		'{"success":true}',
		'{"errorCode":"success","success":false}',
		'{"success":true,"errorCode":"1"}',
	])('says that %s tells nothing', async (body) => {
		sandbox.faults.add({ kind: 'body', body });
		const { error } = await run();
		expect(error?.message).toBe(
			'Kingdee sent JSON of another form with HTTP 200 instead of its JSON',
		);
		expect(error?.description).toContain('may have taken effect');
	});

	it.each([
		[5004, 'may have taken effect'],
		[5006, 'did not work on the call'],
		[4011, 'enter a new one'],
		[11010001, 'Group Name'],
		[429, '500 calls a minute'],
	])('advises about %s', async (errcode, advice) => {
		const body = JSON.stringify({ errcode, description: 'x' });
		sandbox.faults.add({ kind: 'body', status: 519, body });
		const { error } = await run();
		expect(error?.description).toContain(advice);
		expect(error?.context?.data).toMatchObject({ httpStatus: 519 });
		expect(handled()).toHaveLength(1);
	});

	it.each<[string, Changes, RegExp, RegExp]>([
		['a wrong router', { idcDomain: 'https://tf2.jdy.com' }, /No Route .*HTTP 404/, /IDC Domain/],
		['a wrong token', { accessToken: 'f'.repeat(32) }, /errcode 4010/, /access token/],
		['a wrong group', { groupName: 'ns-0000' }, /errorCode 11010001/, /Group Name/],
		['a wrong account', { accountId: '1683187060740048427' }, /1020002008/, /Account ID/],
		['another user', { userId: '10102024' }, /1020002008/, /User ID/],
		['an empty group', { groupName: '' }, /^Group Name is empty/, /test it/],
		[
			'plain http',
			{ apiAddress: 'http://api.kingdee.com' },
			/^API Address must start with/,
			/address/,
		],
	])('does not repeat with an access token: %s', async (_what, changes, message, advice) => {
		const { error } = await run({}, { ...byToken(), ...changes });
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(advice);
		expect(requests().length).toBeLessThan(2);
	});

	it('does not log in when the token of the other mode has ended', async () => {
		sandbox.kingdee.expireTokens();
		const { error } = await run();
		expect(error?.message).toBe('access_token is expired (Kingdee errcode 4011)');
		expect(paths()).toEqual([HANDLE]);
	});
});

describe('App Authorisation', () => {
	it('logs in once, sends the sample and keeps the session for the next run', async () => {
		const first = await run({}, byApp());
		expect(first.error).toBeUndefined();
		expect(paths()).toEqual([...LOG_IN, HANDLE]);
		expect(handled()[0]?.body).toBe(seedBody);
		expect(handled()[0]?.headers).toMatchObject({
			groupname: 'ns-f51c',
			accountid: '1683187060740048426',
			'x-gw-router-addr': 'https://tf.jdy.com',
			appuserid: '10102023',
		});
		expect(requests()[0]).toMatchObject({
			method: 'POST',
			query: { outerInstanceId: '418370618707400484' },
		});
		const session = JSON.parse(String(first.stored.kingdeeApi?.session)) as IDataObject;
		expect(session).toMatchObject({
			tenant: {
				userId: '10102023',
				groupName: 'ns-f51c',
				accountId: '1683187060740048426',
				domain: 'https://tf.jdy.com',
			},
		});
		expect(Number(session.usableUntil)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
		expect(Number(session.usableUntil)).toBeLessThan(Date.now() + 24 * 3_600_000);
		sandbox.clearRequests();
		expect((await run({}, storedBy(first))).error).toBeUndefined();
		expect(paths()).toEqual([HANDLE]);
	});

	it('shares one log-in between items', async () => {
		const items = Array.from({ length: 4 }, () => ({ json: {} }));
		const result = await run({}, byApp(), { items });
		expect(result.items).toHaveLength(4);
		expect(paths()).toEqual([...LOG_IN, HANDLE, HANDLE, HANDLE, HANDLE]);
	});

	it('shares one log-in between runs at the same time', async () => {
		const results = await Promise.all([1, 2, 3].map(async () => await run({}, byApp())));
		expect(results.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		expect(paths().filter((path) => path === TOKEN)).toHaveLength(1);
	});

	it('logs in again once when the token has ended', async () => {
		const first = await run({}, byApp());
		sandbox.kingdee.expireTokens();
		sandbox.clearRequests();
		const second = await run({}, storedBy(first));
		expect(second.error).toBeUndefined();
		expect(paths()).toEqual([HANDLE, ...LOG_IN, HANDLE]);
		expect(second.stored.kingdeeApi?.session).not.toBe(first.stored.kingdeeApi?.session);
		expect(handledRecords()).toHaveLength(2);
	});

	it('asks for the group again when it has changed', async () => {
		const first = await run({}, byApp());
		sandbox.kingdee.moveGroup('ns-v7g6');
		sandbox.clearRequests();
		expect((await run({}, storedBy(first))).error).toBeUndefined();
		expect(paths()).toEqual([HANDLE, ...LOG_IN, HANDLE]);
		expect(handled()[1]?.headers.groupname).toBe('ns-v7g6');
	});

	it('fetches a rotated app secret', async () => {
		const first = await run({}, byApp());
		sandbox.kingdee.rotateAppSecret();
		sandbox.kingdee.expireTokens();
		expect((await run({}, storedBy(first))).error).toBeUndefined();
	});

	it.each([4010, '4011', 11010001, '1030002006'])(
		'repeats the write once with a new session after %j',
		async (errcode) => {
			const first = await run({}, byApp());
			sandbox.clearRequests();
			const body = JSON.stringify({ errcode, description: 'x' });
			sandbox.faults.add({ kind: 'body', status: 519, body, path: HANDLE });
			expect((await run({}, storedBy(first))).error).toBeUndefined();
			expect(paths()).toEqual([HANDLE, ...LOG_IN, HANDLE]);
		},
	);

	it.each([5000, 5004, 1030002003])('never repeats the write after %s', async (errcode) => {
		const body = JSON.stringify({ errcode, description: 'x' });
		sandbox.faults.add({ kind: 'body', status: 519, body, path: HANDLE });
		expect((await run({}, byApp())).error?.message).toBe(`x (Kingdee errcode ${errcode})`);
		expect(handled()).toHaveLength(1);
	});

	it('repeats only once', async () => {
		const body = '{"errcode":4010,"description":"access_token is invalid"}';
		sandbox.faults.add({ kind: 'body', status: 519, body, path: HANDLE, times: Infinity });
		const { error } = await run({}, byApp());
		expect(error?.message).toBe('access_token is invalid (Kingdee errcode 4010)');
		expect(handled()).toHaveLength(2);
	});

	it('finds the new router after 404 at once', async () => {
		const first = await run({}, byApp());
		const session = String(first.stored.kingdeeApi?.session).replaceAll('tf.jdy', 'old.jdy');
		sandbox.clearRequests();
		expect((await run({}, { ...storedBy(first), session })).error).toBeUndefined();
		expect(paths()).toEqual([HANDLE, ...LOG_IN, HANDLE]);
	});

	it('finds the new router after 502 and goes on: the old one did not pass the call on', async () => {
		const first = await run({}, byApp());
		sandbox.kingdee.moveDomain('https://tf-ek.jdy.com');
		sandbox.clearRequests();
		const second = await run({}, storedBy(first));
		expect(second.error).toBeUndefined();
		expect(paths()).toEqual([HANDLE, ...LOG_IN, USER, HANDLE]);
		expect(handled().at(-1)?.headers['x-gw-router-addr']).toBe('https://tf-ek.jdy.com');
		expect(handledRecords()).toHaveLength(2);
	});

	it('does not repeat the write after a 502 of the router that it is still on', async () => {
		const first = await run({}, byApp());
		sandbox.clearRequests();
		sandbox.faults.add({ kind: 'status', status: 502, body: 'Bad Gateway', path: HANDLE });
		const second = await run({ requestOptions: {} }, storedBy(first));
		expect(second.error?.message).toBe('Bad Gateway (Kingdee HTTP 502)');
		expect(second.error?.description).toMatch(/moved to another IDC domain.*may have taken effect/);
		expect(paths()).toEqual([HANDLE, ...LOG_IN, USER]);
	});

	it('drops the trailing slash of the domain', async () => {
		sandbox.kingdee.domainTrailingSlash = true;
		expect((await run({}, byApp())).error).toBeUndefined();
	});

	it('signs calls of the HTTP Request node by scheme B, as the gateway checks it', async () => {
		const answer = await httpRequestNode(byApp(), {
			method: 'POST',
			uri: `${sandbox.addresses.kingdee}${AUTHORISE}`,
			qs: { outerInstanceId: accounts().outerInstanceId, note: '中 +*~' },
			body: {},
			json: true,
		});
		expect(answer).toMatchObject({ code: 200 });
		// The client secret alone signs it: no session is needed.
		expect(paths()).toEqual([AUTHORISE]);
	});

	it.each<[string, Changes, RegExp, number]>([
		['a wrong secret', { clientSecret: 'wrong' }, /Check Client Secret/, 1],
		['a wrong client', { clientId: '1' }, /Check Client ID/, 1],
		['an unknown instance', { outerInstanceId: '1' }, /Outer Instance ID 1/, 1],
		['no secret', { clientSecret: '' }, /^Client Secret is empty/, 0],
	])('does nothing with %s', async (_what, changes, message, calls) => {
		const { error } = await run({}, { ...byApp(), ...changes });
		expect(error?.message).toMatch(message);
		expect(error?.description).toBe('Open the Kingdee credential and test it.');
		expect(requests()).toHaveLength(calls);
		expect(handledRecords()).toEqual([]);
	});
});

/** What n8n's credential test shows; the answer of the log-in where it succeeds. */
async function tested(values: ICredentialDataDecryptedObject): Promise<string> {
	const type = engine.credentialType('kingdeeApi');
	const credentials = engine.withDefaults('kingdeeApi', values);
	try {
		const output = await type.preAuthentication?.call(contextOf(values), credentials);
		return JSON.stringify(output);
	} catch (error) {
		return (error as Error).message;
	}
}

describe('the credential test', () => {
	it('is content with a right token and keeps nothing', async () => {
		expect(await tested(byToken())).toBe('{}');
		expect(paths()).toEqual([USER]);
		expect(requests()[0]).toMatchObject({ body: '{}', accepted: true });
		expect(requests()[0]?.query).toEqual({ access_token: accounts().accessToken });
	});

	it('sends its own request so that Kingdee accepts it', async () => {
		const request = { ...engine.credentialType('kingdeeApi').test?.request } as IHttpRequestOptions;
		const context = contextOf(byToken());
		const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			'kingdeeApi',
			request,
		);
		expect(answer).toMatchObject({ success: true });
	});

	it('is content with a right app', async () => {
		expect(JSON.parse(await tested(byApp()))).toHaveProperty('session');
		expect(paths()).toEqual(LOG_IN);
	});

	it.each<[string, Changes, RegExp]>([
		['a wrong token', { accessToken: 'f'.repeat(32) }, /errcode 4010\)\. Check Access Token/],
		['a wrong group', { groupName: 'ns-0000' }, /11010001\)\. Group Name has changed/],
		['a wrong router', { idcDomain: 'https://x.jdy.com' }, /HTTP 404 .*Check IDC Domain/],
		['a wrong account', { accountId: '1' }, /1020002008\)\. Check Account ID/],
		['another user', { userId: '10102024' }, /belongs to user 10102023, but User ID says 10102024/],
		['no host', { apiAddress: 'http://127.0.0.1:1' }, /^Cannot reach 127.0.0.1:1: .*refused/],
	])('explains %s', async (_what, changes, message) => {
		expect(await tested({ ...byToken(), ...changes })).toMatch(message);
	});

	it('explains an expired token and a moved router', async () => {
		sandbox.kingdee.expireTokens();
		expect(await tested(byToken())).toMatch(/4011\)\. Access Token has expired/);
		sandbox.kingdee.moveDomain('https://tf-ek.jdy.com');
		expect(await tested(byToken())).toMatch(/HTTP 502 .*Check IDC Domain/);
	});

	it.each<[string, Changes, RegExp]>([
		['a wrong client secret', { clientSecret: 'wrong' }, /4008\)\. Check Client Secret/],
		['a wrong client id', { clientId: '1' }, /4003\)\. Check Client ID/],
		['an unknown instance', { outerInstanceId: '1' }, /no authorisation for Outer Instance ID 1\./],
		[
			'an unknown account',
			{ accountId: '1' },
			/not authorised for Account ID 1, only for 示例账套/,
		],
		['no host', { apiAddress: 'http://127.0.0.1:1' }, /^Cannot reach 127.0.0.1:1: .*refused/],
	])('explains %s', async (_what, changes, message) => {
		expect(await tested({ ...byApp(), ...changes })).toMatch(message);
	});

	const row = (changes: IDataObject = {}) => ({
		accountId: '1683187060740048426',
		accountName: '示例账套',
		domain: 'https://tf.jdy.com',
		groupName: 'ns-f51c',
		status: '1',
		appKey: 'abc',
		appSecret: 'abc123',
		...changes,
	});
	const authorisations = (envelope: IDataObject) =>
		sandbox.faults.add({ kind: 'body', path: AUTHORISE, body: JSON.stringify(envelope) });

	it('accepts errcode 0, text states and a bare 19-digit account id', async () => {
		const text = JSON.stringify({ errcode: 0, description: 'success', data: [row()] });
		const body = text.replace('"1683187060740048426"', '1683187060740048426');
		sandbox.faults.add({ kind: 'body', path: AUTHORISE, body });
		expect(await tested(byApp())).toContain('1683187060740048426');
	});

	it('asks which of several account sets, and takes the one that is chosen', async () => {
		const data = [row(), row({ accountId: '2', accountName: '另一账套' }), row({ status: 0 })];
		authorisations({ code: 200, data });
		expect(await tested(byApp())).toBe(
			'The app is authorised for several account sets: 示例账套 (1683187060740048426), 另一账套 (2). Enter the id of one in Account ID.',
		);
		authorisations({ code: '200', data: data.slice(0, 2) });
		expect(await tested({ ...byApp(), accountId: '1683187060740048426' })).toContain('session');
	});

	it('says when the authorisation was withdrawn', async () => {
		authorisations({ code: 200, data: [row({ status: 0 })] });
		expect(await tested(byApp())).toMatch(/^The app is no longer authorised for 示例账套/);
	});

	it('tells when there is no access token, or none that works', async () => {
		const body = '{"errcode":0,"data":{"app-token":"x"}}';
		sandbox.faults.add({ kind: 'body', path: TOKEN, body });
		expect(await tested(byApp())).toMatch(/^Kingdee gave no access_token/);
		const foreign = '{"errcode":0,"data":{"app_token":"x","access_token":"foreign-token"}}';
		sandbox.faults.add({ kind: 'body', path: TOKEN, body: foreign });
		expect(await tested(byApp())).toMatch(/4010\)\. Kingdee does not accept the token it gave/);
	});

	it('reads the id of the user flat and takes app_token; without a plausible end a day is the end', async () => {
		const token = sandbox.kingdee.issueToken();
		const data = { app_token: 'x', access_token: token, expires: 7200 };
		sandbox.faults.add({ kind: 'body', path: TOKEN, body: JSON.stringify({ errcode: 0, data }) });
		sandbox.faults.add({ kind: 'body', path: USER, body: '{"id":10102023}' });
		const { session } = JSON.parse(await tested(byApp())) as { session: string };
		expect(JSON.parse(session)).toMatchObject({
			appToken: 'x',
			accessToken: token,
			tenant: { userId: '10102023' },
		});
		const { usableUntil } = JSON.parse(session) as { usableUntil: number };
		expect(usableUntil).toBeGreaterThan(Date.now() + 23 * 3_600_000);
	});

	it('keeps to an earlier end that Kingdee names', async () => {
		sandbox.kingdee.tokenLifeMs = 3_600_000;
		const { session } = JSON.parse(await tested(byApp())) as { session: string };
		const { usableUntil } = JSON.parse(session) as { usableUntil: number };
		expect(usableUntil).toBeLessThanOrEqual(Date.now() + 3_600_000 - 300_000);
	});

	it('shows no token that Kingdee echoes', async () => {
		const { accessToken, clientSecret } = accounts();
		const echo = (secret: string) =>
			JSON.stringify({ errcode: 4010, description: `bad ${secret}!` });
		sandbox.faults.add({ kind: 'body', path: USER, body: echo(accessToken) });
		expect(await tested(byToken())).toMatch(/: bad \*\*\*! \(/);
		sandbox.faults.add({ kind: 'body', path: AUTHORISE, body: echo(clientSecret) });
		expect(await tested(byApp())).toMatch(/: bad \*\*\*! \(/);
		sandbox.faults.add({ kind: 'body', path: TOKEN, body: echo(sandbox.kingdee.appSecret) });
		expect(await tested(byApp())).toMatch(/: bad \*\*\*! \(/);
	});
});

describe('broken answers', () => {
	it.each<[Parameters<Sandbox['faults']['add']>[0], RegExp]>([
		[{ kind: 'html', status: 500 }, /a web page with HTTP 500/],
		[{ kind: 'empty' }, /an empty answer with HTTP 200/],
		[{ kind: 'brokenJson' }, /broken JSON with HTTP 200/],
		[{ kind: 'status', status: 503, body: 'busy' }, /plain text with HTTP 503/],
		[{ kind: 'resetAfter' }, /broke off before an answer came/],
	])('warns that the call may have taken effect: %j', async (fault, message) => {
		sandbox.faults.add(fault);
		const { error } = await run();
		expect(error?.message).toMatch(message);
		expect(error?.description).toContain('may have taken effect');
		expect(handled()).toHaveLength(1);
	});

	it('says that nothing was sent when the host is not there', async () => {
		const { error } = await run({}, { ...byToken(), apiAddress: 'http://127.0.0.1:1' });
		expect(error?.message).toContain('could not be reached');
		expect(error?.description).toContain('Nothing was sent');
	});

	it('does not warn of an effect when the log-in breaks', async () => {
		sandbox.faults.add({ kind: 'html', path: TOKEN });
		const { error } = await run({}, byApp());
		expect(error?.message).toMatch(/HTTP 502 without the JSON that Kingdee sends/);
		expect(error?.description).not.toContain('may have taken effect');
		expect(handled()).toEqual([]);
	});
});

describe('secrets', () => {
	it('never appear in an error, even when Kingdee echoes them', async () => {
		const { accessToken } = accounts();
		const authority = '80YVhAfnQaOYK7vgQL1NZOCzmT9slfIZW8j01JnRwGPlJhpCXkVtaJW70RN/XQPn';
		const message = `token ${accessToken}, info ${authority} or ${encodeURIComponent(authority)}`;
		const body = JSON.stringify({ errorCode: '1', success: false, message });
		sandbox.faults.add({ kind: 'body', body, times: 2 });
		const failed = await run();
		expect(failed.error?.message).toBe('token ***, info *** or *** (Kingdee errorCode 1)');
		const passed = await run({}, byToken(), { onError: 'continueRegularOutput' });
		for (const text of [shown(failed), shown(passed), JSON.stringify(failed.run)]) {
			expect(text).not.toContain(accessToken);
			expect(text).not.toContain(authority);
		}
	});

	it('never appear with an app either', async () => {
		const first = await run({}, byApp());
		const { accessToken, appToken } = JSON.parse(String(first.stored.kingdeeApi?.session)) as {
			accessToken: string;
			appToken: string;
		};
		const { clientSecret, groupName } = accounts();
		const message = [accessToken, appToken, clientSecret, groupName].join(' ');
		const body = JSON.stringify({ errorCode: '1', success: false, message });
		sandbox.faults.add({ kind: 'body', body });
		const failed = await run({}, storedBy(first));
		expect(failed.error?.message).toBe('*** *** *** ns-f51c (Kingdee errorCode 1)');
		for (const secret of [accessToken, appToken, clientSecret]) {
			expect(shown(failed) + JSON.stringify(failed.run)).not.toContain(secret);
		}
	});

	it('never appear when the connection breaks or the log-in fails', async () => {
		sandbox.faults.add({ kind: 'resetBefore', path: HANDLE });
		const broken = await run();
		expect(shown(broken) + JSON.stringify(broken.run)).not.toContain(accounts().accessToken);
		const refused = await run({}, { ...byApp(), clientSecret: 'wrong-secret-value' });
		expect(shown(refused) + JSON.stringify(refused.run)).not.toContain('wrong-secret-value');
	});
});
