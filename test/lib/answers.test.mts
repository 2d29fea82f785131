import type { IDataObject, INode, NodeApiError } from 'n8n-workflow';

import { objectIn, refusalError, unreadableError, type Refusal } from '../../lib/answers.ts';
import { failureOf } from '../../lib/errors.ts';
import type { CallSite, VendorAnswer, VendorProfile } from '../../lib/exchange.ts';

const node = { name: 'Node', type: 'acme', typeVersion: 1 } as INode;
const site = { context: { getNode: () => node }, itemIndex: 2 } as unknown as CallSite;
const profile = { name: 'Acme' } as VendorProfile;

function answerOf(status: number, text: string, more: Partial<VendorAnswer> = {}): VendorAnswer {
	return {
		status,
		text,
		session: '',
		mask: (given) => given.replaceAll('secret', '***'),
		againIfAllowed: async () => await Promise.reject(new Error('not asked again')),
		again: async () => await Promise.reject(new Error('not asked again')),
		holdOff: () => true,
		...more,
	};
}

/** What n8n and the repetition of calls go by. */
function outlookOf(error: NodeApiError) {
	const { cause, retryAfterMs, repeatable } = failureOf(error) ?? {};
	return { cause, retryAfterMs, repeatable };
}

describe('a refusal', () => {
	const refusal: Refusal = { text: 'Bad secret', code: 'errno 5', requestId: 'r1' };

	it("holds the vendor's words, what to do and the masked answer", () => {
		const error = refusalError(site, profile, answerOf(200, '{"a":"secret"}'), refusal);
		expect(error.message).toBe('Bad *** (Acme errno 5)');
		expect(error.description).toBe(
			'Correct what the text names and run the item again. Request ID: r1.',
		);
		expect(error.context.itemIndex).toBe(2);
		expect(error.context.data).toEqual({
			code: 'errno 5',
			requestId: 'r1',
			httpStatus: 200,
			body: '{"a":"***"}',
		});
	});

	it("names no reason where there is none, and prefers the code's own advice", () => {
		const error = refusalError(site, profile, answerOf(200, '{}'), {
			text: '',
			code: 'errno 5',
			advice: 'Do this.',
		});
		expect(error.message).toBe('no reason given (Acme errno 5)');
		expect(error.description).toBe('Do this.');
	});

	it.each([
		[200, undefined],
		[400, undefined],
		[401, undefined],
		[499, undefined],
		[500, 'temporarily-unavailable'],
		[503, 'temporarily-unavailable'],
		[504, 'temporarily-unavailable'],
		[505, undefined],
	])('with HTTP %d has the outlook %s', (status, cause) => {
		const error = refusalError(site, profile, answerOf(status, '{}'), { text: 'a', code: 'b' });
		expect(outlookOf(error)).toEqual({
			cause,
			retryAfterMs: undefined,
			repeatable: cause === undefined ? undefined : 'reads',
		});
	});

	it('for a limit is repeated whatever the call, where waiting makes sense', () => {
		const limited: Refusal = { text: 'a', code: 'b', cause: 'rate-limited', retryAfterMs: 60_000 };
		const held: (number | undefined)[] = [];
		const error = refusalError(
			site,
			profile,
			answerOf(200, '{}', { holdOff: (ms) => held.push(ms) > 0 }),
			limited,
		);
		expect(held).toEqual([60_000]);
		expect(outlookOf(error)).toEqual({
			cause: 'rate-limited',
			retryAfterMs: 60_000,
			repeatable: 'everything',
		});
		const vain = refusalError(
			site,
			profile,
			answerOf(200, '{}', { holdOff: () => false, retryAfterMs: 5 }),
			limited,
		);
		expect(outlookOf(vain)).toEqual({
			cause: 'rate-limited',
			retryAfterMs: 5,
			repeatable: undefined,
		});
		const byStatus = refusalError(site, profile, answerOf(429, '{}'), { text: 'a', code: 'b' });
		expect(outlookOf(byStatus)).toEqual({ cause: 'rate-limited', repeatable: 'everything' });
	});

	it('that is no limit holds nobody back', () => {
		const holdOff = () => {
			throw new Error('asked to hold off');
		};
		const error = refusalError(site, profile, answerOf(503, '{}', { holdOff }), {
			text: 'a',
			code: 'b',
		});
		expect(outlookOf(error).repeatable).toBe('reads');
	});
});

describe('an answer that is none', () => {
	it.each([
		['', 'an empty answer'],
		[' \n', 'an empty answer'],
		['<html>', 'a web page'],
		['Bad Gateway', 'plain text'],
		['"{"', 'plain text'],
		['{"a":', 'broken JSON'],
		['[1', 'broken JSON'],
		[' {"a":1}', 'JSON of another form'],
		['[1]', 'JSON of another form'],
	])('%j is called %s', (text, form) => {
		const error = unreadableError(site, profile, answerOf(400, text), true);
		expect(error.message).toBe(`Acme sent ${form} with HTTP 400 instead of its JSON`);
		expect(error.context.data).toEqual({ httpStatus: 400, body: text.trim() });
	});

	it('hides secrets', () => {
		const error = unreadableError(site, profile, answerOf(400, '<p>secret'), true);
		expect((error.context.data as IDataObject).body).toBe('<p>***');
	});

	it.each([
		[200, '', 'temporarily-unavailable'],
		[299, '{"a', 'temporarily-unavailable'],
		[300, '{"a', undefined],
		[200, '<html>', undefined],
		[200, 'text', undefined],
		[200, '[1]', undefined],
		[400, '', undefined],
		[401, '<html>', 'credential-invalid'],
		[403, '<html>', 'credential-invalid'],
		[404, '<html>', undefined],
		[429, '<html>', 'rate-limited'],
		[500, '<html>', 'temporarily-unavailable'],
		[504, '<html>', 'temporarily-unavailable'],
		[505, '<html>', 'temporarily-unavailable'],
		[599, '<html>', 'temporarily-unavailable'],
	])('HTTP %d with %j has the cause %s', (status, text, cause) => {
		const error = unreadableError(site, profile, answerOf(status, text), true);
		expect(outlookOf(error)).toEqual({
			cause,
			retryAfterMs: undefined,
			repeatable:
				cause === 'rate-limited'
					? 'everything'
					: cause === 'temporarily-unavailable'
						? 'reads'
						: undefined,
		});
	});

	it('says whether the call may have taken effect', () => {
		const advice = (status: number, mayHaveActed: boolean) =>
			unreadableError(site, profile, answerOf(status, ''), mayHaveActed).description;
		expect(advice(200, true)).toBe(
			'The call may have taken effect. Look the record up in Acme before you repeat it.',
		);
		const harmless =
			'Nothing was changed. Run it again later; if it stays so, check the API address in the credential.';
		expect(advice(200, false)).toBe(harmless);
		expect(advice(429, true)).toBe(harmless);
	});
});

test.each([
	['{"a":12345678901234567}', { a: '12345678901234567' }],
	['[1]', undefined],
	['null', undefined],
	['{', undefined],
	['', undefined],
])('the object in %j is %j', (text, object) => {
	expect(objectIn(answerOf(200, text))).toEqual(object);
});
