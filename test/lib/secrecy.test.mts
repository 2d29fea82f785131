import { checkedAddress, completeAddress } from '../../lib/apiAddress';
import { redact } from '../../lib/redact';
import { openOnce, TooManyLogIns, usableSession } from '../../lib/session';
import { SignInProblem } from '../../lib/signIn';

test('every secret is masked, plain and percent-encoded, the longer first', () => {
	expect(redact('a=tok+en/1= b=tok%2Ben%2F1%3D c=tok+en', ['tok+en', 'tok+en/1='])).toBe(
		'a=*** b=*** c=***',
	);
});

test.each(['tok%2ben%2f1%3d', 'tok+en\\/1='])(
	'a secret that is written otherwise is masked: %s',
	(text) => {
		expect(redact(`{"token":"${text}"}`, ['tok+en/1='])).toBe('{"token":"***"}');
	},
);

test('short values mask nothing', () => {
	expect(redact('abc', ['a', ''])).toBe('abc');
});

test.each([
	['https://api.kingdee.com/', 'https://api.kingdee.com'],
	['http://127.0.0.1:5678', 'http://127.0.0.1:5678'],
	['http://localhost', 'http://localhost'],
	['http://[::1]:80/x/', 'http://[::1]:80/x'],
])('%s is used as %s', (address, used) => {
	expect(checkedAddress(address, 'API Address')).toBe(used);
});

test.each([
	'http://api.kingdee.com',
	'ftp://127.0.0.1',
	'api.kingdee.com',
	'',
	'http://127.0.0.1.evil.com',
])('%p is refused', (address) => {
	expect(() => checkedAddress(address, 'API Address')).toThrow(/^API Address/);
});

test('a path is completed with the API address, a whole address stays', () => {
	const path = { url: '/a?b=1' };
	expect(completeAddress(path, 'https://x.example').href).toBe('https://x.example/a?b=1');
	expect(path.url).toBe('https://x.example/a?b=1');
	const legacy = { uri: 'https://y.example/a', url: undefined as unknown as string };
	expect(completeAddress(legacy, 'https://x.example').host).toBe('y.example');
	expect(legacy.uri).toBe('https://y.example/a');
	expect(() => completeAddress({ url: 'http://y.example/a' }, 'https://x.example')).toThrow(
		/https/,
	);
});

test('a session counts only for its account and until its end', () => {
	const field = JSON.stringify({ madeFor: 'a', usableUntil: 1000 });
	expect(usableSession(field, 'a', 999)).toBeDefined();
	expect(usableSession(field, 'a', 1000)).toBeUndefined();
	expect(usableSession(field, 'b', 999)).toBeUndefined();
	for (const bad of ['', 'none', '{', undefined, 5]) {
		expect(usableSession(bad, 'a', 0)).toBeUndefined();
	}
});

test('fifty callers at once share one log-in, the next one opens anew', async () => {
	let logIns = 0;
	const open = async () => {
		logIns++;
		await new Promise((resolve) => setTimeout(resolve, 5));
		return { madeFor: 'a', usableUntil: null };
	};
	await Promise.all(Array.from({ length: 50 }, async () => await openOnce('a', open)));
	expect(logIns).toBe(1);
	await openOnce('a', open);
	expect(logIns).toBe(2);
});

test('a failed log-in is not remembered', async () => {
	await expect(openOnce('b', async () => await Promise.reject(new Error('no')))).rejects.toThrow(
		'no',
	);
	await expect(openOnce('b', async () => ({ madeFor: 'b', usableUntil: null }))).resolves.toBe(
		'{"madeFor":"b","usableUntil":null}',
	);
});

test.each([
	[undefined, 'wrong secret'],
	[0, TooManyLogIns],
])(
	'where two log-ins a minute failed, a third says why they did, unless that passes (after %s ms)',
	async (retryAfterMs, reason) => {
		const key = `c ${retryAfterMs}`;
		let logIns = 0;
		const open = async () => {
			logIns++;
			throw new SignInProblem('wrong secret', undefined, retryAfterMs);
		};
		for (let count = 0; count < 2; count++) {
			await expect(openOnce(key, open, 2)).rejects.toThrow('wrong secret');
		}
		await expect(openOnce(key, open, 2)).rejects.toThrow(reason);
		expect(logIns).toBe(2);
	},
);
