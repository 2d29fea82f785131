import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeParameters } from 'n8n-workflow';

import type { Resources } from '../../lib/operation.ts';
import type { Fault, Sandbox, Vendor } from '../../sandbox/index.mts';
import { beginAnew, type Engine, type NodeResult, type NodeRun } from './engine.mts';
import { onSandbox } from './onSandbox.mts';
import { examples } from './examples/index.mts';
import { letTimeStand, waitReally } from './time.mts';
import { credentialsFor, kingdeeByApp } from './vendors.mts';

let engine: Engine;
let sandbox: Sandbox;
onSandbox((started) => ({ engine, sandbox } = started));

const MINUTE_MS = 60_000;
const folders: Record<Vendor, string> = {
	kingdee: 'Kingdee',
	kingsoftCloud: 'KingsoftCloud',
	sevenMoor: 'SevenMoor',
	weiban: 'Weiban',
};
const operations = Object.entries(examples).flatMap(([vendor, ofVendor]) => {
	const folder = folders[vendor as Vendor];
	const { resources } = jest.requireActual<{ resources: Resources }>(
		`../../nodes/${folder}/actions/index.ts`,
	);
	return Object.keys(ofVendor).map((name) => {
		const [resource = '', operation = ''] = name.split('.');
		const reads = resources[resource]?.[operation]?.reads === true;
		// What is uploaded there is gone in 15 minutes, so a second one does no harm.
		const harmless = `${vendor} ${name}` === 'kingdee attachment.upload';
		return { vendor: vendor as Vendor, name, repeated: reads || harmless };
	});
});
/** Asks the vendor wrongly on purpose, and reports each answer. */
const asking = ({ vendor, name }: { vendor: Vendor; name: string }) =>
	`${vendor} ${name}` === 'kingsoftCloud account.findSignatureRule';
/** A file may be empty, and is no JSON. */
const isFile = (name: string) => name === 'ticket.downloadAttachment';

/** An example as a person would run it: calls are repeated. */
function exampleRun(vendor: Vendor, name: string, requestOptions: INodeParameters = {}): NodeRun {
	const [resource = '', operation = ''] = name.split('.');
	const example = examples[vendor][name];
	const type = `${vendor}Api` as const;
	return {
		type: vendor,
		parameters: { ...example?.parameters, resource, operation, requestOptions },
		credentials: { [type]: credentialsFor(sandbox)[type] },
		...(example?.item === undefined ? {} : { items: [example.item] }),
	};
}

/** Prepares the sandbox, runs the example, and answers the path of the last request as well. */
async function clean(vendor: Vendor, name: string) {
	examples[vendor][name]?.prepare?.(sandbox);
	const result = await engine.run(exampleRun(vendor, name));
	expect(result.error).toBeUndefined();
	const requests = sandbox.requests(vendor);
	const path = requests.at(-1)?.path ?? '';
	const count = requests.filter((request) => request.path === path).length;
	sandbox.reset();
	examples[vendor][name]?.prepare?.(sandbox);
	return { result, path, count };
}

const countOf = (vendor: Vendor, path: string) =>
	sandbox.requests(vendor).filter((request) => request.path === path).length;

const faults: Omit<Fault, 'vendor' | 'path'>[] = [
	{ kind: 'resetBefore' },
	{ kind: 'resetAfter' },
	{ kind: 'html', status: 500 },
	{ kind: 'status', status: 503, body: 'busy' },
	{ kind: 'brokenJson' },
	{ kind: 'empty' },
];

const reads = operations.filter(({ repeated }) => repeated);
const writes = operations.filter((operation) => !operation.repeated && !asking(operation));

describe.each(reads)('$vendor $name', ({ vendor, name }) => {
	const possible = faults.filter(({ kind }) => !isFile(name) || !/Json|empty/.test(kind));
	it.each(possible)('is a read, which is repeated after %j', async (fault) => {
		const { result, path, count } = await clean(vendor, name);
		sandbox.faults.add({ vendor, path, after: count - 1, ...fault });
		const again = await engine.run(exampleRun(vendor, name));
		expect(again.error).toBeUndefined();
		expect(again.items).toHaveLength(result.items.length);
		expect(countOf(vendor, path)).toBe(count + 1);
		expect(again.hints).toContainEqual(
			expect.stringMatching(/^Calls to .+ were repeated because it was not available/),
		);
		expect(result.hints).not.toContainEqual(expect.stringContaining('repeated'));
	});
});

describe.each(writes)('$vendor $name', ({ vendor, name }) => {
	it.each(faults)('is a write, which is never repeated after %j', async (fault) => {
		const { path, count } = await clean(vendor, name);
		sandbox.faults.add({ vendor, path, after: count - 1, ...fault });
		const { error } = await engine.run(exampleRun(vendor, name));
		expect(error?.description).toMatch(
			/may have taken effect\. Look .+ up in .+ before you repeat/,
		);
		expect(error?.description).not.toContain('tried');
		expect(countOf(vendor, path)).toBe(count);
	});
});

describe('an answer that does not come', () => {
	it('ends a write, which is not repeated, and a read, which is', async () => {
		sandbox.faults.add({ kind: 'hang', path: 'handleBill' });
		sandbox.faults.add({ kind: 'hang', path: 'ticket/base' });
		const write = await engine.run(exampleRun('kingdee', 'workOrder.process', { timeout: 1 }));
		expect(write.error?.message).toBe('Kingdee did not answer in time');
		expect(write.error?.description).toContain('may have taken effect');
		expect(countOf('kingdee', '/weigusoft/wg_crm/wg_handleBillBusinessApi')).toBe(1);
		const read = await engine.run(exampleRun('kingsoftCloud', 'ticket.get', { timeout: 1 }));
		expect(read.error).toBeUndefined();
		expect(sandbox.requests('kingsoftCloud')).toHaveLength(2);
	});
});

describe('a write that certainly was not done', () => {
	it('is sent once the host accepts connections again', async () => {
		const seen: string[] = [];
		const server = createServer((request, response) => {
			seen.push(String(request.url));
			response.end('{"errno":10000,"errmsg":"","data":{}}');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		await new Promise((resolve) => server.close(resolve));
		const run = exampleRun('kingsoftCloud', 'ticket.comment', { maxRetryTime: 10_000 });
		const { kingsoftCloudApi } = credentialsFor(sandbox);
		const apiAddress = `http://127.0.0.1:${port}`;
		const running = engine.run({
			...run,
			credentials: { kingsoftCloudApi: { ...kingsoftCloudApi, apiAddress } },
		});
		setTimeout(() => server.listen(port, '127.0.0.1'), 50);
		const { error, hints } = await running;
		await new Promise((resolve) => server.close(resolve));
		expect(error).toBeUndefined();
		expect(seen).toEqual(['/workorder/api/ticket/comment_ticket']);
		expect(hints).toHaveLength(1);
	});

	it.each<[Vendor, string, string]>([
		['kingdee', 'workOrder.process', '{"errcode":429,"description":"too many requests"}'],
		['kingsoftCloud', 'ticket.comment', '{"errno":42,"errmsg":"slow down"}'],
		['sevenMoor', 'dictionary.create', '{"code":429,"success":false,"message":"too fast"}'],
		['kingsoftCloud', 'ticket.close', 'Too Many Requests'],
	])('because %s refused it for a limit is repeated: %s %s', async (vendor, name, body) => {
		const { path, count } = await clean(vendor, name);
		sandbox.faults.add({ vendor, path, kind: 'body', status: 429, body });
		const { error, hints } = await engine.run(exampleRun(vendor, name));
		expect(error).toBeUndefined();
		expect(countOf(vendor, path)).toBe(count + 1);
		expect(hints).toContainEqual(expect.stringContaining('its limit was reached'));
	});
});

describe('Retry-After', () => {
	/** How long the run took on the clock that vendor and nodes share. */
	async function timed(run: NodeRun): Promise<{ result: NodeResult; ms: number }> {
		letTimeStand();
		const begin = performance.now();
		const result = await engine.run(run);
		return { result, ms: performance.now() - begin };
	}
	const fault = (status: number, retryAfter: string, times = 1): Fault => ({
		vendor: 'kingsoftCloud',
		kind: 'status',
		status,
		headers: { 'retry-after': retryAfter },
		times,
	});

	it.each([
		[503, 'ticket.get'],
		[429, 'ticket.get'],
		[429, 'ticket.comment'],
	])('is obeyed after HTTP %d: %s', async (status, name) => {
		sandbox.faults.add(fault(status, '17'));
		const { result, ms } = await timed(exampleRun('kingsoftCloud', name));
		expect(result.error).toBeUndefined();
		expect(sandbox.requests('kingsoftCloud')).toHaveLength(2);
		expect(ms).toBeGreaterThanOrEqual(17_000);
		expect(ms).toBeLessThan(19_000);
	});

	it("goes before the vendor's usual time, also beside a code of its own", async () => {
		const headers = { 'retry-after': '17' };
		const body = '{"code":429,"success":false,"message":"too fast"}';
		sandbox.faults.add({ vendor: 'sevenMoor', kind: 'body', status: 429, body, headers });
		const { result, ms } = await timed(exampleRun('sevenMoor', 'dictionary.get'));
		expect(result.error).toBeUndefined();
		expect(ms).toBeGreaterThanOrEqual(17_000);
		expect(ms).toBeLessThan(19_000);
	});

	it.each(['-1', '1.5', 'soon', '', '9'.repeat(400)])(
		"that says nothing leaves the vendor's usual time: %s",
		async (retryAfter) => {
			const headers = { 'retry-after': retryAfter };
			const body = '{"code":429,"success":false,"message":"too fast"}';
			sandbox.faults.add({ vendor: 'sevenMoor', kind: 'body', status: 429, body, headers });
			const { result, ms } = await timed(exampleRun('sevenMoor', 'dictionary.get'));
			expect(result.error).toBeUndefined();
			expect(ms).toBeGreaterThanOrEqual(60_000);
		},
	);

	it('may name a date', async () => {
		const date = new Date(Date.now() + 30_000).toUTCString();
		sandbox.faults.add(fault(503, date));
		const { result, ms } = await timed(exampleRun('kingsoftCloud', 'ticket.get'));
		expect(result.error).toBeUndefined();
		expect(ms).toBeGreaterThan(28_000);
		expect(ms).toBeLessThan(32_000);
	});

	it('is obeyed as often as it comes', async () => {
		sandbox.faults.add(fault(429, '17', 3));
		const { result, ms } = await timed(exampleRun('kingsoftCloud', 'ticket.get'));
		expect(result.error).toBeUndefined();
		expect(ms).toBeGreaterThanOrEqual(51_000);
	});

	it('beyond Max Retry Time is reported instead of waited for, and told to n8n', async () => {
		sandbox.faults.add(fault(429, '3600', Infinity));
		const { result, ms } = await timed(exampleRun('kingsoftCloud', 'ticket.get'));
		expect(result.error).toMatchObject({
			failure: { cause: 'rate-limited', retryAfterMs: 3_600_000 },
		});
		expect(ms).toBe(0);
		expect(sandbox.requests('kingsoftCloud')).toHaveLength(1);
	});

	it('beyond Max Retry Time keeps no other item waiting', async () => {
		const items = Array.from({ length: 12 }, () => ({ json: {} }));
		sandbox.faults.add(fault(429, '3600'));
		const { result, ms } = await timed({
			...exampleRun('kingsoftCloud', 'ticket.get'),
			items,
			onError: 'continueRegularOutput',
		});
		expect(result.items.filter(({ json }) => json.error !== undefined)).toHaveLength(1);
		expect(ms).toBe(0);
	});

	it('keeps the other items back, too', async () => {
		const items = Array.from({ length: 12 }, () => ({ json: {} }));
		sandbox.faults.add(fault(429, '20'));
		const { result, ms } = await timed({ ...exampleRun('kingsoftCloud', 'ticket.get'), items });
		expect(result.items).toHaveLength(12);
		const times = sandbox.requests('kingsoftCloud').map(({ at }) => at);
		const early = times.filter((at) => at < (times[0] ?? 0) + 20_000);
		// Those that were under way.
		expect(early.length).toBeLessThanOrEqual(5);
		expect(ms).toBeLessThan(22_000);
	});
});

describe("Weiban's blocks", () => {
	const items = (count: number) => Array.from({ length: count }, () => ({ json: {} }));
	const get = (count: number, more: Partial<NodeRun> = {}): NodeRun => ({
		...exampleRun('weiban', 'workOrder.get'),
		items: items(count),
		...more,
	});

	it('of a minute are waited for', async () => {
		sandbox.weiban.limitPerMinute = 6;
		const { error, items: output, hints } = await engine.run(get(8));
		expect(error).toBeUndefined();
		expect(output).toHaveLength(8);
		expect(hints).toEqual([
			'Calls to Weiban were repeated because its limit was reached for a moment.',
		]);
	});

	it('of an hour are reported', async () => {
		sandbox.weiban.limitPerHour = 6;
		letTimeStand();
		const begin = performance.now();
		const { error } = await engine.run(get(8));
		expect(error?.message).toMatch(/errcode 10053/);
		expect(error?.description).toMatch(/36,000 an hour.* It was tried 2 times in 6\d seconds\.$/);
		expect(performance.now() - begin).toBeLessThan(1.1 * MINUTE_MS);
	});

	it('of an hour are not waited for by every item', async () => {
		sandbox.weiban.limitPerHour = 6;
		letTimeStand();
		const begin = performance.now();
		const { items: output } = await engine.run(get(60, { onError: 'continueRegularOutput' }));
		expect(output.map(({ json }) => json.error === undefined)).toEqual([
			...Array<boolean>(6).fill(true),
			...Array<boolean>(54).fill(false),
		]);
		expect(performance.now() - begin).toBeLessThan(1.1 * MINUTE_MS);
	});

	it('for concurrency pass soon', async () => {
		sandbox.weiban.limitInFlight = 3;
		const { error, items: output } = await engine.run(get(30));
		expect(error).toBeUndefined();
		expect(output).toHaveLength(30);
	});
});

describe('a log-in', () => {
	const TOKEN = '/jdyconnector/app_management/kingdee_auth_token';
	it.each<Omit<Fault, 'vendor' | 'path'>>([
		{ kind: 'resetAfter' },
		{ kind: 'cutOff' },
		{ kind: 'html' },
		{ kind: 'brokenJson' },
		{ kind: 'body', status: 429, body: '{"errcode":429,"description":"too many requests"}' },
		{ kind: 'body', body: '{"errcode":1030002006,"description":"格式错误"}' },
	])('that fails for a moment is repeated, and the write after it done once: %j', async (fault) => {
		sandbox.faults.add({ vendor: 'kingdee', path: TOKEN, ...fault });
		const run = exampleRun('kingdee', 'workOrder.process');
		const { error } = await engine.run(run);
		expect(error).toBeUndefined();
		expect(sandbox.kingdee.dealRecords()).toHaveLength(1);
	});

	it.each<[string, () => unknown]>([
		['a changed group', () => sandbox.kingdee.moveGroup('ns-v7g6')],
		['a moved domain', () => sandbox.kingdee.moveDomain('https://tf-ek.jdy.com')],
		[
			'a rotated app secret',
			() => {
				sandbox.kingdee.rotateAppSecret();
				sandbox.kingdee.expireTokens();
			},
		],
	])('is made once for ten writes at a time after %s, and all go on', async (_what, change) => {
		const run = exampleRun('kingdee', 'workOrder.process', { maxConcurrent: 10 });
		const { stored } = await engine.run(run);
		change();
		sandbox.clearRequests();
		const items = Array.from({ length: 10 }, () => ({ json: {} }));
		const { error } = await engine.run({ ...run, credentials: stored, items });
		expect(error).toBeUndefined();
		expect(countOf('kingdee', TOKEN)).toBe(1);
		expect(sandbox.kingdee.dealRecords()).toHaveLength(11);
	});

	it.each([
		['an ended session', () => sandbox.kingdee.expireTokens()],
		['a changed group', () => sandbox.kingdee.moveGroup('ns-v7g6')],
		['a moved domain', () => sandbox.kingdee.moveDomain('https://tf-ek.jdy.com')],
	])(
		'after %s that fails as often as Kingdee allows is made a minute later',
		async (_what, end) => {
			const run = exampleRun('kingdee', 'workOrder.get');
			const { stored } = await engine.run(run);
			end();
			beginAnew();
			letTimeStand();
			sandbox.faults.add({ vendor: 'kingdee', path: TOKEN, kind: 'resetBefore', times: 2 });
			const begin = performance.now();
			const { error, items } = await engine.run({ ...run, credentials: stored });
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(performance.now() - begin).toBeGreaterThan(55_000);
		},
	);

	it.each([
		['an app-token that is refused', { errorCode: '401', success: false, message: '无权限' }],
		['a token that is not known', { errorCode: '4010', success: false, message: '无效' }],
		['a token that is over', { errorCode: '4011', success: false, message: '过期' }],
		['a changed group', { errorCode: '11010001', success: false, message: '分组错误' }],
		['a router that is not the right one', { errcode: 5001, description: 'API Not Found' }],
	])('is made for %s, and the call goes on', async (_what, answer) => {
		const run = exampleRun('kingdee', 'workOrder.process');
		const { stored } = await engine.run(run);
		sandbox.clearRequests();
		const body = JSON.stringify(answer);
		sandbox.faults.add({ vendor: 'kingdee', path: 'handleBill', kind: 'body', body });
		const { error } = await engine.run({ ...run, credentials: stored });
		expect(error).toBeUndefined();
		expect(countOf('kingdee', TOKEN)).toBe(1);
	});

	it.each(['1030002003', '403', '500'])(
		'is not made for the refusal %s, which has nothing to do with the session',
		async (code) => {
			const run = exampleRun('kingdee', 'workOrder.get', { maxRetryTime: 0 });
			const { stored } = await engine.run(run);
			sandbox.clearRequests();
			const body = JSON.stringify({ errorCode: code, success: false, message: '没有' });
			sandbox.faults.add({ vendor: 'kingdee', path: 'loadData', kind: 'body', body });
			const { error } = await engine.run({ ...run, credentials: stored });
			expect(error?.message).toBe(`没有 (Kingdee errorCode ${code})`);
			expect(countOf('kingdee', TOKEN)).toBe(0);
		},
	);

	it('after a moved domain lets a poll go on', async () => {
		const watched = engine.pollingTrigger({
			type: 'kingdeeTrigger',
			parameters: { events: ['created'] },
			credentials: { kingdeeApi: kingdeeByApp(sandbox) },
		});
		await watched.poll();
		sandbox.kingdee.moveDomain('https://tf-ek.jdy.com');
		sandbox.clearRequests();
		expect(await watched.poll()).toEqual([]);
		expect(countOf('kingdee', TOKEN)).toBe(1);
	});

	it('is made once for a read that meets HTTP 502 again and again', async () => {
		const watched = engine.pollingTrigger({
			type: 'kingdeeTrigger',
			parameters: { events: ['created'] },
			credentials: { kingdeeApi: kingdeeByApp(sandbox) },
		});
		await watched.poll();
		sandbox.clearRequests();
		sandbox.faults.add({ kind: 'status', status: 502, path: 'loadList', times: Infinity });
		await expect(watched.poll()).rejects.toThrow('Bad Gateway (Kingdee HTTP 502)');
		expect(countOf('kingdee', TOKEN)).toBe(1);
		expect(countOf('kingdee', '/weigusoft/wg_cost/loadList')).toBeGreaterThan(4);
	});

	it('is not made for each item that Kingdee refuses with the code of a changed secret', async () => {
		const run = exampleRun('kingdee', 'workOrder.process');
		const { stored } = await engine.run(run);
		sandbox.clearRequests();
		const body = '{"errorCode":"1030002006","message":"格式错误","success":false}';
		sandbox.faults.add({
			vendor: 'kingdee',
			path: 'handleBill',
			kind: 'body',
			body,
			times: Infinity,
		});
		letTimeStand();
		const begin = performance.now();
		const items = Array.from({ length: 10 }, () => ({ json: {} }));
		const failed = await engine.run({
			...run,
			credentials: stored,
			items,
			onError: 'continueRegularOutput',
		});
		expect(failed.items.map(({ json }) => json.error)).toEqual(
			items.map(() => '格式错误 (Kingdee errorCode 1030002006)'),
		);
		expect(countOf('kingdee', TOKEN)).toBeLessThanOrEqual(2);
		expect(performance.now() - begin).toBe(0);
	});

	it('of an upload comes between two attempts, of which the second one arrives whole', async () => {
		const process = exampleRun('kingdee', 'workOrder.process');
		const { stored } = await engine.run(process);
		sandbox.kingdee.expireTokens();
		sandbox.clearRequests();
		const content = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * 7919) % 256));
		const data = {
			data: content.toString('base64'),
			mimeType: 'image/png',
			fileName: '背景图.png',
		};
		const upload = exampleRun('kingdee', 'attachment.upload');
		const items = [{ json: {}, binary: { data } }];
		const { error } = await engine.run({ ...upload, credentials: stored, items });
		expect(error).toBeUndefined();
		const uploads = sandbox
			.requests('kingdee')
			.filter(({ path }) => path === '/jdy/basedata/attachment_upload');
		expect(uploads.map(({ accepted }) => accepted)).toEqual([false, true]);
		expect(uploads[1]?.parts).toMatchObject([{ name: 'file', fileName: '背景图.png' }]);
		expect(uploads[1]?.parts[0]?.content.equals(content)).toBe(true);
		expect(countOf('kingdee', TOKEN)).toBe(1);
	});
});

describe('a cancelled execution', () => {
	/** Cancels the run once so many requests came in; answers the run, how long it went on, and all requests. */
	async function cancelled(run: NodeRun, requests: number, ms = 30) {
		waitReally();
		const cancel = new AbortController();
		const running = engine.run({ ...run, cancel: cancel.signal });
		while (sandbox.requests().length < requests) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		await new Promise((resolve) => setTimeout(resolve, ms));
		const begin = performance.now();
		cancel.abort();
		const result = await running;
		const took = performance.now() - begin;
		await new Promise((resolve) => setTimeout(resolve, 100));
		return { result, took, count: sandbox.requests().length };
	}
	const items = (count: number) => Array.from({ length: count }, () => ({ json: {} }));

	it('ends the wait for a limit at once and says so', async () => {
		const run = { ...exampleRun('sevenMoor', 'dictionary.get'), items: items(25) };
		const { result, took, count } = await cancelled(run, 20);
		expect(count).toBe(20);
		expect(took).toBeLessThan(1_000);
		expect(result.run.status).toBe('canceled');
		expect(result.error?.message).toBe('The wait for 7moor was ended: the execution was canceled');
	});

	it('ends the pause before a repetition at once', async () => {
		const headers = { 'retry-after': '30' };
		sandbox.faults.add({ kind: 'status', status: 503, headers, times: Infinity });
		const { result, took, count } = await cancelled(exampleRun('weiban', 'workOrder.get'), 1);
		expect(count).toBe(1);
		expect(took).toBeLessThan(1_000);
		expect(result.run.status).toBe('canceled');
	});

	it.each([
		['write', 'kingdee', 'workOrder.process', /^The call may have taken effect/],
		['read', 'kingsoftCloud', 'ticket.get', /^Nothing was changed/],
	] as const)('ends a %s that is under way at once', async (_kind, vendor, name, advice) => {
		sandbox.faults.add({ vendor, kind: 'hang' });
		const { result, took } = await cancelled(exampleRun(vendor, name), 1);
		expect(took).toBeLessThan(1_000);
		expect(result.run.status).toBe('canceled');
		expect(result.error?.message).toMatch(/was canceled with the execution$/);
		expect(result.error?.description).toMatch(advice);
	});

	it('ends a log-in that is under way at once', async () => {
		sandbox.faults.add({ vendor: 'weiban', path: 'access_token', kind: 'hang' });
		const { result, took, count } = await cancelled(exampleRun('weiban', 'workOrder.get'), 1);
		expect(count).toBe(1);
		expect(took).toBeLessThan(1_000);
		expect(result.run.status).toBe('canceled');
	});

	it('begins no further item, also under Continue On Fail', async () => {
		sandbox.faults.add({ vendor: 'kingsoftCloud', kind: 'latency', ms: 40, times: Infinity });
		const run = exampleRun('kingsoftCloud', 'ticket.get');
		const { result, count } = await cancelled(
			{ ...run, items: items(40), onError: 'continueRegularOutput' },
			5,
			0,
		);
		// Those that were under way.
		expect(count).toBeLessThanOrEqual(10);
		expect(result.run.status).toBe('canceled');
	});
});
