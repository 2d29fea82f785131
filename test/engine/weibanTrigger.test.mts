import { randomUUID } from 'node:crypto';

import { HookContext } from 'n8n-core';
import type { IDataObject, INode, INodeParameters, INodeType } from 'n8n-workflow';

import type { PushOptions, Sandbox } from '../../sandbox/index.mts';
import { openWebhook } from '../nodes/Weiban/webhookServer.mts';
import type { Engine } from './engine.mts';
import { onSandbox } from './onSandbox.mts';
import { credentialsFor, longIds } from './vendors.mts';

type Webhook = Awaited<ReturnType<typeof openWebhook>>;

let engine: Engine;
let sandbox: Sandbox;
const open: Webhook[] = [];
onSandbox((started) => ({ engine, sandbox } = started));
afterEach(async () => {
	for (const webhook of open.splice(0)) await webhook.close();
});

const kinds = ['closed', 'commented', 'created', 'handedOver', 'other', 'reopened'];
const orderNo = '1471808049579560960';

function run(parameters: INodeParameters = {}, credential: IDataObject = {}) {
	const { callback, corpId } = sandbox.accounts.weiban;
	return {
		type: 'weibanTrigger',
		parameters: { events: kinds, ...parameters },
		credentials: {
			weibanCallbackApi: {
				token: callback.token,
				aesSecretKey: callback.encodingAesKey,
				corpId,
				...credential,
			} as Record<string, string>,
			...(parameters.includeDetails === true
				? { weibanApi: credentialsFor(sandbox).weibanApi }
				: {}),
		},
	};
}

async function listen(
	parameters: INodeParameters = {},
	credential: IDataObject = {},
	mode: 'webhook' | 'manual' = 'webhook',
) {
	const webhook = await openWebhook(engine, run(parameters, credential), mode);
	open.push(webhook);
	const push = async (status: string, data: IDataObject = {}, options: PushOptions = {}) =>
		await sandbox.weiban.push(
			webhook.url,
			status,
			{ order_no: orderNo, staff_id: 'LiuYang', ...data },
			options,
		);
	return { ...webhook, push };
}

test('the address check is answered with the plain text alone', async () => {
	const { url, executions } = await listen();
	const check = await sandbox.weiban.checkUrl(url);
	expect(check).toMatchObject({ status: 200, body: check.message });
	const forged = await sandbox.weiban.checkUrl(url, undefined, { badSignature: true });
	expect(forged.status).toBe(403);
	expect(forged.body).not.toContain(forged.message);
	expect(executions).toEqual([]);
});

test.each<[string, string, IDataObject, IDataObject]>([
	['create', 'created', {}, { requester: { id: 'LiuYang', name: null }, status: 'unknown' }],
	[
		'switch',
		'handedOver',
		{ handler_id: 'WangFang', staff_ext_id: 'x', cc_list: ['ZhangSan'], is_show: 1 },
		{ assignee: { id: 'WangFang', name: null }, status: 'unknown' },
	],
	['close', 'closed', {}, { status: 'closed' }],
	['reopen', 'reopened', {}, { status: 'unknown' }],
	[
		'reply',
		'commented',
		{
			content: { text: '请尽快', pic: ['https://x.example/a.png'] },
			attached_json: [{ type: 'image', url: 'https://x.example/b.png' }],
		},
		{ description: null, custom: { remark: '请尽快' } },
	],
	['evaluate', 'other', {}, { status: 'unknown' }],
])('%s arrives as %s', async (status, event, data, workOrder) => {
	const { push, executions } = await listen();
	const id = randomUUID();
	const createTime = ['switch', 'close'].includes(status) ? 1640244967924 : 1640244967.924;
	const delivery = await push(status, data, { id, createTime });
	expect(delivery).toMatchObject({ status: 200, body: '{"errcode":0}' });
	expect(executions).toEqual([
		{
			id: `weiban:${id}`,
			event,
			occurredAt: '2021-12-23T15:36:07.924+08:00',
			workOrder: expect.objectContaining({ vendor: 'weiban', id: orderNo, number: orderNo }),
			changes: expect.any(Object),
			raw: JSON.parse(delivery.message),
		},
	]);
	expect(executions[0]?.workOrder).toMatchObject({ ...workOrder, title: null, createdAt: null });
});

test('what an event changes is said, what came before is not known', async () => {
	const { push, executions } = await listen();
	await push('switch', { handler_id: 'WangFang' });
	await push('close');
	await push('reopen');
	expect(executions.map(({ changes }) => changes)).toEqual([
		{ assignee: { from: null, to: 'WangFang' } },
		{ status: { from: null, to: 'closed' } },
		{},
	]);
});

test('a picture and an attachment of a comment are attachments', async () => {
	const { push, executions } = await listen();
	await push('reply', {
		content: { text: 'see', pic: ['https://x.example/a.png'] },
		attached_json: [{ type: 'image', url: 'https://x.example/b.png' }],
		is_show: 0,
	});
	await push('reply', { content: 'plain text' });
	expect(executions[0]).toMatchObject({
		workOrder: {
			attachments: [{ url: 'https://x.example/a.png' }, { url: 'https://x.example/b.png' }],
			custom: { actedBy: 'LiuYang', remark: 'see', remarkVisibleToCustomer: false },
		},
	});
	expect(executions[1]).toMatchObject({ workOrder: { custom: { remark: 'plain text' } } });
});

test.each(longIds)('work order %s keeps its digits, also as a bare number', async (id) => {
	const { push, executions } = await listen();
	await push('create', { order_no: id });
	const event = (await push('create', { order_no: 'BARE' }, { message: undefined })).message;
	await push(
		'create',
		{},
		{ message: event.replace('"BARE"', id).replace(/"id":"[^"]+"/, `"id":"${randomUUID()}"`) },
	);
	expect([executions[0], executions[2]].map((found) => found?.workOrder)).toEqual([
		expect.objectContaining({ id }),
		expect.objectContaining({ id }),
	]);
});

test('only chosen kinds start the workflow; a handler filter asks only what is known', async () => {
	const { push, executions } = await listen({
		events: ['handedOver', 'closed'],
		filters: { handlers: 'WangFang, LiSi' },
	});
	for (const status of ['create', 'reply', 'reopen', 'evaluate']) {
		expect(await push(status)).toMatchObject({ status: 200, body: '{"errcode":0}' });
	}
	await push('switch', { handler_id: 'ZhaoLiu' });
	await push('switch', { handler_id: 'LiSi' });
	await push('close');
	expect(executions.map(({ event }) => event)).toEqual(['handedOver', 'closed']);
});

test('a repeated delivery gets 200 and no execution, also at the same time', async () => {
	const { push, executions, database, memory } = await listen();
	const id = randomUUID();
	for (const retryCount of [0, 1, 2]) {
		expect(await push('create', {}, { id, retryCount })).toMatchObject({
			status: 200,
			body: '{"errcode":0}',
		});
	}
	expect(executions).toHaveLength(1);
	expect(memory().ids).toEqual([id]);

	database.start = async () => await new Promise((resolve) => setTimeout(resolve, 50));
	const [again, other] = [randomUUID(), randomUUID()];
	const deliveries = await Promise.all(
		[again, again, other, again].map(async (uuid) => await push('reply', {}, { id: uuid })),
	);
	expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
	expect(executions).toHaveLength(3);
	for (const uuid of [id, again, other]) await push('reply', {}, { id: uuid });
	expect(executions).toHaveLength(3);
});

test('an event whose execution could not be started is taken when it comes again', async () => {
	const { push, executions, database } = await listen();
	const id = randomUUID();
	database.start = async () => await Promise.reject(new Error('database is locked'));
	expect((await push('create', {}, { id })).status).toBe(500);
	database.start = async () => {};
	expect((await push('create', {}, { id })).status).toBe(200);
	expect(executions).toHaveLength(1);
});

test.each<[string, PushOptions, number]>([
	['a wrong signature', { badSignature: true }, 403],
	['another token', { token: 'x' }, 403],
	['another key', { encodingAesKey: 'A'.repeat(43) }, 403],
	['a foreign receive id', { receiveId: '1653682321878942700' }, 403],
	['a stale time stamp', { timestamp: String(Math.floor(Date.now() / 1000) - 700) }, 403],
	['a time stamp that is none', { timestamp: 'yesterday' }, 400],
	['an event that is no JSON', { message: '{' }, 400],
	[
		'an event without an id',
		{ message: '{"event":"work_order_change","msg_data":{"order_no":"1"}}' },
		400,
	],
])('%s gets 4xx and no execution', async (_name, options, status) => {
	const { push, executions, memory } = await listen();
	expect((await push('create', {}, options)).status).toBe(status);
	expect(executions).toEqual([]);
	expect(memory()).toEqual({});
});

test('malformed, oversized and multipart bodies get 4xx and no execution', async () => {
	const { url, push, executions } = await listen();
	const { search } = new URL((await push('create')).url);
	const send = async (body: string | FormData) =>
		(await fetch(`${url}${search}`, { method: 'POST', body })).status;
	expect(await send('')).toBe(400);
	expect(await send('encrypt=1')).toBe(400);
	expect(await send('{"encrypt":')).toBe(400);
	expect(await send(JSON.stringify({ encrypt: 'x'.repeat(1_100_000) }))).toBe(413);
	const form = new FormData();
	form.append('encrypt', 'x');
	expect(await send(form)).toBe(400);
	expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(400);
	expect((await fetch(url)).status).toBe(400);
	expect(executions).toHaveLength(1);
});

test('a genuine event of another subscription gets 200 and no execution', async () => {
	const { push, executions } = await listen();
	const message = JSON.stringify({ id: randomUUID(), event: 'external_user_change', msg_data: {} });
	expect((await push('create', {}, { message })).status).toBe(200);
	expect(executions).toEqual([]);
});

test('receive id and age are settings', async () => {
	const other = await listen({}, { receiveIdIs: 'other', receiveId: 'ww1436e0e65a779aee' });
	expect((await other.push('create')).status).toBe(403);
	expect((await other.push('create', {}, { receiveId: 'ww1436e0e65a779aee' })).status).toBe(200);
	const any = await listen({ options: { maxAgeMinutes: 0 } }, { receiveIdIs: 'any', corpId: '' });
	const old = { receiveId: 'x', timestamp: '1639731768' };
	expect((await any.push('create', {}, old)).status).toBe(200);
	const hour = await listen({ options: { maxAgeMinutes: 60 } });
	const timestamp = String(Math.floor(Date.now() / 1000) - 1_800);
	expect((await hour.push('create', {}, { timestamp })).status).toBe(200);
});

test('an incomplete credential gets 500, so that Weiban tries again, and tells nothing', async () => {
	const { push, executions } = await listen({}, { aesSecretKey: 'secretsecretsecret' });
	const delivery = await push('create');
	expect(delivery.status).toBe(500);
	expect(delivery.body).not.toContain('secret');
	expect(executions).toEqual([]);
});

test('without details no call is made; with them the full record comes along', async () => {
	const bare = await listen();
	await bare.push('switch', { handler_id: 'WangFang' });
	expect(sandbox.requests('weiban')).toEqual([]);

	const full = await listen({ includeDetails: true });
	await full.push('close', { content: 'done' });
	expect(full.executions[0]).toMatchObject({
		event: 'closed',
		workOrder: {
			id: orderNo,
			title: '2021年12月17日19:42:43',
			status: 'closed',
			vendorStatus: '10',
			assignee: { name: expect.stringMatching(/^超长昵称/) },
			custom: { remark: 'done', actedBy: 'LiuYang', stage: null },
		},
		raw: { status: 'close', work_order: { order_no: orderNo } },
	});
	expect(sandbox.requests('weiban').filter(({ path }) => path.endsWith('/detail'))).toHaveLength(1);
});

test('details that cannot be had cost no event', async () => {
	const { push, executions } = await listen({ includeDetails: true, filters: { title: 'x' } });
	expect((await push('create', { order_no: '404' })).status).toBe(200);
	sandbox.faults.add({ vendor: 'weiban', kind: 'latency', ms: 6_000, path: 'detail' });
	const start = Date.now();
	expect((await push('create')).status).toBe(200);
	expect(Date.now() - start).toBeLessThan(5_000);
	expect(executions.map(({ workOrder }) => (workOrder as IDataObject).custom)).toEqual([
		expect.objectContaining({ detailsUnavailable: expect.stringContaining('22301') }),
		expect.objectContaining({ detailsUnavailable: 'Weiban did not answer in time' }),
	]);
});

test('with details, template, title and handler filter every event', async () => {
	const details = { includeDetails: true };
	const template = await listen({ ...details, filters: { templates: '99, 鬼鬼' } });
	const title = await listen({ ...details, filters: { title: '2021年12月' } });
	const none = await listen({ ...details, filters: { handlers: 'Nobody' } });
	for (const { push } of [template, title, none]) await push('reply');
	expect([template, title, none].map(({ executions }) => executions.length)).toEqual([1, 1, 0]);
});

test('a manual test shows the same event as often as it comes', async () => {
	const { push, executions, memory } = await listen({}, {}, 'manual');
	const id = randomUUID();
	await push('create', {}, { id });
	await push('create', {}, { id });
	expect(executions).toHaveLength(2);
	expect(memory()).toEqual({});
});

function lifecycle(credential: IDataObject) {
	const description = run({}, credential);
	const workflow = engine.workflow(description);
	const node = workflow.getNode('Node') as INode;
	const type: INodeType = engine.nodeTypes.getByNameAndVersion(node.type, 1);
	const context = new HookContext(
		workflow,
		node,
		engine.additionalData(engine.storedCredentials(description), 'UTC'),
		'trigger',
		'activate',
		undefined,
	);
	const methods = type.webhookMethods?.default;
	return {
		checkExists: async () => await methods?.checkExists.call(context),
		create: async () => await methods?.create.call(context),
		delete: async () => await methods?.delete.call(context),
		test: type.methods?.credentialTest?.weibanCallbackTest,
		stored: engine.storedCredentials(description).weibanCallbackApi,
	};
}

test('activation checks the credential, as its test does', async () => {
	const good = lifecycle({});
	expect(await good.checkExists()).toBe(false);
	expect(await good.create()).toBe(true);
	expect(await good.delete()).toBe(true);
	const tested = { id: '1', name: 'x', type: 'weibanCallbackApi', data: good.stored };
	expect(await good.test?.call({} as never, tested)).toMatchObject({ status: 'OK' });

	const bad = lifecycle({ aesSecretKey: '6qkd' });
	await expect(bad.create()).rejects.toThrow(/^EncodingAESKey does not have 43/);
	expect(await bad.test?.call({} as never, { ...tested, data: bad.stored })).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('EncodingAESKey'),
	});
});
