import { randomUUID } from 'node:crypto';
import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';

import { fastify } from 'fastify';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeParameters,
	type IWebhookData,
	type IWebhookDescription,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { Sandbox } from '../../sandbox/index.mts';
import { signature, timestampText } from '../../sandbox/sevenMoor/signature.mts';
import { type Engine, packageName } from './engine.mts';
import { onSandbox } from './onSandbox.mts';

let engine: Engine;
let sandbox: Sandbox;
onSandbox((started) => ({ engine, sandbox } = started));

const SECRET = 'Kf83nqLz0vXw52-push';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
	await Promise.all(closing.splice(0).map((close) => close()));
});

const apiCredential = () => ({
	apiAddress: sandbox.addresses.sevenMoor,
	accountId: sandbox.accounts.sevenMoor.accountId,
	apiSecret: sandbox.accounts.sevenMoor.apiSecret,
});

interface Settings {
	parameters?: INodeParameters;
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	mode?: 'webhook' | 'manual';
	/** Static data of an earlier run of n8n. */
	saved?: string;
}

/**
 * The trigger behind a real HTTP server, treated as n8n treats it (2.41.3, webhook-helpers and
 * live-webhooks): a workflow made anew for each request, the execution recorded before the answer, and
 * static data saved only where it is marked as changed when the answer is made.
 */
async function active(settings: Settings = {}) {
	const { parameters = {}, credentials = {}, mode = 'webhook' } = settings;
	const stored = engine.storedCredentials({ credentials });
	const executions: IDataObject[] = [];
	let saved = settings.saved ?? 'null';
	let recording: () => Promise<void> = async () => undefined;

	const node: INode = {
		id: randomUUID(),
		name: '7moor Trigger',
		type: `${packageName}.sevenMoorTrigger`,
		typeVersion: 1,
		position: [0, 0],
		webhookId: randomUUID(),
		parameters: { events: ['stepReached'], ...parameters },
		credentials: Object.fromEntries(
			Object.keys(credentials).map((type) => [type, { id: type, name: type }]),
		),
	};
	const type = engine.nodeTypes.getByNameAndVersion(node.type, 1);
	const webhookDescription = type.description.webhooks?.[0] as IWebhookDescription;
	const newWorkflow = (staticData = JSON.parse(saved) as IDataObject) =>
		new Workflow({
			id: 'engine-test',
			nodes: [node],
			connections: {},
			active: mode === 'webhook',
			nodeTypes: engine.nodeTypes,
			staticData,
		});
	const data = { webhookDescription, node: node.name, isTest: mode === 'manual' };

	const app = fastify({ bodyLimit: 16 * 1024 * 1024, forceCloseConnections: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.post('/hook', async (request, reply) => {
		reply.hijack();
		const answer = Object.assign(reply.raw, {
			status: (code: number) => Object.assign(answer, { statusCode: code }),
			json: (body: object) => answer.end(JSON.stringify(body)),
		});
		const staticData = JSON.parse(saved) as IDataObject;
		const workflow = newWorkflow(staticData);
		const additionalData: IWorkflowExecuteAdditionalData = {
			...engine.additionalData(stored, 'UTC'),
			httpRequest: Object.assign(request.raw, {
				ip: request.ip,
				query: request.query,
				params: {},
				rawBody: request.body,
				body: {},
			}) as never,
			httpResponse: answer as never,
		};
		const context = new WebhookContext(
			workflow,
			workflow.getNode(node.name) as INode,
			additionalData,
			mode,
			data as IWebhookData,
			[],
			null,
		);
		try {
			const result = (await type.webhook?.call(context)) as {
				workflowData?: { json: IDataObject }[][];
				webhookResponse: IDataObject;
				noWebhookResponse?: boolean;
			};
			if (result.workflowData !== undefined) {
				await recording();
				// The run has the same static data and takes the mark of change away.
				newWorkflow(staticData);
				executions.push(...(result.workflowData[0] ?? []).map(({ json }) => json));
			}
			const body = result.noWebhookResponse === true ? undefined : result.webhookResponse;
			if (workflow.staticData.__dataChanged === true) saved = JSON.stringify(workflow.staticData);
			if (body !== undefined) answer.status(200).json(body);
		} catch {
			answer.status(500).json({ message: 'There was a problem executing the workflow' });
		}
	});
	const address = await app.listen({ host: '127.0.0.1', port: 0 });
	closing.push(async () => await app.close());

	const hookContext = () => {
		const workflow = newWorkflow();
		return new HookContext(
			workflow,
			workflow.getNode(node.name) as INode,
			engine.additionalData(stored, 'UTC'),
			'trigger',
			'activate',
			data as IWebhookData,
		);
	};
	return {
		url: `${address}/hook`,
		executions,
		saved: () => saved,
		/** What n8n calls when the workflow is switched on and off. */
		lifecycle: async (method: 'checkExists' | 'create' | 'delete') =>
			await type.webhookMethods?.default?.[method].call(hookContext()),
		address: () => hookContext().getNodeWebhookUrl('default'),
		/** Makes the recording of executions fail or wait. */
		whenRecording: (action: () => Promise<void>) => (recording = action),
	};
}

interface Sent {
	status: number;
	body: IDataObject;
}

async function post(url: string, body: string | Buffer, headers: OutgoingHttpHeaders = {}) {
	return await new Promise<Sent>((resolve, reject) => {
		const outgoing = httpRequest(
			url,
			{ method: 'POST', agent: false, headers: { 'content-type': 'application/json', ...headers } },
			(incoming) => {
				const chunks: Buffer[] = [];
				incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
				incoming.on('end', () =>
					resolve({
						status: incoming.statusCode ?? 0,
						body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as IDataObject,
					}),
				);
			},
		);
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

const RECEIVED = { code: 200, success: true, message: 'success' };
const body = (id: string, rest: object = {}) => JSON.stringify({ _id: id, ...rest });

describe('7moor Trigger', () => {
	it.each(['http', 'https'] as const)(
		'takes the push of the %s version of the page',
		async (version) => {
			const { url, executions } = await active();
			const before = sandbox.clock.now();
			const {
				status,
				body: answer,
				sent,
			} = await sandbox.sevenMoor.push(
				url,
				{ _id: 'order-1', processEndTime: '2026-11-22 10:00:00' },
				{ version },
			);
			expect([status, JSON.parse(answer)]).toEqual([200, RECEIVED]);
			expect(executions).toHaveLength(1);
			const [event] = executions;
			expect(event).toMatchObject({
				id: expect.stringMatching(/^sevenMoor:order-1:stepReached:[0-9a-f]{24}$/),
				event: 'stepReached',
				occurredAt: '2026-11-22T10:00:00+08:00',
				changes: {},
				raw: JSON.parse(sent) as IDataObject,
				workOrder: {
					vendor: 'sevenMoor',
					id: 'order-1',
					number: '20211203000001',
					status: 'unknown',
					vendorStatus: '受理',
					customer: { id: '8f9cbb40-efd7-11ea-ad5c-1b2b5d9c4f30' },
					assignee: { id: '8000' },
					attachments: [
						{ name: '照片.png', url: 'https://files.example.test/%E7%85%A7%E7%89%87.png' },
					],
					custom: {
						form: { 预约日期: '2020-09-06', 紧急程度: '高', 地区: ['华东', '上海'] },
						stepName: '受理',
						action: '提交',
					},
				},
			});
			const { createdAt } = event?.workOrder as { createdAt: string };
			expect(Math.abs(Date.parse(createdAt) - before)).toBeLessThan(5000);
		},
	);

	it('passes only the steps and actions of its filters, and answers the others', async () => {
		const { url, executions } = await active({
			parameters: { filters: { stepNames: ['处理', '完成'], actionNames: ['提交'] } },
		});
		for (const [stepName, action] of [
			['受理', '提交'],
			['处理', '提交'],
			['处理', '转交'],
			['完成', '提交'],
		] as const) {
			const { status } = await sandbox.sevenMoor.push(url, { _id: stepName, stepName, action });
			expect(status).toBe(200);
		}
		expect(executions.map(({ raw }) => (raw as IDataObject)._id)).toEqual(['处理', '完成']);
	});

	it('takes filters from an expression as text', async () => {
		const { url, executions } = await active({
			parameters: { filters: { stepNames: '={{ "处理, 受理" }}' } },
		});
		await sandbox.sevenMoor.push(url, { stepName: '受理' });
		await sandbox.sevenMoor.push(url, { stepName: '完成' });
		expect(executions).toHaveLength(1);
	});

	it('answers a repeated delivery and runs nothing', async () => {
		const { url, executions, saved } = await active();
		for (let i = 0; i < 3; i++) expect((await post(url, body('1'))).status).toBe(200);
		const together = await Promise.all(Array.from({ length: 10 }, () => post(url, body('2'))));
		expect(together.every(({ status }) => status === 200)).toBe(true);
		expect(executions).toHaveLength(2);
		await post(url, body('1', { stepName: 'another step' }));
		expect(executions).toHaveLength(3);
		const [ids] = Object.values(JSON.parse(saved()) as Record<string, { ids: string[] }>);
		expect(ids?.ids).toHaveLength(3);
	});

	it('has saved every id, so that a restart repeats nothing', async () => {
		const { url, saved } = await active();
		for (const id of ['1', '2', '3']) await post(url, body(id));
		const [memory] = Object.values(JSON.parse(saved()) as Record<string, { ids: string[] }>);
		expect(memory?.ids).toHaveLength(3);
		const restarted = await active({ saved: saved() });
		for (const id of ['1', '2', '3', '4']) await post(restarted.url, body(id));
		expect(restarted.executions.map(({ raw }) => (raw as IDataObject)._id)).toEqual(['4']);
	});

	it('loses no id where different deliveries arrive together', async () => {
		const { url, executions, saved, whenRecording } = await active();
		whenRecording(async () => await new Promise((resolve) => setTimeout(resolve, 20)));
		const ids = Array.from({ length: 20 }, (_, i) => String(i));
		for (let round = 0; round < 3; round++) {
			await Promise.all(ids.map((id) => post(url, body(id))));
		}
		expect(executions.map(({ raw }) => (raw as IDataObject)._id).sort()).toEqual(ids.sort());
		const restarted = await active({ saved: saved() });
		for (const id of ids) await post(restarted.url, body(id));
		expect(restarted.executions).toEqual([]);
	});

	it('runs a delivery again that n8n could not take', async () => {
		const { url, executions, whenRecording } = await active();
		whenRecording(() => Promise.reject(new Error('no database')));
		expect((await post(url, body('1'))).status).toBe(500);
		whenRecording(async () => undefined);
		expect((await post(url, body('1'))).status).toBe(200);
		expect((await post(url, body('1'))).status).toBe(200);
		expect(executions).toHaveLength(1);
	});

	it('emits repeated deliveries where that is chosen, and in a test', async () => {
		const chosen = await active({ parameters: { options: { emitRepeated: true } } });
		const tested = await active({ mode: 'manual' });
		for (const { url } of [chosen, chosen, tested, tested]) await post(url, body('1'));
		expect([chosen.executions, tested.executions].map(({ length }) => length)).toEqual([2, 2]);
		expect(new Set(chosen.executions.map(({ id }) => id)).size).toBe(1);
	});

	it('gives each of two triggers its own delivery', async () => {
		const [one, two] = [await active(), await active()];
		await post(one.url, body('1'));
		await post(two.url, body('1'));
		expect([one.executions.length, two.executions.length]).toEqual([1, 1]);
		expect(one.executions[0]?.id).toBe(two.executions[0]?.id);
	});

	it.each([
		['broken JSON', '{"_id":', 400],
		['an empty body', '', 400],
		['a list', '[{"_id":"1"}]', 400],
		['no _id', '{"stepName":"受理"}', 400],
		['a body above 1 MB', body('1', { a: 'x'.repeat(1024 * 1024) }), 413],
	])('turns away %s', async (_case, sent, status) => {
		const { url, executions, saved } = await active();
		const answer = await post(url, sent);
		expect(answer).toMatchObject({ status, body: { code: status, success: false } });
		expect(executions).toEqual([]);
		expect(saved()).toBe('null');
	});

	it('takes a body of just under 1 MB', async () => {
		const { url, executions } = await active();
		await post(url, body('1', { a: 'x'.repeat(1_000_000) }));
		expect(executions).toHaveLength(1);
	});

	it('asks for the secret header where that is chosen', async () => {
		const { url, executions } = await active({
			parameters: { checks: ['secretHeader'] },
			credentials: { sevenMoorPushApi: { headerName: 'X-Gongdan', secret: SECRET } },
		});
		for (const headers of [{}, { 'x-gongdan': SECRET.slice(1) }, { 'x-webhook-secret': SECRET }]) {
			const { status, body: answer } = await post(url, body('1'), headers);
			expect([status, answer.message]).toEqual([401, 'The secret header is missing or wrong']);
		}
		expect(executions).toEqual([]);
		expect((await post(url, body('1'), { 'X-Gongdan': SECRET })).status).toBe(200);
		expect(executions).toHaveLength(1);
	});

	it('checks the signature where that is chosen', async () => {
		const { url, executions } = await active({
			parameters: { checks: ['signature'] },
			credentials: { sevenMoorApi: apiCredential() },
		});
		const { accountId, apiSecret } = sandbox.accounts.sevenMoor;
		const send = async (at: number, secret: string = apiSecret) => {
			const timestamp = timestampText(at);
			const header = Buffer.from(`${accountId}:${timestamp}`).toString('base64');
			const sig = signature(accountId, secret, timestamp);
			return (await post(`${url}?sig=${sig}`, body('1'), { authorization: header })).status;
		};
		expect((await sandbox.sevenMoor.push(url)).status).toBe(401);
		expect(await send(Date.now(), 'another')).toBe(401);
		expect(await send(Date.now() - 6 * 60_000)).toBe(401);
		expect(await send(Date.now() + 6 * 60_000)).toBe(401);
		expect(executions).toEqual([]);
		expect(await send(Date.now() - 4 * 60_000)).toBe(200);
		expect(executions).toHaveLength(1);
	});

	it('asks for the address where that is chosen', async () => {
		const send = async (addresses: string) => {
			const { url } = await active({ parameters: { checks: ['senderAddress'], addresses } });
			return (await post(url, body('1'))).status;
		};
		expect(await send('203.0.113.7, 127.0.0.0/8')).toBe(200);
		expect(await send('203.0.113.7')).toBe(403);
	});

	it('asks for everything that is chosen', async () => {
		const { url, executions } = await active({
			parameters: { checks: ['secretHeader', 'senderAddress'], addresses: '203.0.113.7' },
			credentials: { sevenMoorPushApi: { headerName: 'X-Gongdan', secret: SECRET } },
		});
		expect((await post(url, body('1'), { 'x-gongdan': SECRET })).status).toBe(403);
		expect(executions).toEqual([]);
	});

	it('has an address that is random or the own one', async () => {
		expect((await active()).address()).toMatch(/^http:\/\/localhost\/\/?[0-9a-f-]{36}$/);
		const own = await active({ parameters: { path: 'my-very-own-secret-path' } });
		expect(own.address()).toMatch(/\/my-very-own-secret-path$/);
	});

	it('goes on and off without asking 7moor', async () => {
		const { lifecycle } = await active();
		expect(await lifecycle('checkExists')).toBe(false);
		expect(await lifecycle('create')).toBe(true);
		expect(await lifecycle('delete')).toBe(true);
		expect(sandbox.requests('sevenMoor')).toEqual([]);
	});

	it.each<[string, Settings, RegExp]>([
		['a short path alone', { parameters: { path: 'hook' } }, /^Secret Path is easy to guess/],
		[
			'an address that is none',
			{ parameters: { checks: ['senderAddress'], addresses: '10.0.0.1, moor' } },
			/no IPv4 address or range: "moor"/,
		],
		[
			'no address',
			{ parameters: { checks: ['senderAddress'], addresses: ' ' } },
			/^Allowed Addresses is empty/,
		],
		[
			'a short secret',
			{
				parameters: { checks: ['secretHeader'] },
				credentials: { sevenMoorPushApi: { headerName: 'X-A', secret: 'short' } },
			},
			/^Secret needs at least 16/,
		],
		[
			'an account without a secret',
			{
				parameters: { checks: ['signature'] },
				credentials: { sevenMoorApi: { accountId: 'N1', apiSecret: '' } },
			},
			/^The 7moor credential cannot check signatures/,
		],
	])('is not switched on with %s, and lets nobody in', async (_case, settings, message) => {
		const { lifecycle, url, executions } = await active(settings);
		await expect(lifecycle('create')).rejects.toThrow(message);
		expect((await post(url, body('1'))).status).toBeGreaterThanOrEqual(400);
		expect(executions).toEqual([]);
	});

	it('tests the credential by what was entered', async () => {
		const { methods } = engine.nodeTypes.getByNameAndVersion('sevenMoorTrigger', 1);
		const test = async (data: ICredentialDataDecryptedObject) =>
			await methods?.credentialTest?.pushSecretTest?.call(
				{} as never,
				{ id: '1', name: 'x', type: 'sevenMoorPushApi', data } as never,
			);
		expect(await test({ headerName: 'X-A', secret: SECRET })).toMatchObject({ status: 'OK' });
		expect(await test({ headerName: 'X-A', secret: 'short' })).toMatchObject({ status: 'Error' });
	});
});

describe('7moor Dictionary Trigger', () => {
	const SEED_ID = '75cf1273-042e-a83d-8118-ddfb50af4ac1';
	const both = ['dictionaryAdded', 'dictionaryChanged'];

	function trigger(parameters: INodeParameters = {}, credential: IDataObject = {}) {
		return engine.pollingTrigger({
			type: 'sevenMoorDictionaryTrigger',
			parameters: { events: both, ...parameters },
			credentials: {
				sevenMoorApi: { ...apiCredential(), ...credential },
			},
		});
	}
	const names = (events: IDataObject[]) =>
		events.map(
			({ event, dictionary }) => `${String(event)} ${String((dictionary as IDataObject).name)}`,
		);
	const requests = () => sandbox.requests('sevenMoor').length;
	/** The sandbox hands its own records out. */
	const dictionary = (id: string) => {
		const found = sandbox.sevenMoor.dictionaries().find(({ _id }) => _id === id);
		if (found === undefined) throw new Error(`No dictionary ${id}`);
		return found;
	};

	it('emits nothing at first, then what is added and what changes, each once', async () => {
		const watched = trigger();
		expect(await watched.poll()).toEqual([]);
		const added = sandbox.sevenMoor.createDictionary({ name: 'Hardware' });
		expect(names(await watched.poll())).toEqual(['dictionaryAdded Hardware']);
		expect(await watched.poll()).toEqual([]);
		Object.assign(dictionary(added._id), { name: 'Devices', biUpdateTime: '2026-11-22 10:00:00' });
		expect(names(await watched.poll())).toEqual(['dictionaryChanged Devices']);
		expect(await watched.poll()).toEqual([]);
	});

	it('tells what changed, also where the time of change stays', async () => {
		const watched = trigger();
		await watched.poll();
		const { options } = dictionary(SEED_ID);
		const [first] = options;
		if (first === undefined) throw new Error('No options');
		first.state = '2';
		first.name = '新名称';
		const key = randomUUID();
		options.push({ name: '新选项', key, state: '2', options: [] });
		const [event] = await watched.poll();
		const entry = (name: string, state: string) => ({ key: first.key, path: [name], state });
		const [from, to] = [entry('李婷测试接口3', '1'), entry('新名称', '2')];
		expect(event).toMatchObject({
			id: expect.stringMatching(
				new RegExp(`^sevenMoorDictionary:${SEED_ID}:changed:20211203155210:[0-9a-f]{12}$`),
			),
			event: 'dictionaryChanged',
			occurredAt: '2021-12-03T15:52:10+08:00',
			dictionary: { id: SEED_ID, name: '修改接口三级', levels: 3, optionCount: 4 },
			raw: { _id: SEED_ID, cascade: '3' },
		});
		expect(event?.changes).toEqual({
			optionsAdded: { from: [], to: [{ key, path: ['新选项'], state: '2' }] },
			optionsRenamed: { from: [from], to: [to] },
			optionsEnabled: { from: [from], to: [to] },
		});
	});

	it('goes by the credential for which state means enabled', async () => {
		const watched = trigger({}, { enabledState: '1' });
		await watched.poll();
		const [first] = dictionary(SEED_ID).options;
		if (first === undefined) throw new Error('No options');
		first.state = first.state === '1' ? '2' : '1';
		const expected = first.state === '1' ? 'optionsEnabled' : 'optionsDisabled';
		const [event] = await watched.poll();
		expect(Object.keys(event?.changes ?? {})).toEqual([expected]);
	});

	it('sees a change made through the API of the vendor', async () => {
		const watched = trigger();
		await watched.poll();
		const updated = await engine.run({
			type: 'sevenMoor',
			parameters: {
				resource: 'dictionary',
				operation: 'update',
				dictionaryId: SEED_ID,
				updateFields: { name: 'Renamed' },
			},
			credentials: { sevenMoorApi: apiCredential() },
		});
		expect(updated.error).toBeUndefined();
		const [event] = await watched.poll();
		expect(event?.changes).toEqual({ name: { from: '修改接口三级', to: 'Renamed' } });
	});

	it('gives two triggers the same ids', async () => {
		const [one, two] = [trigger(), trigger()];
		await one.poll();
		await two.poll();
		sandbox.sevenMoor.createDictionary({ name: 'Hardware' });
		dictionary(SEED_ID).name = 'Renamed';
		const ids = async (watched: ReturnType<typeof trigger>) =>
			(await watched.poll()).map(({ id }) => id);
		const first = await ids(one);
		expect(first).toHaveLength(2);
		expect(await ids(two)).toEqual(first);
	});

	it('emits only what is chosen, and only names that are looked for', async () => {
		const changed = trigger({ events: ['dictionaryChanged'] });
		const named = trigger({ filters: { name: 'hard' } });
		await changed.poll();
		await named.poll();
		sandbox.sevenMoor.createDictionary({ name: 'Software' });
		sandbox.sevenMoor.createDictionary({ name: 'Hardware' });
		expect(await changed.poll()).toEqual([]);
		expect(names(await named.poll())).toEqual(['dictionaryAdded Hardware']);
	});

	it('keeps to the cap and brings the rest later, oldest first', async () => {
		const watched = trigger({ options: { maxEvents: 2 } });
		await watched.poll();
		for (const day of ['03', '01', '02']) {
			sandbox.sevenMoor.createDictionary({ name: day, createTime: `2026-11-${day} 00:00:00` });
		}
		expect(names(await watched.poll())).toEqual(['dictionaryAdded 01', 'dictionaryAdded 02']);
		expect(names(await watched.poll())).toEqual(['dictionaryAdded 03']);
		expect(await watched.poll()).toEqual([]);
	});

	it('emits what is there where that is chosen', async () => {
		const watched = trigger({ options: { emitExisting: true } });
		expect(names(await watched.poll())).toEqual(['dictionaryAdded 修改接口三级']);
		expect(await watched.poll()).toEqual([]);
	});

	it('asks once per poll and leaves its memory alone when nothing is new', async () => {
		const watched = trigger();
		await watched.poll();
		const before = JSON.stringify(watched.memory());
		sandbox.clearRequests();
		await watched.poll();
		expect(requests()).toBe(1);
		expect(JSON.stringify(watched.memory())).toBe(before);
	});

	it('reads page after page at its pace, and goes on where it stopped', async () => {
		sandbox.sevenMoor.createDictionary({ name: 'two' });
		const options = { pageSize: 1, callsPerMinute: 60, maxPages: 1 };
		const watched = trigger({ options: { ...options, emitExisting: true } });
		expect(names(await watched.poll())).toEqual(['dictionaryAdded 修改接口三级']);
		expect(names(await watched.poll())).toEqual(['dictionaryAdded two']);
		sandbox.clearRequests();
		const paced = trigger({ options: { ...options, emitExisting: true, maxPages: 2 } });
		const start = Date.now();
		expect(await paced.poll()).toHaveLength(2);
		// More than 20 calls a minute are not to be had.
		expect(Date.now() - start).toBeGreaterThanOrEqual(2900);
		expect(requests()).toBe(2);
	});

	it('loses nothing by a failed poll, and says why it failed', async () => {
		const watched = trigger();
		await watched.poll();
		sandbox.sevenMoor.createDictionary({ name: 'Hardware' });
		sandbox.faults.add({ vendor: 'sevenMoor', kind: 'html', times: Infinity });
		await expect(watched.poll()).rejects.toThrow(/web page with HTTP 502/);
		sandbox.faults.clear();
		sandbox.sevenMoor.limitPerMinute = 0;
		await expect(watched.poll()).rejects.toMatchObject({ failure: { cause: 'rate-limited' } });
		sandbox.sevenMoor.limitPerMinute = 20;
		expect(names(await watched.poll())).toEqual(['dictionaryAdded Hardware']);
	});

	it('shows recent records in a test, and says why there are none', async () => {
		sandbox.sevenMoor.createDictionary({ name: 'Hardware', biUpdateTime: '2026-11-22 10:00:00' });
		const watched = trigger();
		expect(names(await watched.test())).toEqual([
			'dictionaryAdded Hardware',
			'dictionaryAdded 修改接口三级',
		]);
		expect(watched.memory()).toEqual({});
		const [changed] = await trigger({ events: ['dictionaryChanged'] }).test();
		expect(changed).toMatchObject({ event: 'dictionaryChanged', changes: {} });
		const named = async (name: string) => await trigger({ filters: { name } }).test();
		expect(names(await named(' hardw '))).toEqual(['dictionaryAdded Hardware']);
		await expect(named('nothing')).rejects.toThrow('No recent dictionary passes the filters');
		for (const { _id } of sandbox.sevenMoor.dictionaries()) sandbox.sevenMoor.deleteDictionary(_id);
		await expect(trigger().test()).rejects.toThrow('7moor has no work-order dictionaries yet');
	});
});
