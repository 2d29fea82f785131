import { NodeApiError, type INode } from 'n8n-workflow';

import { AddressProblem } from '../../lib/apiAddress.ts';
import { NoTurn } from '../../lib/governor.ts';
import { causeOf, noAnswer, type UnansweredCall } from '../../lib/noAnswer.ts';
import { Cancelled } from '../../lib/patience.ts';
import { SignInProblem } from '../../lib/signIn.ts';

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

const call = (kind: 'read' | 'write', sent = true): UnansweredCall => ({
	profile: { name: 'Acme' },
	request: { kind },
	sent,
	mask: (text) => text.replace('secret', '***'),
});
const withCode = (code: string) => Object.assign(new Error('x'), { code });
const nothingSent =
	'Nothing was sent. Check the address in the credential and whether this n8n may reach it.';
const mayHaveActed =
	'The call may have taken effect. Look the record up in Acme before you repeat it.';
const nothingChanged = 'Nothing was changed, so you can run it again.';

test.each([
	['ECONNREFUSED', 'the host refused the connection', 'everything'],
	['ENOTFOUND', 'there is no host of this name', undefined],
	['EAI_AGAIN', 'the name of the host could not be looked up', 'everything'],
	['EHOSTUNREACH', 'there is no way to the host', 'everything'],
	['ENETUNREACH', 'there is no way to the host', 'everything'],
	['CERT_HAS_EXPIRED', 'the certificate of the host has expired', undefined],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'the certificate of the host is not trusted', undefined],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'the certificate of the host is not trusted', undefined],
])('where no connection was made for %s nothing was sent', (code, reason, repeatable) => {
	for (const kind of ['read', 'write'] as const) {
		expect(noAnswer(call(kind), withCode(code))).toEqual({
			message: `Acme could not be reached: ${reason}`,
			advice: nothingSent,
			code,
			cause: 'temporarily-unavailable',
			repeatable,
		});
	}
});

test.each([
	['ECONNABORTED', 'Acme did not answer in time'],
	['ETIMEDOUT', 'Acme did not answer in time'],
	['ECONNRESET', 'The connection to Acme broke off before an answer came'],
	['', 'The connection to Acme broke off before an answer came'],
])('after %p a write may have taken effect and is not repeated', (code, message) => {
	const known = {
		message,
		code: code === '' ? undefined : code,
		cause: 'temporarily-unavailable',
		repeatable: 'reads',
	};
	expect(noAnswer(call('write'), withCode(code))).toEqual({ ...known, advice: mayHaveActed });
	expect(noAnswer(call('read'), withCode(code))).toEqual({ ...known, advice: nothingChanged });
});

test('whatever is thrown, there is an error to show', () => {
	for (const thrown of [undefined, null, 'text', {}]) {
		expect(noAnswer(call('read'), thrown).message).toMatch(/^The connection to Acme broke off/);
	}
});

test('a log-in that failed says so, and is repeated where the trouble passes', () => {
	expect(noAnswer(call('write'), new SignInProblem('No secret!', '40'))).toEqual({
		message: 'No ***!',
		advice: 'Open the Acme credential and test it.',
		code: '40',
		cause: 'credential-invalid',
	});
	expect(noAnswer(call('write'), new SignInProblem('Later', undefined, 0))).toEqual({
		message: 'Later',
		advice: 'Open the Acme credential and test it.',
		code: undefined,
		cause: 'temporarily-unavailable',
		retryAfterMs: 0,
		repeatable: 'everything',
	});
});

test('a call without a turn tells when there may be one', () => {
	const known = {
		advice: 'Nothing was sent: n8n keeps to the limits of the account. Try again later.',
		cause: 'rate-limited',
	};
	expect(noAnswer(call('write'), new NoTurn(1_001))).toEqual({
		...known,
		message: 'The limits of Acme leave no room for a call for 2 seconds',
		retryAfterMs: 1_001,
	});
	expect(noAnswer(call('write'), new NoTurn(undefined)).message).toBe(
		'The limits of Acme leave no room for a call',
	);
});

test.each([new Cancelled(), withCode('ERR_CANCELED')])(
	'a cancelled execution is called so, and a write that was on its way is not called harmless',
	(cause) => {
		expect(noAnswer(call('write', false), cause)).toEqual({
			message: 'The wait for Acme was ended: the execution was canceled',
			advice: 'Nothing was changed.',
		});
		const message = 'The call to Acme was canceled with the execution';
		expect(noAnswer(call('write'), cause)).toEqual({ message, advice: mayHaveActed });
		expect(noAnswer(call('read'), cause)).toEqual({ message, advice: nothingChanged });
	},
);

test('a wrong address is a matter of the credential', () => {
	expect(noAnswer(call('write'), new AddressProblem('API Address is wrong'))).toEqual({
		message: 'API Address is wrong',
		advice: 'Correct the address in the Acme credential.',
		cause: 'configuration-invalid',
	});
});

test("what n8n's helper wrapped is taken out, anything else stays", () => {
	const inner = withCode('ECONNRESET');
	const node = { name: 'Node', type: 'acme', typeVersion: 1 } as INode;
	const wrapped = new NodeApiError(node, {});
	Object.assign(wrapped, { cause: inner });
	expect(causeOf(wrapped)).toBe(inner);
	const bare = new NodeApiError(node, {});
	Object.assign(bare, { cause: undefined });
	expect(causeOf(bare)).toBe(bare);
	expect(causeOf(inner)).toBe(inner);
});
