import { noAnswer } from '../../lib/noAnswer.ts';

const failureOf = (kind: 'read' | 'write', code: string, syscall?: string) =>
	noAnswer(
		{ profile: { name: 'Acme' }, request: { kind }, sent: true, mask: (text) => text },
		Object.assign(new Error('failed'), { code, cause: { code, syscall } }),
	);

test.each(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'])(
	'a write is repeated after %s where no connection was made',
	(code) => {
		expect(failureOf('write', code, 'connect')).toMatchObject({
			message: expect.stringMatching(/^Acme could not be reached/),
			repeatable: 'everything',
		});
	},
);

test.each([
	['EHOSTUNREACH', 'read'],
	['ENETUNREACH', 'write'],
	['ECONNRESET', 'read'],
	['ETIMEDOUT', undefined],
])('a write is not repeated after %s on a connection (%s)', (code, syscall) => {
	expect(failureOf('write', code, syscall)).toMatchObject({
		advice: expect.stringContaining('may have taken effect'),
		repeatable: 'reads',
	});
});

test.each([
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
])('%s is named as a matter of the certificate, which no repetition mends', (code) => {
	const failure = failureOf('write', code);
	expect(failure.message).toMatch(/^Acme could not be reached: the certificate of the host/);
	expect(failure.advice).toMatch(/^Nothing was sent/);
	expect(failure.repeatable).toBeUndefined();
});
