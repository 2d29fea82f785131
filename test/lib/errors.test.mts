import type { INode } from 'n8n-workflow';

import { failureOf, fieldError, vendorError, type VendorFailure } from '../../lib/errors.ts';
import { ValueProblem } from '../../lib/ids.ts';

const node = { name: 'Node', type: 'acme', typeVersion: 1 } as INode;

test('an error of a call holds what happened, what to do and what the vendor said', () => {
	const failure: VendorFailure = {
		message: 'connect ECONNREFUSED, says Acme',
		advice: 'Do this.',
		code: 'errno 5',
		requestId: 'r1',
		httpStatus: 503,
		body: '{"errno":5}',
		cause: 'rate-limited',
		retryAfterMs: 60_000,
		repeatable: 'everything',
	};
	const error = vendorError({ node, itemIndex: 3 }, failure);
	expect(error).toMatchObject({
		message: 'connect ECONNREFUSED, says Acme',
		description: 'Do this. Request ID: r1.',
		httpCode: '503',
		node,
		context: {
			itemIndex: 3,
			data: { code: 'errno 5', requestId: 'r1', httpStatus: 503, body: '{"errno":5}' },
		},
	});
	expect(failureOf(error)).toBe(failure);
});

test('what is not known is left out', () => {
	const error = vendorError({ node }, { message: 'a', advice: 'b' });
	expect(error).toMatchObject({ message: 'a', description: 'b', httpCode: null });
	expect(error.context.data).toStrictEqual({});
	expect((error as { failure?: unknown }).failure).toBeUndefined();
	expect(error.context.itemIndex).toBeUndefined();
});

test('of a long answer the beginning is kept', () => {
	const body = (length: number) =>
		vendorError({ node }, { message: 'a', advice: 'b', body: 'x'.repeat(length) }).context.data;
	expect(body(2_000)).toEqual({ body: 'x'.repeat(2_000) });
	expect(body(2_001)).toEqual({ body: 'x'.repeat(2_000) });
});

test.each([undefined, null, 'text', 5, {}, new Error('a')])(
	'%p is no failure of a call',
	(error) => {
		expect(failureOf(error)).toBeUndefined();
	},
);

test('an error of a field names the field, what is wrong and what to do', () => {
	const problem = new ValueProblem('has no ENOENT in it', 'Enter one.');
	expect(fieldError({ node, itemIndex: 3 }, 'Ticket', problem)).toMatchObject({
		message: 'Ticket has no ENOENT in it',
		description: 'Enter one.',
		node,
		context: { itemIndex: 3 },
	});
});
