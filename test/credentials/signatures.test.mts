import { createCipheriv } from 'node:crypto';

import { fingerprint } from '../../credentials/signing/fingerprint.ts';
import { sameText } from '../../credentials/signing/sameText.ts';
import {
	authorization,
	contentHash,
	isSignedBy,
	signature,
	timestampAt,
	zoneOffsetMs,
} from '../../credentials/signing/sevenMoor.ts';
import { decryptCallback } from '../../credentials/signing/weiban.ts';

describe('a signature of 7moor on a call to us', () => {
	const account = { accountId: 'N00000000556', apiSecret: 'secret', offsetMs: 8 * 3_600_000 };
	const now = Date.parse('2016-10-13T11:36:12+08:00');
	const callAt = (timestamp: string, { accountId, apiSecret } = account) => ({
		authorization: authorization(accountId, timestamp),
		sig: signature(accountId, apiSecret, timestamp),
	});
	const made = (ms: number) => callAt(timestampAt(now + ms, account.offsetMs));

	it.each([
		[0, true],
		[-299_000, true],
		[299_000, true],
		[-300_000, true],
		[300_000, true],
		[-301_000, false],
		[301_000, false],
		[-86_400_000, false],
	])('made %d ms from now counts: %s', (ms, counts) => {
		expect(isSignedBy(made(ms), account, now)).toBe(counts);
	});

	it('does not count where any part of it is of somebody else', () => {
		const { authorization: header, sig } = made(0);
		const other = callAt('20161013113612', { ...account, accountId: 'N2' });
		expect(isSignedBy({ authorization: header, sig: other.sig }, account, now)).toBe(false);
		expect(isSignedBy({ authorization: other.authorization, sig }, account, now)).toBe(false);
		expect(isSignedBy(other, account, now)).toBe(false);
		expect(isSignedBy(callAt('20161013113612', { ...account, apiSecret: 'x' }), account, now)).toBe(
			false,
		);
	});

	it('needs a time that is one', () => {
		for (const timestamp of ['', '2016101311361', '20161013 11361', '2016101311361x']) {
			expect(isSignedBy(callAt(timestamp), account, now)).toBe(false);
		}
		expect(isSignedBy({ authorization: '', sig: '' }, account, now)).toBe(false);
	});
});

test.each([
	['+08:00', 8 * 3_600_000],
	['-05:30', -5.5 * 3_600_000],
	['+14:59', 14 * 3_600_000 + 59 * 60_000],
	['+00:00', 0],
	['+15:00', undefined],
	['+08:60', undefined],
	['08:00', undefined],
	['x+08:00', undefined],
	['+08:00x', undefined],
	['+8:00', undefined],
	['+28:00', undefined],
	['', undefined],
])('the offset %p is %p ms', (text, ms) => {
	expect(zoneOffsetMs(text)).toBe(ms);
});

test('texts are compared whole', () => {
	expect(sameText('abc', 'abc')).toBe(true);
	expect(sameText('', '')).toBe(true);
	expect(sameText('abc', 'abcd')).toBe(false);
	expect(sameText('abc', 'abd')).toBe(false);
	expect(sameText('', 'a')).toBe(false);
});

test('contents and accounts have short names that tell them apart', () => {
	// Self-computed: printf %s 工单 | sha256sum and printf 'a\nb' | sha256sum.
	expect(contentHash('工单')).toBe('e45308061f71ca078488dab3');
	expect(contentHash(Buffer.from('工单'))).toBe(contentHash('工单'));
	expect(contentHash('b')).not.toBe(contentHash('a'));
	expect(fingerprint('a', 'b')).toBe('7e18f737311b2dc3');
	const others = [
		fingerprint('b', 'a'),
		fingerprint('ab'),
		fingerprint('a', 'b', ''),
		fingerprint(),
	];
	expect(new Set([fingerprint('a', 'b'), ...others]).size).toBe(5);
});

describe('a callback of Weiban that is not as it should be inside', () => {
	const encodingAesKey = '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt';
	const key = Buffer.from(`${encodingAesKey}=`, 'base64');

	/** Encrypts bytes as they are, without a padding of its own. */
	function sealed(plain: Buffer): string {
		const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
		return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
	}

	/** 16 random bytes, a length, the message, whose it is, and a padding to blocks of 32. */
	function plain(length: number, content: string, padding?: Buffer): Buffer {
		const head = Buffer.alloc(20, 'r');
		head.writeUInt32BE(length, 16);
		const body = Buffer.concat([head, Buffer.from(content)]);
		const missing = 32 - (body.length % 32);
		return Buffer.concat([body, padding ?? Buffer.alloc(missing, missing)]);
	}

	const open = (bytes: Buffer) => decryptCallback(encodingAesKey, sealed(bytes));

	it('is read where message and receiver end where they should', () => {
		expect(open(plain(5, 'hellome'))).toEqual({ message: 'hello', receiveId: 'me' });
		expect(open(plain(7, 'hellome'))).toEqual({ message: 'hellome', receiveId: '' });
		// A whole block of padding.
		expect(open(plain(5, 'hello1234567'))).toEqual({ message: 'hello', receiveId: '1234567' });
		expect(open(plain(0, ''))).toEqual({ message: '', receiveId: '' });
	});

	it.each([
		['says it is longer than it is', plain(8, 'hellome')],
		['has no padding', plain(5, 'hello1234567', Buffer.alloc(0))],
		['is padded with 0', plain(5, 'hellome', Buffer.alloc(5, 0))],
		['is padded with 33', plain(5, 'hellome', Buffer.alloc(37, 33))],
		['is padded with more than there is', plain(5, 'hellome', Buffer.from([5, 5, 5, 5, 200]))],
		['is padded unevenly', plain(5, 'hellome', Buffer.from([5, 5, 4, 5, 5]))],
		['is too short for a head', Buffer.alloc(32, 13)],
		['is padding alone', Buffer.alloc(32, 32)],
	])('is none where it %s', (_what, bytes) => {
		expect(open(bytes)).toBeUndefined();
	});

	it('is none where it is no whole block', () => {
		const whole = Buffer.from(sealed(plain(5, 'hellome')), 'base64');
		expect(
			decryptCallback(encodingAesKey, whole.subarray(0, 16).toString('base64')),
		).toBeUndefined();
		expect(decryptCallback(encodingAesKey, '')).toBeUndefined();
	});

	it('opens with a key of 43 characters alone', () => {
		const bytes = sealed(plain(5, 'hellome'));
		expect(decryptCallback(`x${encodingAesKey}`, bytes)).toBeUndefined();
		expect(decryptCallback(`${encodingAesKey}x`, bytes)).toBeUndefined();
	});
});
