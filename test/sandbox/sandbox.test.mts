import axios from 'axios';

import { startSandbox } from '../../sandbox/index.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { call, kingsoft, weiban, weibanToken } from './clients.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const base = async () => await kingsoft(sandbox, 'base', undefined, { query: { id: '1204' } });

describe('ledger', () => {
	it('records what was sent and answered, per vendor', async () => {
		const answer = await base();
		await weibanToken(sandbox);
		const [recorded, ...others] = sandbox.requests('kingsoftCloud');
		expect(others).toEqual([]);
		expect(recorded).toMatchObject({
			vendor: 'kingsoftCloud',
			method: 'GET',
			path: '/workorder/api/ticket/base',
			rawUrl: '/workorder/api/ticket/base?id=1204',
			query: { id: '1204' },
			body: '',
			parts: [],
			status: 200,
			answer: answer.text,
			accepted: true,
			refusal: null,
		});
		expect(recorded?.headers['appid']).toBe(sandbox.accounts.kingsoftCloud.appId);
		expect(sandbox.requests()).toHaveLength(2);
		sandbox.clearRequests();
		expect(sandbox.requests()).toEqual([]);
	});

	it('tells why a request was refused', async () => {
		await weiban(sandbox, 'list', { access_token: 'nonsense' });
		expect(sandbox.requests('weiban')[0]).toMatchObject({
			accepted: false,
			refusal: expect.stringContaining('10001'),
		});
	});
});

describe('faults', () => {
	const comment = async () =>
		await kingsoft(sandbox, 'comment_ticket', { id: 1204, detail: '催办' });
	const history = () =>
		sandbox.kingsoftCloud.tickets().find(({ id }) => id === '1204')?.assigns ?? [];

	it('resetBefore: the vendor does not act', async () => {
		sandbox.faults.add({ kind: 'resetBefore', vendor: 'kingsoftCloud' });
		await expect(comment()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(history()).toEqual([]);
		expect((await comment()).json).toMatchObject({ errno: 10000 });
	});

	it('resetAfter: the vendor acts and nobody hears of it', async () => {
		sandbox.faults.add({ kind: 'resetAfter' });
		await expect(comment()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(history()).toHaveLength(1);
		expect(sandbox.requests()[0]).toMatchObject({ accepted: true, status: 200 });
	});

	it('html, status and body answer in place of the vendor', async () => {
		sandbox.faults.add({ kind: 'html' });
		sandbox.faults.add({ kind: 'status', status: 503 });
		sandbox.faults.add({ kind: 'body', body: '{"errno":0}' });
		expect(await comment()).toMatchObject({ status: 502, text: expect.stringContaining('<html>') });
		expect(await comment()).toMatchObject({ status: 503, text: '' });
		expect(await comment()).toMatchObject({ status: 200, text: '{"errno":0}' });
		expect(history()).toEqual([]);
	});

	it('empty and brokenJson spoil the answer of a vendor that acted', async () => {
		sandbox.faults.add({ kind: 'empty' });
		sandbox.faults.add({ kind: 'brokenJson' });
		expect(await comment()).toMatchObject({ status: 200, text: '' });
		expect(sandbox.requests()[0]).toMatchObject({ accepted: true, answer: '' });
		const broken = await comment();
		expect(broken.text).not.toBe('');
		expect(() => broken.json).toThrow(SyntaxError);
		expect(history()[0]?.history).toHaveLength(2);
	});

	it('cutOff: the vendor acts, and half of its answer comes', async () => {
		sandbox.faults.add({ kind: 'cutOff' });
		await expect(comment()).rejects.toMatchObject({ message: expect.stringMatching(/aborted/) });
		expect(sandbox.requests('kingsoftCloud')[0]).toMatchObject({ accepted: true, status: 200 });
	});

	it('latency and slowBody take their time', async () => {
		sandbox.faults.add({ kind: 'latency', ms: 80 });
		sandbox.faults.add({ kind: 'slowBody', ms: 80 });
		const start = performance.now();
		expect((await comment()).json).toMatchObject({ errno: 10000 });
		expect(performance.now() - start).toBeGreaterThan(120);
	});

	it('meets only the named vendor, path and method, and only so many times', async () => {
		sandbox.faults.add({ kind: 'status', vendor: 'weiban' });
		sandbox.faults.add({ kind: 'status', path: 'comment', method: 'post', times: 2 });
		const statuses: number[] = [];
		for (let turn = 0; turn < 3; turn++) statuses.push((await comment()).status);
		expect(statuses).toEqual([500, 500, 200]);
		expect((await base()).status).toBe(200);
		expect((await weibanToken(sandbox)).status).toBe(500);
	});

	it.each([
		['hang', false],
		['hangAfter', true],
	] as const)('%s: nothing comes until the sandbox closes, which is soon', async (kind, acts) => {
		const own = await startSandbox();
		own.faults.add({ kind });
		own.faults.add({ kind: 'latency', ms: 60_000, path: 'list' });
		const hanging = axios.get(`${own.addresses.weiban}/open-api/workorder/detail`);
		const late = axios.get(`${own.addresses.weiban}/open-api/workorder/list`);
		const ends = Promise.all([
			expect(hanging).rejects.toMatchObject({ code: 'ECONNRESET' }),
			expect(late).rejects.toMatchObject({ isAxiosError: true }),
		]);
		while (own.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		expect(own.requests()[0]?.status).toBe(acts ? 200 : 0);
		const start = performance.now();
		await own.close();
		await ends;
		expect(performance.now() - start).toBeLessThan(1000);
	});
});

describe('reset', () => {
	it('brings state, settings, faults, clock and ledger back', async () => {
		const before = JSON.stringify(sandbox.kingsoftCloud.tickets());
		sandbox.kingsoftCloud.createTicket({ title: '新' });
		sandbox.kingsoftCloud.changeTicket('1204', { title: '改' });
		sandbox.kingsoftCloud.rule = 'B';
		sandbox.sevenMoor.limitPerMinute = 1;
		sandbox.faults.add({ kind: 'html', times: Infinity });
		sandbox.clock.advance(3_600_000);
		await base();
		sandbox.reset();
		expect(JSON.stringify(sandbox.kingsoftCloud.tickets())).toBe(before);
		expect(sandbox.kingsoftCloud.rule).toBe('A');
		expect(sandbox.sevenMoor.limitPerMinute).toBe(20);
		expect(Math.abs(sandbox.clock.now() - Date.now())).toBeLessThan(1000);
		expect(sandbox.requests()).toEqual([]);
		expect((await base()).status).toBe(200);
	});
});

describe('control interface', () => {
	const control = async (method: string, path: string, body?: unknown) =>
		await call(method, sandbox.addresses.control + path, {
			headers: { 'content-type': 'application/json' },
			...(body === undefined ? {} : { raw: JSON.stringify(body) }),
		});

	it('names addresses and accounts', async () => {
		expect((await control('GET', '/addresses')).json).toEqual(sandbox.addresses);
		expect((await control('GET', '/accounts')).json).toEqual(sandbox.accounts);
	});

	it('creates and changes tickets and orders', async () => {
		const ticket = (await control('POST', '/kingsoftCloud/tickets', { title: '远程' })).json;
		await control('PATCH', `/kingsoftCloud/tickets/${String(ticket['id'])}`, { status: 4 });
		expect(sandbox.kingsoftCloud.tickets()[0]).toMatchObject({ title: '远程', status: 4 });
		await control('POST', '/weiban/work-orders', { title: '微伴' });
		expect(sandbox.weiban.workOrders()[0]).toMatchObject({ title: '微伴' });
		await control('POST', '/kingdee/work-orders', { promble: '异响' });
		expect(sandbox.kingdee.workOrders().at(-1)).toMatchObject({ promble: '异响' });
		const unknown = await control('PATCH', '/kingsoftCloud/tickets/1', {});
		expect(unknown).toMatchObject({ status: 400, text: expect.stringContaining('No ticket 1') });
	});

	it('moves the clock, adds faults, changes settings, lists requests and resets', async () => {
		const { now } = (await control('POST', '/clock/advance', { ms: 86_400_000 })).json;
		expect(Number(now) - Date.now()).toBeGreaterThan(86_000_000);
		await control('POST', '/faults', { kind: 'html', times: null });
		expect((await base()).status).toBe(502);
		await control('DELETE', '/faults');
		expect((await base()).status).toBe(200);
		await control('PATCH', '/sevenMoor/settings', { limitPerMinute: null });
		expect(sandbox.sevenMoor.limitPerMinute).toBe(Infinity);
		expect((await control('PATCH', '/sevenMoor/settings', { limit: 1 })).status).toBe(400);
		const listed: unknown = (await control('GET', '/requests?vendor=kingsoftCloud')).json;
		expect(listed).toHaveLength(2);
		await control('DELETE', '/requests');
		expect(sandbox.requests()).toEqual([]);
		await control('POST', '/reset');
		expect(sandbox.sevenMoor.limitPerMinute).toBe(20);
	});

	it('refuses a fault it does not know', async () => {
		expect((await control('POST', '/faults', { kind: 'fire' })).status).toBe(400);
		expect((await control('POST', '/faults', { kind: 'html', vendor: 'acme' })).status).toBe(400);
	});
});
