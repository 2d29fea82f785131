import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { encryptCallback, signCallback } from '../../../sandbox/weiban/crypto.mts';
import type { CallbackAccount } from '../../../nodes/Weiban/trigger/account';
import { callbackAccount } from '../../../nodes/Weiban/trigger/account';
import { Repetitions, type Remembered } from '../../../lib/repetitions';
import { judge, MAX_BODY_BYTES, type Delivery } from '../../../nodes/Weiban/trigger/delivery';

/** Published sample of the vendor's own crypto library (sheet weiban §6.2). */
const account: CallbackAccount = {
	token: 'hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo',
	encodingAesKey: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
	receiveId: '1653682321878942721',
};
const now = 1_700_000_000_000;
const limits = { now, maxAgeMs: 600_000 };

interface Sealing {
	token?: string;
	key?: string;
	receiveId?: string;
	timestamp?: string;
	nonce?: string;
}

function signed(encrypted: string, sealing: Sealing = {}) {
	const { token = account.token, timestamp = String(now / 1000), nonce = '64390332' } = sealing;
	return { msg_signature: signCallback(token, timestamp, nonce, encrypted), timestamp, nonce };
}

function push(message: string, sealing: Sealing = {}): Delivery {
	const { key = account.encodingAesKey, receiveId = String(account.receiveId) } = sealing;
	const encrypt = encryptCallback(key, message, receiveId);
	return {
		query: signed(encrypt, sealing),
		body: JSON.stringify({ corp_id: account.receiveId, app_id: 'a', encrypt }),
	};
}

function event(fields: object = {}): string {
	return JSON.stringify({
		id: randomUUID(),
		corp_id: account.receiveId,
		create_time: now / 1000,
		type: 'event',
		event: 'work_order_change',
		status: 'create',
		msg_data: { order_no: '1471808049579560960', staff_id: 'LiuYang' },
		...fields,
	});
}

const statusOf = (delivery: Delivery, settings = account) => {
	const verdict = judge(delivery, settings, limits);
	return verdict.kind === 'refused' ? verdict.status : verdict.kind;
};

test('the published URL check is answered with its plain text', () => {
	const echostr =
		'505deLub74lMxyhj6SZk55rjDRxM7lEzVa/8ZFdOUWkkv9kFpNI+9c3YLRLDjL+1GEIWpvuQSFw2ck2zb0QcAQ==';
	const query = {
		echostr,
		msg_signature: '8ddba101fe5f9404e6b28e2d6cfb7565c7572d09',
		timestamp: '1639731768',
		nonce: '64390332',
	};
	const then = { now: 1_639_731_768_000, maxAgeMs: 600_000 };
	const published = { ...account, receiveId: 'ww1436e0e65a779aee' };
	expect(judge({ query }, published, then)).toEqual({ kind: 'check', text: '80908904' });
	// A plus sign that was not percent-encoded arrives as a space.
	const spaced = { ...query, echostr: echostr.replaceAll('+', ' ') };
	expect(judge({ query: spaced }, published, then)).toMatchObject({ kind: 'check' });
	expect(judge({ query }, account, then)).toMatchObject({ kind: 'refused', status: 403 });
	expect(judge({ query }, published, limits)).toMatchObject({ kind: 'refused', status: 403 });
	expect(judge({ query }, published, { ...limits, maxAgeMs: Infinity })).toMatchObject({
		kind: 'check',
	});
});

test('a genuine event is opened with all digits of its numbers', () => {
	const message = event({ id: 'abc' }).replace('"1471808049579560960"', '1471808049579560961');
	expect(judge(push(message), account, limits)).toMatchObject({
		kind: 'event',
		envelope: { id: 'abc', orderNo: '1471808049579560961' },
	});
	expect(statusOf(push(event({ event: 'external_user_change', msg_data: {} })))).toBe('unrelated');
	const anyReceiver = { ...account, receiveId: null };
	expect(statusOf(push(event(), { receiveId: 'ww1' }), anyReceiver)).toBe('event');
});

const seconds = (offset: number) => ({ timestamp: String(now / 1000 + offset) });
const query = push(event()).query;

test.each<[string, Delivery, number]>([
	['another token', push(event(), { token: 'x' }), 403],
	['another key', push(event(), { key: account.encodingAesKey.replace('6', '7') }), 403],
	['another receive id', push(event(), { receiveId: '1653682321878942700' }), 403],
	['an old time stamp', push(event(), seconds(-601)), 403],
	['a time stamp to come', push(event(), seconds(601)), 403],
	['a time stamp that is none', push(event(), { timestamp: '17e8' }), 400],
	['no query', { query: {}, body: push(event()).body }, 400],
	['a query given twice', { ...push(event()), query: { ...query, nonce: ['1', '2'] } }, 400],
	['an empty body', { query, body: '' }, 400],
	['a body that is no JSON', { query, body: '{"encrypt":' }, 400],
	['a list', { query, body: '["encrypt"]' }, 400],
	['nothing encrypted', { query, body: '{"encrypt":""}' }, 400],
	['a number', { query, body: '{"encrypt":12}' }, 400],
	['deep nesting', { query, body: '['.repeat(500_000) + '1234567890123456789' }, 400],
	[
		'a signed text that was never encrypted',
		{ query: signed('AAAA'), body: '{"encrypt":"AAAA"}' },
		403,
	],
	['no echostr', { query }, 400],
	['an event that is no JSON', push('hello'), 400],
	['an event without an id', push(event({ id: null })), 400],
	['an event without a work order', push(event({ msg_data: null })), 400],
	['a large body', { query, body: ' '.repeat(MAX_BODY_BYTES + 1) }, 413],
])('%s is refused', (_name, delivery, status) => {
	expect(statusOf(delivery)).toBe(status);
});

test.each([
	[{}, 'Token is empty'],
	[{ token: 'x', aesSecretKey: 'short' }, 'EncodingAESKey does not have 43'],
	[{ token: 'x', aesSecretKey: account.encodingAesKey }, 'Corp ID is empty'],
])('an incomplete credential is named: %p', (credentials, problem) => {
	expect(callbackAccount(credentials)).toMatchObject({
		problem: expect.stringContaining(problem),
	});
});

test.each([
	['corpId', '165', '', '165'],
	['other', '165', 'ww1', 'ww1'],
	['other', '165', ' ', null],
	['any', '', 'ww1', null],
])('Receive ID Is %s', (receiveIdIs, corpId, receiveId, expected) => {
	const aesSecretKey = ` ${account.encodingAesKey} `;
	expect(callbackAccount({ token: 'x', aesSecretKey, receiveIdIs, corpId, receiveId })).toEqual({
		token: 'x',
		encodingAesKey: account.encodingAesKey,
		receiveId: expected,
	});
});

/** An HTTP response whose end the test decides. */
function response() {
	let close = () => {};
	const ending = {
		statusCode: 200,
		writableFinished: false,
		closed: false,
		once: (_event: 'close', listener: () => void) => (close = listener),
	};
	return {
		ending,
		end: (statusCode: number) => {
			Object.assign(ending, { statusCode, writableFinished: true, closed: true });
			close();
		},
	};
}

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Small and seeded, so that a failure can be repeated. */
function randomNumbers(seed: number) {
	let state = seed;
	return (below: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

type Forge = (genuine: Delivery, random: (below: number) => number) => Delivery;

function flipBit(text: string, random: (below: number) => number): string {
	const bytes = Buffer.from(text, 'utf8');
	const place = random(bytes.length);
	bytes[place] = (bytes[place] ?? 0) ^ (1 << random(8));
	return bytes.toString('utf8');
}

const randomText = (random: (below: number) => number, length: number) =>
	Buffer.from(Array.from({ length }, () => random(256))).toString('base64');

const forgeries: Record<string, Forge> = {
	'flipped bit in the body': ({ query: same, body = '' }, random) => ({
		query: same,
		body: flipBit(body, random),
	}),
	'flipped bit in the query': (genuine, random) => {
		const names = ['msg_signature', 'timestamp', 'nonce'];
		const name = names[random(names.length)] ?? '';
		return {
			...genuine,
			query: { ...genuine.query, [name]: flipBit(String(genuine.query[name]), random) },
		};
	},
	'truncated body': ({ query: same, body = '' }, random) => ({
		query: same,
		body: body.slice(0, random(body.length)),
	}),
	'truncated signature': (genuine, random) => ({
		...genuine,
		query: {
			...genuine.query,
			msg_signature: String(genuine.query.msg_signature).slice(0, random(40)),
		},
	}),
	'truncated text, signed with another token': ({ body = '' }, random) => {
		const { encrypt } = JSON.parse(body) as { encrypt: string };
		const cut = encrypt.slice(0, random(encrypt.length));
		return {
			query: signed(cut, { token: `t${random(1e9)}` }),
			body: JSON.stringify({ encrypt: cut }),
		};
	},
	'another token': (_genuine, random) => push(event(), { token: `t${random(1e9)}` }),
	'no token': () => push(event(), { token: '' }),
	'another key': (_genuine, random) =>
		push(event(), { key: randomText(random, 33).slice(0, 42) + 'A' }),
	'another receive id': (_genuine, random) => push(event(), { receiveId: String(random(1e9)) }),
	'random text, well signed': (_genuine, random) => {
		const encrypt = randomText(random, 32 * (1 + random(8)));
		return { query: signed(encrypt), body: JSON.stringify({ encrypt }) };
	},
	'flipped bit under the seal, well signed': ({ body = '' }, random) => {
		const bytes = Buffer.from((JSON.parse(body) as { encrypt: string }).encrypt, 'base64');
		const place = bytes.length - 1 - random(16);
		bytes[place] = (bytes[place] ?? 0) ^ (1 << random(8));
		const encrypt = bytes.toString('base64');
		return { query: signed(encrypt), body: JSON.stringify({ encrypt }) };
	},
	'random body': (genuine, random) => ({
		query: genuine.query,
		body: randomText(random, random(500)),
	}),
	'replayed late': (_genuine, random) => push(event(), seconds(-601 - random(1e6))),
	'replayed under a new time': (genuine, random) => ({
		...genuine,
		query: { ...genuine.query, timestamp: String(now / 1000 - random(500) - 1) },
	}),
	'the query of another delivery': (genuine) => ({ ...genuine, query: push(event()).query }),
	'replayed as it was': (genuine) => genuine,
};

test('100,000 forged, truncated, bit-flipped and replayed deliveries: none is accepted', async () => {
	const random = randomNumbers(20_261_122);
	const [owner, memory]: [string, Remembered] = [randomUUID(), {}];
	const repetitions = new Repetitions();
	const genuine = Array.from({ length: 50 }, () => push(event()));
	const verdicts: Record<string, number> = {};
	let accepted = 0;
	const receive = async (delivery: Delivery) => {
		const verdict = judge(delivery, account, limits);
		const name = verdict.kind === 'refused' ? String(verdict.status) : verdict.kind;
		verdicts[name] = (verdicts[name] ?? 0) + 1;
		if (verdict.kind !== 'event') return;
		const { ending, end } = response();
		if (await repetitions.claim(owner, verdict.envelope.id, memory, ending)) {
			accepted += 1;
			repetitions.remember(owner, verdict.envelope.id, memory);
		}
		end(200);
	};
	for (const delivery of genuine) await receive(delivery);
	expect(accepted).toBe(genuine.length);

	accepted = 0;
	verdicts.event = 0;
	const kinds = Object.values(forgeries);
	const start = Date.now();
	const heap: number[] = [];
	for (let i = 0; i < 100_000; i++) {
		const forge = kinds[i % kinds.length] as Forge;
		const original = genuine[random(genuine.length)] as Delivery;
		await receive(forge(original, random));
		if (i % 20_000 === 19_999) {
			collectGarbage();
			heap.push(Math.round(process.memoryUsage().heapUsed / 1_048_576));
		}
	}
	const took = ((Date.now() - start) / 1000).toFixed(1);
	console.log(
		`100,000 forged deliveries of ${kinds.length} kinds: ${accepted} accepted, 0 crashes, ${took} s; ` +
			`verdicts ${JSON.stringify(verdicts)}; heap MB ${heap.join(', ')}`,
	);
	expect(accepted).toBe(0);
	expect(memory.ids).toHaveLength(genuine.length);
	expect(Math.max(...heap)).toBeLessThan(Math.min(...heap) + 10);
}, 120_000);
