import { EventEmitter } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import {
	authorization,
	contentHash,
	signature,
	timestampAt,
	zoneOffsetMs,
} from '../../../credentials/signing/sevenMoor';
import { isAmong, readAddresses } from '../../../nodes/SevenMoor/trigger/addresses';
import {
	readDelivery,
	Refusal,
	type Delivery,
	type Guard,
} from '../../../nodes/SevenMoor/trigger/delivery';
import { Repetitions, type Remembered } from '../../../lib/repetitions';
import { secretProblem } from '../../../nodes/SevenMoor/trigger/settings';

const NOW = Date.parse('2026-11-22T10:00:00+08:00');
const CHINA = 8 * 3_600_000;
const SECRET = 'Kf83nqLz0vXw52-push';
/** The account of the published vector (sheet 7moor §2.3). */
const account = { accountId: 'N00000000556', apiSecret: 'secret', offsetMs: CHINA };
const secret = { header: 'X-Webhook-Secret', value: SECRET };
const addresses = readAddresses('203.0.113.7, 198.51.100.0/24') as Exclude<
	ReturnType<typeof readAddresses>,
	string
>;
const everything: Guard = { addresses, secret, account };

function signed(at = NOW, by = account) {
	const timestamp = timestampAt(at, by.offsetMs);
	return {
		authorization: authorization(by.accountId, timestamp),
		sig: signature(by.accountId, by.apiSecret, timestamp),
	};
}

const PUSH = Buffer.from(JSON.stringify({ _id: 'a1', stepName: '受理', fields: [] }));

function genuine(body: Uint8Array = PUSH): Delivery {
	const { authorization: header, sig } = signed();
	return {
		address: '198.51.100.20',
		headers: { 'x-webhook-secret': SECRET, authorization: header },
		query: { sig },
		body,
	};
}

const statusOf = (delivery: Delivery, guard: Guard = everything, now = NOW) => {
	const read = readDelivery(delivery, guard, now);
	return read instanceof Refusal ? read.status : 200;
};
const withHeaders = (headers: Record<string, unknown>): Delivery => ({
	...genuine(),
	headers: { ...genuine().headers, ...headers },
});
const answered = () => Object.assign(new EventEmitter(), { closed: true });

test('a delivery that shows all that is asked for passes', () => {
	expect(readDelivery(genuine(), everything, NOW)).toMatchObject({ _id: 'a1' });
	expect(readDelivery({ ...genuine(), headers: {}, query: {} }, {}, NOW)).toMatchObject({
		_id: 'a1',
	});
});

test('the published vector signs', () => {
	const at = Date.parse('2016-10-13T11:36:12+08:00');
	const vector: Delivery = {
		...genuine(),
		headers: { authorization: 'TjAwMDAwMDAwNTU2OjIwMTYxMDEzMTEzNjEy' },
		query: { sig: '88996D9907E0EE52C5DAF8EFFCC31CFC' },
	};
	expect(statusOf(vector, { account }, at)).toBe(200);
	expect(statusOf(vector, { account }, at + 5 * 60_000)).toBe(200);
	expect(statusOf(vector, { account }, at + 5 * 60_000 + 1000)).toBe(401);
	expect(statusOf(vector, { account }, at - 5 * 60_000 - 1000)).toBe(401);
	expect(statusOf(vector, { account: { ...account, offsetMs: 0 } }, at)).toBe(401);
});

test.each([
	['another address', 403, { ...genuine(), address: '198.51.101.20' }],
	['no address', 403, { ...genuine(), address: undefined }],
	['an IPv6 address', 403, { ...genuine(), address: '2001:db8::1' }],
	['no secret', 401, withHeaders({ 'x-webhook-secret': undefined })],
	['an empty secret', 401, withHeaders({ 'x-webhook-secret': '' })],
	['a part of the secret', 401, withHeaders({ 'x-webhook-secret': SECRET.slice(0, -1) })],
	['the secret twice', 401, withHeaders({ 'x-webhook-secret': [SECRET, SECRET] })],
	['no Authorization', 401, withHeaders({ authorization: undefined })],
	['Authorization without base64', 401, withHeaders({ authorization: 'N00000000556:x' })],
	['no sig', 401, { ...genuine(), query: {} }],
	['two sigs', 401, { ...genuine(), query: { sig: [signed().sig, signed().sig] } }],
	['a sig of lower case', 401, { ...genuine(), query: { sig: signed().sig.toLowerCase() } }],
	['an old sig', 401, { ...withHeaders(signed(NOW - 400_000)), query: signed(NOW - 400_000) }],
	['a body of 1 MB and a byte', 413, genuine(Buffer.alloc(1024 * 1024 + 1, 32))],
	['no body', 400, { ...genuine(), body: undefined }],
	['no JSON', 400, genuine(Buffer.from('_id=1'))],
	['no _id', 400, genuine(Buffer.from('{"stepName":"x"}'))],
])('%s gets %i', (_case, status, delivery: Delivery) => {
	expect(statusOf(delivery)).toBe(status);
});

test('an empty secret of ours lets nobody in', () => {
	const open = { secret: { header: 'X', value: '' }, account: { ...account, apiSecret: '' } };
	expect(statusOf(withHeaders({ x: '' }), { secret: open.secret })).toBe(401);
	const made = signed(NOW, open.account);
	expect(
		statusOf({ ...withHeaders(made), query: { sig: made.sig } }, { account: open.account }),
	).toBe(401);
});

test.each([
	['203.0.113.7', '203.0.113.7', true],
	['203.0.113.7', '::ffff:203.0.113.7', true],
	['203.0.113.7', '203.0.113.8', false],
	['198.51.100.0/24', '198.51.100.255', true],
	['198.51.100.77/24', '198.51.100.1', true],
	['198.51.100.0/24', '198.51.101.0', false],
	['0.0.0.0/0', '255.255.255.255', true],
	['255.255.255.255/32', '255.255.255.255', true],
	['128.0.0.0/1', '127.255.255.255', false],
	['10.0.0.1，10.0.0.2\n10.0.0.3', '10.0.0.3', true],
])('%s holds %s: %j', (list, address, expected) => {
	const ranges = readAddresses(list);
	expect(typeof ranges === 'string' ? ranges : isAmong(address, ranges)).toBe(expected);
});

test.each(['localhost', '256.0.0.1', '1.2.3', '1.2.3.4/33', '1.2.3.4/', '1.2.3.4/8/8', '::1'])(
	'%s is no address',
	(entry) => {
		expect(readAddresses(`10.0.0.1, ${entry}`)).toBe(entry);
	},
);

test.each([
	['+08:00', CHINA],
	['-05:30', -5.5 * 3_600_000],
	['+8', undefined],
	['', undefined],
])('offset %j', (text, expected) => {
	expect(zoneOffsetMs(text)).toBe(expected);
});

test.each([
	[{ headerName: 'X-Webhook-Secret', secret: SECRET }, undefined],
	[{ headerName: 'X Secret', secret: SECRET }, /^Header Name/],
	[{ headerName: '', secret: SECRET }, /^Header Name/],
	[{ headerName: 'X-Secret', secret: 'too-short' }, /^Secret needs/],
	[{ headerName: 'X-Secret', secret: 'has a space in its midst' }, /^Secret needs/],
	[{ headerName: 'X-Secret' }, /^Secret needs/],
])('the credential %j is checked', (credential, problem) => {
	if (problem === undefined) expect(secretProblem(credential)).toBeUndefined();
	else expect(secretProblem(credential)).toMatch(problem);
});

/** What the trigger does with a delivery that passes. */
async function taken(repetitions: Repetitions, id: string, memory: Remembered) {
	const runs = await repetitions.claim('t', id, memory, answered());
	if (runs) repetitions.remember('t', id, memory);
	return runs;
}

describe('100,000 forged deliveries', () => {
	/** A small generator, so that every run is the same. */
	let state = 20261122;
	const random = (below: number) => {
		state = (state * 1103515245 + 12345) % 2 ** 31;
		return Math.floor((state / 2 ** 31) * below);
	};
	const flipped = (text: string) => {
		const bytes = Buffer.from(text, 'latin1');
		const place = random(bytes.length);
		bytes[place] = (bytes[place] ?? 0) ^ (1 << random(8));
		return bytes.toString('latin1');
	};
	const junk = (length: number) => Buffer.from(Array.from({ length }, () => random(256)));
	const body = () => Buffer.from(`{"_id":"${random(1e9)}","stepName":"受理","fields":[]}`);
	const tooLarge = Buffer.alloc(1024 * 1024 + 1, '{"_id":"1"}');

	const genuineOnes = Array.from({ length: 500 }, () => genuine(body()));
	const some = (): Delivery => genuineOnes[random(genuineOnes.length)] ?? genuine();
	const late = NOW + 6 * 60_000;

	/** Ways to forge without the secrets, and ways in which a genuine delivery goes wrong. */
	const forgeries: ((from: Delivery) => { delivery: Delivery; guard?: Guard; at?: number })[] = [
		(from) => ({ delivery: { ...from, headers: {}, query: {} } }),
		(from) => ({
			delivery: { ...from, headers: { ...from.headers, 'x-webhook-secret': flipped(SECRET) } },
		}),
		(from) => ({
			delivery: {
				...from,
				headers: { ...from.headers, 'x-webhook-secret': SECRET.slice(0, random(SECRET.length)) },
			},
		}),
		(from) => ({
			delivery: { ...from, headers: { 'x-webhook-secret': junk(19).toString('latin1') } },
			guard: { secret },
		}),
		(from) => ({ delivery: { ...from, query: { sig: flipped(String(from.query.sig)) } } }),
		(from) => ({
			delivery: {
				...from,
				headers: { ...from.headers, authorization: flipped(String(from.headers.authorization)) },
			},
			guard: { account },
		}),
		(from) => {
			const made = signed(NOW, { ...account, apiSecret: `secre${random(1e6)}` });
			const headers = { authorization: made.authorization };
			return { delivery: { ...from, headers, query: { sig: made.sig } }, guard: { account } };
		},
		(from) => {
			const made = signed(NOW, { ...account, accountId: `N${random(1e9)}` });
			const headers = { authorization: made.authorization };
			return { delivery: { ...from, headers, query: { sig: made.sig } }, guard: { account } };
		},
		(from) => ({ delivery: { ...from, address: `192.0.2.${random(256)}` } }),
		(from) => ({
			delivery: { ...from, body: from.body?.subarray(0, random((from.body?.length ?? 1) - 1)) },
		}),
		(from) => ({ delivery: { ...from, body: junk(random(200)) } }),
		(from) => ({ delivery: { ...from, body: tooLarge } }),
		(from) => ({
			delivery: {
				...from,
				body: Buffer.from(flipped(Buffer.from(from.body ?? []).toString('latin1')), 'latin1'),
				headers: { ...from.headers, 'x-webhook-secret': flipped(SECRET) },
			},
		}),
		// Replayed as they are: while the signature counts, and after.
		(from) => ({ delivery: from }),
		(from) => ({ delivery: from, at: late }),
	];

	const collect = () => {
		setFlagsFromString('--expose-gc');
		(runInNewContext('gc') as () => void)();
		return process.memoryUsage().heapUsed / 2 ** 20;
	};

	it('none is accepted, none crashes, memory stays flat', async () => {
		const repetitions = new Repetitions();
		let memory: Remembered = {};
		const accepted = async (delivery: Delivery, guard = everything, at = NOW) => {
			const push = readDelivery(delivery, guard, at);
			if (push instanceof Refusal) return false;
			return await taken(repetitions, contentHash(delivery.body ?? ''), memory);
		};
		for (const delivery of genuineOnes) expect(await accepted(delivery)).toBe(true);
		memory = JSON.parse(JSON.stringify(memory)) as Remembered;

		const counts = { accepted: 0, crashed: 0, refused: 0 };
		const attempt = async (round: number) => {
			const forge = forgeries[round % forgeries.length];
			if (forge === undefined) return;
			const { delivery, guard, at } = forge(some());
			await accepted(delivery, guard, at)
				.then((yes) => counts[yes ? 'accepted' : 'refused']++)
				.catch(() => counts.crashed++);
		};
		for (let round = 0; round < 10_000; round++) await attempt(round);
		const before = collect();
		const start = performance.now();
		for (let round = 10_000; round < 100_000; round++) await attempt(round);
		const grown = collect() - before;
		console.log(
			`7moor push: ${JSON.stringify(counts)}, heap ${grown.toFixed(2)} MB more after 90,000, ${Math.round(performance.now() - start)} ms`,
		);
		expect(counts).toEqual({ accepted: 0, crashed: 0, refused: 100_000 });
		expect(grown).toBeLessThan(5);
	}, 20_000);

	it('a body that was damaged on its way breaks nothing: the vendor signs no body', () => {
		for (let round = 0; round < 20_000; round++) {
			const text = flipped(Buffer.from(some().body ?? []).toString('latin1'));
			const read = readDelivery(genuine(Buffer.from(text, 'latin1')), everything, NOW);
			expect(read instanceof Refusal ? read.status : typeof read._id).toBe(
				read instanceof Refusal ? 400 : 'string',
			);
		}
	});
});
