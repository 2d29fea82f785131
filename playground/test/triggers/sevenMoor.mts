import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Outflow } from '../../../sandbox/index.mts';
import { signature, timestampText } from '../../../sandbox/sevenMoor/signature.mts';
import type { Bench, Json } from '../bench.mts';
import type { Checks } from '../checks.mts';
import { checkInboundCredential, post } from './inbound.mts';
import { brief, startListener, workOrderOf } from './listener.mts';

const RECEIVED = { code: 200, success: true, message: 'success' };
const MINUTE_MS = 60_000;
const MEGABYTE = 1024 * 1024;

/** The outflow push to an address that nobody else knows, filtered by step and action. */
async function checkFilters(checks: Checks, bench: Bench): Promise<void> {
	const name = '7moor Trigger';
	const { sevenMoor } = bench.sandbox;
	const listener = await startListener(checks, bench, {
		name,
		type: 'sevenMoorTrigger',
		parameters: {
			events: ['stepReached'],
			path: `7moor-${randomBytes(12).toString('hex')}`,
			checks: [],
			filters: { stepNames: ['处理', '完成'], actionNames: ['提交'] },
			options: {},
		},
		credentials: [],
	});
	if (listener === undefined) return;
	const push = async (object: Partial<Outflow>, version?: 'http' | 'https') => {
		const { status, body } = await sevenMoor.push(listener.url, object, { version });
		assert.deepEqual([status, JSON.parse(body)], [200, RECEIVED]);
	};

	await checks.check(`${name}: a test by hand shows the step that is pushed`, async () => {
		const _id = randomUUID();
		const events = await listener.testEvents(
			async (url) => await sevenMoor.push(url, { _id, stepName: '处理' }),
		);
		assert.deepEqual(events.map(brief), [`stepReached ${_id}`]);
	});
	for (const [version, stepName] of [
		['http', '处理'],
		['https', '完成'],
	] as const) {
		await checks.check(
			`${name}: a step is one event (${version} version of the push)`,
			async () => {
				const [_id, sentAt] = [randomUUID(), Date.now()];
				await push({ _id, stepName, processEndTime: '2026-11-22 10:00:00' }, version);
				const event = await listener.nextOne();
				assert.equal(event['event'], 'stepReached');
				assert.match(
					String(event['id']),
					new RegExp(`^sevenMoor:${_id}:stepReached:[0-9a-f]{24}$`),
				);
				assert.equal(event['occurredAt'], '2026-11-22T10:00:00+08:00');
				const { id, number, vendorStatus, createdAt, custom } = workOrderOf(event);
				assert.deepEqual([id, number, vendorStatus], [_id, '20211203000001', stepName]);
				assert(Math.abs(Date.parse(String(createdAt)) - sentAt) < MINUTE_MS, String(createdAt));
				const { form } = custom as { form: Json };
				assert.deepEqual(form['地区'], ['华东', '上海']);
			},
		);
	}
	await checks.check(`${name}: other steps and actions are answered and run nothing`, async () => {
		await push({ stepName: '受理' });
		await push({ stepName: '处理', action: '转交' });
		const _id = randomUUID();
		await push({ _id, stepName: '处理' });
		assert.equal(workOrderOf(await listener.nextOne())['id'], _id);
		await listener.assertNothingElse();
	});
	await checks.check(`${name}: a repeated push is answered 200 and runs once`, async () => {
		const body = JSON.stringify({ _id: randomUUID(), stepName: '处理', action: '提交' });
		const again = async (): Promise<number> => (await post(listener.url, body)).status;
		assert.deepEqual(await Promise.all([again(), again(), again()]), [200, 200, 200]);
		assert.equal(await again(), 200);
		const _id = randomUUID();
		await push({ _id, stepName: '完成' });
		const events = await listener.next(2);
		assert.equal(events[1] && workOrderOf(events[1])['id'], _id);
		await listener.assertNothingElse();
		await listener.stop();
	});
}

/** A push that has to show a secret header, a signature and its address. */
async function checkSenders(checks: Checks, bench: Bench): Promise<void> {
	const name = '7moor Trigger, verified';
	const { accountId, apiSecret } = bench.sandbox.accounts.sevenMoor;
	const secret = randomBytes(18).toString('base64url');

	await checkInboundCredential(checks, bench, {
		name: '7moor Push',
		type: 'sevenMoorPushApi',
		values: { headerName: 'X-Gongdan', secret },
		secrets: ['secret'],
		mistake: { secret: 'tooshort' },
		hint: /16/,
	});
	const every = ['secretHeader', 'signature', 'senderAddress'];
	const listener = await startListener(checks, bench, {
		name,
		type: 'sevenMoorTrigger',
		parameters: {
			events: ['stepReached'],
			path: '',
			checks: every,
			addresses: '203.0.113.7, 127.0.0.0/8',
			filters: {},
			options: {},
		},
		credentials: [bench.credential('7moor Push'), bench.credential('7moor')],
	});
	const stranger = await startListener(checks, bench, {
		name: `${name} by address`,
		type: 'sevenMoorTrigger',
		parameters: {
			events: ['stepReached'],
			path: '',
			checks: ['senderAddress'],
			addresses: '203.0.113.7',
			filters: {},
			options: {},
		},
		credentials: [],
	});
	if (listener === undefined || stranger === undefined) return;

	interface Push {
		/** Of the secret header; null leaves it out. */
		header?: string | null;
		apiSecret?: string;
		/** Of the signature, epoch ms. */
		at?: number;
		unsigned?: boolean;
		body?: string;
	}
	const send = async (push: Push = {}): Promise<number> => {
		const timestamp = timestampText(push.at ?? Date.now());
		const sig = signature(accountId, push.apiSecret ?? apiSecret, timestamp);
		bench.secrets.add(sig);
		const signed = push.unsigned !== true;
		const authorization = Buffer.from(`${accountId}:${timestamp}`).toString('base64');
		const headers = {
			...(signed ? { authorization } : {}),
			...(push.header === null ? {} : { 'x-gongdan': push.header ?? secret }),
		};
		const url = signed ? `${listener.url}?sig=${sig}` : listener.url;
		return (await post(url, push.body ?? JSON.stringify({ _id: randomUUID() }), headers)).status;
	};

	const refused: Array<[string, number, Push]> = [
		['no secret', 401, { header: null }],
		['a wrong secret', 401, { header: secret.slice(1) }],
		['no signature', 401, { unsigned: true }],
		['a signature with another secret', 401, { apiSecret: 'another' }],
		['an old signature', 401, { at: Date.now() - 6 * MINUTE_MS }],
		['no work order', 400, { body: '{"stepName":"受理"}' }],
		['a list', 400, { body: '[{"_id":"1"}]' }],
		['broken JSON', 422, { body: '{"_id":' }],
		['more than 1 MB', 413, { body: JSON.stringify({ _id: '1', a: 'x'.repeat(MEGABYTE) }) }],
	];
	for (const [what, status, push] of refused) {
		await checks.check(`${name}: ${what} is answered ${status}, nothing runs`, async () => {
			assert.equal(await send(push), status);
			await listener.assertNothingElse();
		});
	}
	await checks.check(`${name}: another sender is answered 403, nothing runs`, async () => {
		assert.equal((await post(stranger.url, '{"_id":"1"}')).status, 403);
		await stranger.assertNothingElse();
		await stranger.stop();
	});
	await checks.check(`${name}: a push with all of them runs, and only this one`, async () => {
		const _id = randomUUID();
		assert.equal(await send({ body: JSON.stringify({ _id }) }), 200);
		assert.equal(workOrderOf(await listener.nextOne())['id'], _id);
		await listener.assertNothingElse();
		await listener.stop();
	});
}

export async function checkSevenMoorTrigger(checks: Checks, bench: Bench): Promise<void> {
	await Promise.all([checkFilters(checks, bench), checkSenders(checks, bench)]);
}
