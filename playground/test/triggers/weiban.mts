import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { EventDelivery, PushOptions } from '../../../sandbox/index.mts';
import type { Bench, Json } from '../bench.mts';
import type { Checks } from '../checks.mts';
import { brief, startListener, workOrderOf } from './listener.mts';
import { checkInboundCredential, post } from './inbound.mts';

/** The work order of the vendor's sample. */
const ORDER = '1471808049579560960';
const RECEIVED = '{"errcode":0}';
const MEGABYTE = 1024 * 1024;

/** Weiban's `status`, the event that it is, and what it brings along. */
const kinds: Array<[string, string, Json]> = [
	['create', 'created', {}],
	['switch', 'handedOver', { handler_id: 'WangFang' }],
	['reply', 'commented', { content: { text: '请尽快', pic: [] } }],
	['close', 'closed', {}],
	['reopen', 'reopened', {}],
	['evaluate', 'other', {}],
];

const now = (): number => Math.floor(Date.now() / 1000);

/** Deliveries that look genuine but for one thing. */
const refused: Array<[string, number, PushOptions, Json?]> = [
	['a wrong signature', 403, { badSignature: true }],
	['another token', 403, { token: 'x' }],
	['another key', 403, { encodingAesKey: 'A'.repeat(43) }],
	['a foreign receive id', 403, { receiveId: '1653682321878942700' }],
	['a stale time stamp', 403, { timestamp: String(now() - 3600) }],
	['a time stamp that is none', 400, { timestamp: 'yesterday' }],
	['an event that is no JSON', 400, { message: '{' }],
	['an event without an id', 400, { message: '{"event":"work_order_change","msg_data":{}}' }],
	['more than 1 MB', 413, {}, { content: { text: 'x'.repeat(MEGABYTE), pic: [] } }],
];

/** Bodies that n8n or the trigger cannot read, by content type. */
const unreadable: Array<[string, number, string, string]> = [
	['a body that is no JSON', 400, 'text/plain', 'encrypt=1'],
	['a body that claims to be JSON', 422, 'application/json', '{"encrypt":'],
	['a body with nothing encrypted', 400, 'application/json', '{"a":1}'],
	['more than n8n takes', 500, 'application/json', `{"encrypt":"${'x'.repeat(17 * MEGABYTE)}"}`],
];

/** Weiban's event subscription, with its own encryption, against a published webhook. */
export async function checkWeibanTrigger(checks: Checks, bench: Bench): Promise<void> {
	const name = 'Weiban Trigger';
	const { weiban } = bench.sandbox;
	const { callback, corpId } = bench.sandbox.accounts.weiban;
	const values = { token: callback.token, aesSecretKey: callback.encodingAesKey, corpId };

	await checkInboundCredential(checks, bench, {
		name: 'Weiban Callback',
		type: 'weibanCallbackApi',
		values,
		secrets: ['token', 'aesSecretKey'],
		mistake: { aesSecretKey: callback.encodingAesKey.slice(5) },
		hint: /EncodingAESKey/,
	});
	const listener = await startListener(checks, bench, {
		name,
		type: 'weibanTrigger',
		parameters: { events: kinds.map(([, event]) => event), includeDetails: true, options: {} },
		credentials: [bench.credential('Weiban Callback'), bench.credential('Weiban')],
	});
	if (listener === undefined) return;

	const noteSignature = ({ url }: EventDelivery): void => {
		bench.secrets.add(new URL(url).searchParams.get('msg_signature') ?? '');
	};
	const push = async (
		status: string,
		data: Json = {},
		options: PushOptions = {},
	): Promise<EventDelivery> => {
		const message = { order_no: ORDER, staff_id: 'LiuYang', ...data };
		const delivery = await weiban.push(listener.url, status, message, options);
		if (options.badSignature !== true) noteSignature(delivery);
		return delivery;
	};

	await checks.check(`${name}: the address check is answered with the plain text`, async () => {
		const check = await weiban.checkUrl(listener.url);
		noteSignature(check);
		assert.deepEqual([check.status, check.body], [200, check.message]);
		const forged = await weiban.checkUrl(listener.url, undefined, { badSignature: true });
		assert.equal(forged.status, 403);
		assert(!forged.body.includes(forged.message), 'the answer gives the text away');
	});

	await checks.check(`${name}: a test by hand shows the event that is pushed`, async () => {
		const data = { order_no: ORDER, staff_id: 'LiuYang' };
		const events = await listener.testEvents(async (url) => await weiban.push(url, 'create', data));
		assert.deepEqual(events.map(brief), [`created ${ORDER}`]);
	});
	for (const [status, event, data] of kinds) {
		await checks.check(`${name}: ${status} is the event ${event}`, async () => {
			const id = randomUUID();
			const delivery = await push(status, data, { id });
			assert.deepEqual([delivery.status, delivery.body], [200, RECEIVED]);
			const told = await listener.nextOne();
			assert.equal(brief(told), `${event} ${ORDER}`);
			assert.equal(told['id'], `weiban:${id}`);
			const { title, status: reached, custom } = workOrderOf(told);
			const { detailsUnavailable, remark } = custom as Json;
			assert.equal(detailsUnavailable, undefined);
			assert.equal(title, '2021年12月17日19:42:43');
			assert.equal(reached, event === 'closed' ? 'closed' : 'open');
			assert.equal(remark, event === 'commented' ? '请尽快' : null);
		});
	}

	for (const [what, status, options, data] of refused) {
		await checks.check(`${name}: ${what} is answered ${status}, nothing runs`, async () => {
			assert.equal((await push('reply', data, options)).status, status);
			await listener.assertNothingElse();
		});
	}
	for (const [what, status, contentType, body] of unreadable) {
		await checks.check(`${name}: ${what} is answered ${status}, nothing runs`, async () => {
			const signed = await push('reply', {}, { message: '{' });
			const url = listener.url + new URL(signed.url).search;
			const answer = await post(url, body, { 'content-type': contentType });
			assert.equal(answer.status, status, answer.body);
			await listener.assertNothingElse();
		});
	}

	await checks.check(`${name}: a repeated delivery is answered 200 and runs once`, async () => {
		const id = randomUUID();
		const again = async (retryCount: number): Promise<number> =>
			(await push('close', {}, { id, retryCount })).status;
		assert.deepEqual(await Promise.all([again(0), again(0), again(1)]), [200, 200, 200]);
		assert.equal(await again(2), 200);
		// What comes last is behind all that ran before.
		const last = randomUUID();
		await push('reopen', {}, { id: last });
		const events = await listener.next(2);
		assert.deepEqual(
			events.map((event) => event['id']),
			[`weiban:${id}`, `weiban:${last}`],
		);
		await listener.assertNothingElse();
		await listener.stop();
	});
}
