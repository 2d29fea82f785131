import { checkedAddress, completeAddress } from '../../lib/apiAddress';
import { redact } from '../../lib/redact';
import {
	latestSession,
	needSessionInTest,
	openOnce,
	rememberSession,
	SessionNeeded,
	testMark,
	TooManyLogIns,
	usableSession,
} from '../../lib/session';
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

test.each([
	['a:b/c$d e', 'a:b%2Fc$d+e'],
	["p!q/r'*(s)~", 'p%21q/r%27*%28s%29~'],
	['x<y&z"1', 'x\\u003cy\\u0026z\\"1'],
	['键/值-x', '%E9%94%AE\\/\\u503C-x'],
	['k\\d+[a-z]{2}', 'k\\d+[a-z]{2}'],
	['half \ud800!', 'half%20\\ud800!'],
	[' pasted-secret\n', 'pasted-secret'],
])('whoever wrote %j as %j escaped what they chose: it is masked', (secret, text) => {
	expect(redact(`x=${text}&y`, [secret])).toBe('x=***&y');
});

test('values of less than four characters mask nothing', () => {
	expect(redact('abc', ['a', '', 'abc'])).toBe('abc');
	expect(redact('abcd abcd', ['abcd'])).toBe('*** ***');
});

test('a secret is masked before the one it is a part of, wherever it stands in the list', () => {
	expect(redact('secret-key secret', ['secret', 'secret-key'])).toBe('*** ***');
	expect(redact('secret-key secret', ['secret-key', 'secret'])).toBe('*** ***');
	expect(redact('a%3Db%3Dc', ['a=b=', 'a=b=c'])).toBe('***');
});

test.each([
	['https://api.kingdee.com/', 'https://api.kingdee.com'],
	['http://127.0.0.1:5678', 'http://127.0.0.1:5678'],
	['http://localhost', 'http://localhost'],
	['http://[::1]:80/x/', 'http://[::1]:80/x'],
	[' https://a.test//x// ', 'https://a.test//x'],
	['http://127.10.200.3', 'http://127.10.200.3'],
])('%s is used as %s', (address, used) => {
	expect(checkedAddress(address, 'API Address')).toBe(used);
});

test.each([
	'http://api.kingdee.com',
	'ftp://127.0.0.1',
	'api.kingdee.com',
	'',
	'http://127.0.0.1.evil.com',
	'http://my.127.0.0.1.evil.com',
	'http://127.evil.com',
	'http://localhost.evil.com',
	'http://evil-localhost',
	'ftp://api.kingdee.com',
	7,
	undefined,
])('%p is refused', (address) => {
	expect(() => checkedAddress(address, 'API Address')).toThrow(/^API Address/);
});

test('a refused address says what is wrong with it', () => {
	expect(() => checkedAddress(' x ', 'Host')).toThrow(
		'Host is not an address: "x". Enter it with its scheme, such as https://api.example.com',
	);
	expect(() => checkedAddress(7, 'Host')).toThrow('Host is not an address: ""');
	expect(() => checkedAddress('http://a.test/', 'Host')).toThrow(
		'Host must start with https:// ("http://a.test"); plain http would show the signature to everybody on the way',
	);
});

test('hosts that the vendor serves without https are the exception', () => {
	const hosts = ['a.test'];
	expect(checkedAddress('http://a.test', 'Host', hosts)).toBe('http://a.test');
	expect(() => checkedAddress('ftp://a.test', 'Host', hosts)).toThrow(/^Host must/);
	expect(() => checkedAddress('http://b.test', 'Host', hosts)).toThrow(/^Host must/);
	expect(completeAddress({ url: 'http://a.test/x' }, 'https://x.example', hosts).host).toBe(
		'a.test',
	);
});

test('the base address of a request comes before that of the credential, and is used up', () => {
	const request = { url: '/a', baseURL: 'https://b.example' };
	expect(completeAddress(request, 'https://x.example').href).toBe('https://b.example/a');
	expect(request).toEqual({ url: 'https://b.example/a' });
	const none = { url: undefined as unknown as string };
	expect(completeAddress(none, 'https://x.example').href).toBe('https://x.example/');
	expect(none.url).toBe('https://x.example');
});

test('an address goes where the request has its own', () => {
	const both = { url: 'https://a.example', uri: 'https://b.example' };
	expect(completeAddress(both, 'https://x.example').host).toBe('a.example');
	expect(both).toEqual({ url: 'https://a.example', uri: 'https://b.example' });
	expect(() => completeAddress({ url: 'http://y.example/a' }, 'https://x.example')).toThrow(
		/^The address of the request must start with https/,
	);
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
	const lasting = JSON.stringify({ madeFor: 'a', usableUntil: null });
	expect(usableSession(lasting, 'a', 1e15)).toEqual({ madeFor: 'a', usableUntil: null });
	// Text around it makes it another thing.
	expect(usableSession(`[${lasting}]`, 'a', 0)).toBeUndefined();
});

test('no more log-ins than allowed within a minute, and the refusal says when', async () => {
	jest.useFakeTimers();
	const open = jest.fn(async () => ({ madeFor: 'c', usableUntil: null }));
	await openOnce('c', open, 2);
	await openOnce('c', open, 2);
	await jest.advanceTimersByTimeAsync(20_000);
	const refused = openOnce('c', open, 2);
	await expect(refused).rejects.toBeInstanceOf(TooManyLogIns);
	await expect(refused).rejects.toMatchObject({
		message: 'There were 2 log-ins within a minute, more are not allowed. Try again in 41 seconds.',
		vendorCode: undefined,
		retryAfterMs: 40_200,
	});
	expect(open).toHaveBeenCalledTimes(2);
	await openOnce('d', open, 2);
	await jest.advanceTimersByTimeAsync(41_000);
	await expect(openOnce('c', open, 2)).resolves.toContain('"c"');
	await expect(
		openOnce('e', async () => await Promise.reject(new Error('refused')), 2),
	).rejects.toThrow('refused');
	jest.useRealTimers();
});

test('the session that came after a stored one is used until n8n has stored another', () => {
	expect(latestSession('x', 'old')).toBe('old');
	expect(rememberSession('x', 'old', 'new')).toBe(true);
	expect(rememberSession('x', 'old', 'new')).toBe(false);
	expect(latestSession('x', 'old')).toBe('new');
	expect(latestSession('x', 'third')).toBe('third');
	expect(latestSession('y', 'old')).toBe('old');
	expect(rememberSession('x', 'new', 'newer')).toBe(true);
	expect(latestSession('x', 'new')).toBe('newer');
});

test('the first attempt of a marked request asks for a session, the next goes out without the mark', () => {
	const request = { headers: { ...testMark, Accept: 'a' } };
	expect(() => needSessionInTest(request)).toThrow(SessionNeeded);
	expect(request.headers).toEqual({ Accept: 'a' });
	expect(() => needSessionInTest(request)).not.toThrow();
	expect(() => needSessionInTest({})).not.toThrow();
	expect(new SessionNeeded()).toMatchObject({
		response: { status: 401 },
		message: 'The vendor session has ended or was never opened',
	});
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
