import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import type { Fault, Sandbox, Vendor } from '../../sandbox/index.mts';
import type { Engine, NodeResult, NodeRun } from './engine.mts';
import { onSandbox } from './onSandbox.mts';
import { examples } from './examples/index.mts';
import { letTimeStand, waitReally } from './time.mts';
import { credentialsFor, kingdeeByApp, kingdeeByToken } from './vendors.mts';

let engine: Engine;
let sandbox: Sandbox;
onSandbox((started) => ({ engine, sandbox } = started));

const MINUTE_MS = 60_000;
const items = (count: number) => Array.from({ length: count }, (_, n) => ({ json: { n } }));
/** An example's parameters, with calls repeated as for a person. */
const exampleOf = (vendor: Vendor, resource: string, operation: string): INodeParameters => ({
	...examples[vendor][`${resource}.${operation}`]?.parameters,
	resource,
	operation,
	requestOptions: {},
});
const weibanGet = (more: Partial<NodeRun> = {}): NodeRun => ({
	type: 'weiban',
	parameters: exampleOf('weiban', 'workOrder', 'get'),
	credentials: { weibanApi: credentialsFor(sandbox).weibanApi },
	...more,
});
const sevenMoorGet = (more: Partial<NodeRun> = {}): NodeRun => ({
	type: 'sevenMoor',
	parameters: exampleOf('sevenMoor', 'dictionary', 'get'),
	credentials: { sevenMoorApi: credentialsFor(sandbox).sevenMoorApi },
	...more,
});
const kingdeeProcess = (more: Partial<NodeRun> = {}): NodeRun => ({
	type: 'kingdee',
	parameters: exampleOf('kingdee', 'workOrder', 'process'),
	credentials: { kingdeeApi: credentialsFor(sandbox).kingdeeApi },
	...more,
});

const refusals = (vendor: Vendor) =>
	sandbox.requests(vendor).filter(({ refusal }) => refusal !== null);

/** The result, and how long the run took on the clock that vendor and nodes share. */
async function timed(run: NodeRun): Promise<{ result: NodeResult; ms: number }> {
	letTimeStand();
	const begin = performance.now();
	const result = await engine.run(run);
	return { result, ms: performance.now() - begin };
}

describe('a thousand items from a cold start', () => {
	/** The least that a limit allows for so many calls. */
	const least = (calls: number, perMinute: number) =>
		(Math.ceil(calls / perMinute) - 1) * MINUTE_MS;

	it('of Weiban, none is refused, and no time is lost', async () => {
		const numbers = items(1_000).map(
			({ json: { n } }) =>
				sandbox.weiban.createWorkOrder({
					order_no: String(5_000_000 + n),
				}).order_no,
		);
		const { result, ms } = await timed(
			weibanGet({
				parameters: {
					resource: 'workOrder',
					operation: 'get',
					orderNo: '={{ $json.no }}',
					requestOptions: {},
				},
				items: numbers.map((no) => ({ json: { no } })),
			}),
		);
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual(
			numbers.map((no, item) => [no, { item }]),
		);
		expect(refusals('weiban')).toEqual([]);
		expect(sandbox.requests('weiban')).toHaveLength(1_001);
		expect(ms).toBeGreaterThan(least(1_000, 600));
		expect(ms).toBeLessThanOrEqual(1.05 * least(1_000, 600));
	}, 120_000);

	it.each([
		['an access token', kingdeeByToken],
		['an app, whose log-in counts', kingdeeByApp],
	])(
		'of Kingdee with %s, none is refused, and no time is lost',
		async (_what, credential) => {
			const { result, ms } = await timed(
				kingdeeProcess({ credentials: { kingdeeApi: credential(sandbox) }, items: items(1_000) }),
			);
			expect(result.error).toBeUndefined();
			expect(result.items).toHaveLength(1_000);
			expect(refusals('kingdee')).toEqual([]);
			const counted = sandbox
				.requests('kingdee')
				.filter(({ path }) => path.startsWith('/weigusoft'));
			expect(ms).toBeGreaterThan(least(counted.length, 500));
			expect(ms).toBeLessThanOrEqual(1.05 * least(counted.length, 500));
		},
		120_000,
	);

	it('of 7moor, none is refused, and no time is lost', async () => {
		const { result, ms } = await timed(sevenMoorGet({ items: items(1_000) }));
		expect(result.error).toBeUndefined();
		expect(result.items).toHaveLength(1_000);
		expect(refusals('sevenMoor')).toEqual([]);
		expect(ms).toBeGreaterThan(least(1_000, 20));
		expect(ms).toBeLessThanOrEqual(1.05 * least(1_000, 20));
	}, 120_000);
});

describe('what counts together', () => {
	it('is what all nodes and executions of the account send', async () => {
		letTimeStand();
		const begin = performance.now();
		const runs = Array.from(
			{ length: 4 },
			async () => await engine.run(sevenMoorGet({ items: items(15) })),
		);
		expect((await Promise.all(runs)).map(({ error }) => error)).toEqual(Array(4).fill(undefined));
		expect(refusals('sevenMoor')).toEqual([]);
		expect(performance.now() - begin).toBeGreaterThan(2 * MINUTE_MS);
	});

	it('is not what another endpoint is asked', async () => {
		await engine.run(sevenMoorGet({ items: items(20) }));
		const { result, ms } = await timed({
			...sevenMoorGet(),
			parameters: exampleOf('sevenMoor', 'dictionary', 'create'),
			items: [{ json: {} }],
		});
		expect(result.error).toBeUndefined();
		expect(ms).toBe(0);
		expect((await timed(sevenMoorGet())).ms).toBeGreaterThan(50_000);
	});

	const elsewhere = (address: unknown) => `${String(address)}/elsewhere`;
	/** Calls a minute at a hundredth of the vendor's limit. */
	const hundredth = { kingdee: 5, kingsoftCloud: Infinity, sevenMoor: 1, weiban: 6 };
	it.each<[Vendor, string, (value: unknown) => string]>([
		['kingdee', 'apiAddress', elsewhere],
		['kingdee', 'accountId', () => '1'],
		['kingdee', 'outerInstanceId', () => '1'],
		['sevenMoor', 'apiAddress', elsewhere],
		['sevenMoor', 'accountId', () => 'N00000000001'],
		['weiban', 'apiAddress', elsewhere],
		['weiban', 'corpId', () => 'ww1'],
	])('of %s is what one %s is asked', async (type, field, other) => {
		const all = { ...credentialsFor(sandbox), kingdeeApi: kingdeeByToken(sandbox) };
		const own: ICredentialDataDecryptedObject = all[`${type}Api`];
		const get = { kingdee: kingdeeProcess, sevenMoor: sevenMoorGet, weiban: weibanGet }[
			type as 'kingdee'
		]();
		const ask = async (changes: ICredentialDataDecryptedObject, count: number) =>
			await timed({
				...get,
				parameters: { ...get.parameters, requestOptions: { limitShare: 1, maxRetryTime: 0 } },
				credentials: { [`${type}Api`]: { ...own, ...changes } },
				items: items(count),
			});
		const first = await ask({}, hundredth[type]);
		expect([first.result.error, first.ms]).toEqual([undefined, 0]);
		expect((await ask({ [field]: other(own[field]) }, 1)).ms).toBe(0);
		expect((await ask({}, 1)).ms).toBeGreaterThan(50_000);
	});

	it('fits the share of the limits that a process may use', async () => {
		const parameters = { ...sevenMoorGet().parameters, requestOptions: { limitShare: 50 } };
		const { ms } = await timed(sevenMoorGet({ parameters, items: items(21) }));
		expect(sandbox.requests('sevenMoor')).toHaveLength(21);
		expect(ms).toBeGreaterThan(2 * MINUTE_MS);
	});

	it('fits the own limit of a node, and a higher one that the vendor granted', async () => {
		const paced = (requestsPerMinute: number) =>
			sevenMoorGet({
				parameters: { ...sevenMoorGet().parameters, requestOptions: { requestsPerMinute } },
				items: items(30),
			});
		expect((await timed(paced(10))).ms).toBeGreaterThan(2 * MINUTE_MS);
		sandbox.sevenMoor.limitPerMinute = 60;
		sandbox.clock.advance(MINUTE_MS);
		expect((await timed(paced(60))).ms).toBeLessThan(2 * MINUTE_MS);
		expect(refusals('sevenMoor')).toEqual([]);
	});

	it('is waited for by a poll while it has time; then the poll says when to come again', async () => {
		await engine.run(sevenMoorGet({ items: items(20) }));
		const trigger = (budgetMs?: number) =>
			engine.pollingTrigger(
				{
					type: 'sevenMoorDictionaryTrigger',
					parameters: { events: ['dictionaryAdded'] },
					credentials: sevenMoorGet().credentials,
				},
				budgetMs,
			);
		const asked = sandbox.requests('sevenMoor').length;
		await expect(trigger(60_000).poll()).rejects.toMatchObject({
			message: expect.stringMatching(
				/^The limits of 7moor leave no room for a call for \d+ seconds$/,
			),
			failure: { cause: 'rate-limited', retryAfterMs: expect.closeTo(MINUTE_MS, -4) },
		});
		expect(sandbox.requests('sevenMoor')).toHaveLength(asked);
		expect(await trigger().poll()).toEqual([]);
		expect(sandbox.requests('sevenMoor').length).toBeGreaterThan(asked);
		expect(refusals('sevenMoor')).toEqual([]);
	});
});

/** A vendor that answers each request after its own number of ms, and counts how many are under way. */
async function slowVendor(
	answerMs: (id: string) => number,
	fails: (id: string) => boolean = () => false,
) {
	const seen: string[] = [];
	let underWay = 0;
	let most = 0;
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (part) => (body += String(part)));
		request.on('end', () => {
			const id = /id=(\d+)/.exec(String(request.url))?.[1] ?? /"id":(\d+)/.exec(body)?.[1] ?? '';
			seen.push(id);
			most = Math.max(most, ++underWay);
			setTimeout(() => {
				underWay--;
				const errno = fails(id) ? 23000 : 10000;
				response.end(JSON.stringify({ errno, errmsg: `about ${id}`, data: { id: Number(id) } }));
			}, answerMs(id));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const credential: ICredentialDataDecryptedObject = {
		...credentialsFor(sandbox).kingsoftCloudApi,
		apiAddress: `http://127.0.0.1:${port}`,
	};
	return {
		credential,
		seen,
		most: () => most,
		run: async (operation: string, requestOptions: INodeParameters, more: Partial<NodeRun> = {}) =>
			await engine.run({
				type: 'kingsoftCloud',
				parameters: {
					resource: 'ticket',
					operation,
					ticketId: '={{ $json.n + 1 }}',
					detail: 'c',
					output: 'raw',
					requestOptions,
				},
				credentials: { kingsoftCloudApi: credential },
				items: items(20),
				...more,
			}),
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}

describe('several items at a time', () => {
	const uneven = (id: string) => (Number(id) * 37) % 30;
	const ids = (result: NodeResult) => result.items.map(({ json }) => json.id);
	const inOrder = items(20).map(({ json: { n } }) => n + 1);

	it('are read five at a time, and come out in the order of the items', async () => {
		const vendor = await slowVendor(uneven);
		const result = await vendor.run('get', {});
		await vendor.close();
		expect(ids(result)).toEqual(inOrder);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			items(20).map((_, item) => ({ item })),
		);
		expect(vendor.most()).toBe(5);
	});

	it('are as many as the person wants', async () => {
		for (const maxConcurrent of [1, 3, 9]) {
			const vendor = await slowVendor(() => 10);
			expect(ids(await vendor.run('get', { maxConcurrent }))).toEqual(inOrder);
			await vendor.close();
			expect(vendor.most()).toBe(maxConcurrent);
		}
	});

	it('are written one after another, unless the person wants more', async () => {
		const vendor = await slowVendor(uneven);
		const result = await vendor.run('comment', {});
		expect(result.error).toBeUndefined();
		expect(vendor.seen).toEqual(inOrder.map(String));
		expect(vendor.most()).toBe(1);
		await vendor.run('comment', { maxConcurrent: 4 });
		await vendor.close();
		expect(vendor.most()).toBe(4);
	});

	it('are five of Kingsoft Cloud over all nodes and executions of the account', async () => {
		const vendor = await slowVendor(() => 10);
		await Promise.all([vendor.run('get', {}), vendor.run('get', {}), vendor.run('comment', {})]);
		await vendor.close();
		expect(vendor.seen).toHaveLength(60);
		expect(vendor.most()).toBe(5);
	});

	it.each(['apiAddress', 'appId'])('are five for each %s of Kingsoft Cloud', async (field) => {
		const vendor = await slowVendor(() => 20);
		const other = { ...vendor.credential, [field]: `${String(vendor.credential[field])}/2` };
		await Promise.all([
			vendor.run('get', {}),
			vendor.run('get', {}, { credentials: { kingsoftCloudApi: other } }),
		]);
		await vendor.close();
		expect(vendor.most()).toBe(10);
	});

	it('are five of Weiban over all nodes and executions of the company', async () => {
		sandbox.faults.add({ vendor: 'weiban', kind: 'latency', ms: 10, times: Infinity });
		const runs = [weibanGet({ items: items(20) }), weibanGet({ items: items(20) })];
		const results = await Promise.all(runs.map(async (run) => await engine.run(run)));
		expect(results.map(({ error }) => error)).toEqual([undefined, undefined]);
		expect(sandbox.requests('weiban').length).toBeGreaterThanOrEqual(40);
		expect(refusals('weiban')).toEqual([]);
	});

	it('end with the first error: it names its item, and none is begun after it', async () => {
		const vendor = await slowVendor(
			(id) => (id === '7' ? 5 : 20),
			(id) => id === '7',
		);
		const { error, items: output } = await vendor.run('get', {});
		await vendor.close();
		expect(error?.message).toBe('about 7 (Kingsoft Cloud errno 23000)');
		expect(error?.context?.itemIndex).toBe(6);
		expect(output).toEqual([]);
		expect(vendor.seen.length).toBeLessThanOrEqual(11);
	});

	it('all have a result or an error in their place under Continue On Fail', async () => {
		const vendor = await slowVendor(uneven, (id) => Number(id) % 3 === 0);
		const result = await vendor.run('get', {}, { onError: 'continueRegularOutput' });
		await vendor.close();
		expect(result.items.map(({ json }) => json.id ?? json.error)).toEqual(
			inOrder.map((id) => (id % 3 === 0 ? `about ${id} (Kingsoft Cloud errno 23000)` : id)),
		);
	});
});

describe('one expiry', () => {
	const LOG_IN = '/open-api/access_token/get';
	const logIns = (path: string) => sandbox.requests().filter((request) => request.path === path);

	it.each([false, true])(
		'of fifty reads at once costs one log-in; n8n stores it late: %s',
		async (storesLate) => {
			const { stored } = await engine.run(weibanGet());
			sandbox.weiban.expireTokens();
			sandbox.weiban.limitInFlight = Infinity;
			sandbox.clearRequests();
			const parameters = { ...weibanGet().parameters, requestOptions: { maxConcurrent: 50 } };
			const result = await engine.run(
				weibanGet({ parameters, credentials: stored, items: items(50), storesLate }),
			);
			expect(result.error).toBeUndefined();
			expect(result.items).toHaveLength(50);
			expect(logIns(LOG_IN)).toHaveLength(1);
		},
	);

	it.each([false, true])(
		'by the clock costs fifty reads one log-in and no refusal; n8n stores it late: %s',
		async (storesLate) => {
			const { stored } = await engine.run(weibanGet());
			const session = JSON.parse(String(stored.weibanApi?.session)) as object;
			const over = { ...stored.weibanApi, session: JSON.stringify({ ...session, usableUntil: 1 }) };
			sandbox.clearRequests();
			const run = weibanGet({ credentials: { weibanApi: over }, items: items(50), storesLate });
			expect((await engine.run(run)).items).toHaveLength(50);
			expect(logIns(LOG_IN)).toHaveLength(1);
			expect(refusals('weiban')).toEqual([]);
		},
	);

	it('of executions that wait for one another costs one log-in', async () => {
		const run = weibanGet({ items: items(20) });
		const { stored } = await engine.run(run);
		sandbox.weiban.expireTokens();
		sandbox.clearRequests();
		const shared = engine.share(stored);
		const runs = [1, 2, 3].map(async () => await engine.run({ ...run, shared }));
		const results = await Promise.all(runs);
		expect(results.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		expect(results.flatMap(({ items: done }) => done)).toHaveLength(60);
		expect(logIns(LOG_IN)).toHaveLength(1);
	});

	it('of fifty writes at once costs one log-in, and each is done once', async () => {
		const run = kingdeeProcess();
		const { stored } = await engine.run(run);
		const before = sandbox.kingdee.dealRecords().length;
		sandbox.kingdee.expireTokens();
		sandbox.clearRequests();
		const parameters = { ...run.parameters, requestOptions: { maxConcurrent: 50 } };
		const result = await engine.run({ ...run, parameters, credentials: stored, items: items(50) });
		expect(result.error).toBeUndefined();
		expect(result.items).toHaveLength(50);
		expect(logIns('/jdyconnector/app_management/kingdee_auth_token')).toHaveLength(1);
		expect(sandbox.kingdee.dealRecords()).toHaveLength(before + 50);
	});
});

describe('what a person enters as Request Options', () => {
	it.each<[INodeParameters, RegExp]>([
		[{ maxConcurrent: 0 }, /^Max Concurrent is not a whole number from 1/],
		[{ maxRetryTime: -1 }, /^Max Retry Time is not a whole number from 0/],
		[{ requestsPerMinute: 'many' }, /^Requests per Minute is not a number/],
		[{ limitShare: 101 }, /^Share of the Limits is above 100/],
		[{ timeout: 0 }, /^Timeout is not a whole number from 1/],
		[{ timeout: 3_000_000 }, /^Timeout is above 86400/],
		[{ maxRetryTime: 3_000_000 }, /^Max Retry Time is above 86400/],
	])('is refused where it does not fit: %j', async (requestOptions, message) => {
		const { error } = await engine.run(
			weibanGet({ parameters: { ...weibanGet().parameters, requestOptions } }),
		);
		expect(error?.message).toMatch(message);
		expect(error?.context?.itemIndex).toBe(0);
		expect(sandbox.requests()).toEqual([]);
	});

	it.each<Fault>([
		{ kind: 'hang' },
		// Each piece comes in time, the whole does not.
		{ kind: 'slowBody', ms: 8_000 },
	])('ends an answer that takes longer than Timeout: %j', async (fault) => {
		waitReally();
		sandbox.faults.add({ vendor: 'weiban', path: 'detail', ...fault });
		const requestOptions = { timeout: 1, maxRetryTime: 0 };
		const begin = Date.now();
		const { error } = await engine.run(
			weibanGet({ parameters: { ...weibanGet().parameters, requestOptions } }),
		);
		expect(error?.message).toBe('Weiban did not answer in time');
		expect(Date.now() - begin).toBeLessThan(5_000);
	});
});
