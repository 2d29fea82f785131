import type { IHttpRequestOptions } from 'n8n-workflow';

import { signInCall } from '../../lib/signIn.ts';

const request = { url: 'https://a.test:8443/token?secret=x' } as IHttpRequestOptions;

/** The helper of n8n, which answers so or fails so. */
function helpers(
	outcome: { statusCode: number; headers?: Record<string, string>; body: string } | Error,
) {
	const asked: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
		asked.push(options);
		if (outcome instanceof Error) throw outcome;
		return outcome;
	};
	return { asked, helpers: { httpRequest } };
}

test('asks for the text of any answer, for half a minute', async () => {
	const { asked, helpers: n8n } = helpers({ statusCode: 403, body: '{"id":12345678901234567}' });
	const answer = await signInCall(n8n, 'Acme', { ...request, method: 'POST' });
	expect(answer).toEqual({ status: 403, body: { id: '12345678901234567' } });
	expect(asked).toEqual([
		{
			...request,
			method: 'POST',
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: 30_000,
		},
	]);
});

test.each([
	['ECONNREFUSED', 'the host refused the connection', 0],
	['ENOTFOUND', 'there is no host of this name', undefined],
	['EAI_AGAIN', 'the name of the host could not be looked up', 0],
	['ECONNABORTED', 'no answer came in time', 0],
	['ETIMEDOUT', 'no answer came in time', 0],
	['ECONNRESET', 'the host closed the connection', 0],
	['EPIPE', 'the host closed the connection', 0],
	['ERR_BAD_RESPONSE', 'the connection broke off before the whole answer had come', 0],
	['EHOSTUNREACH', 'there is no way to the host', 0],
	['ENETUNREACH', 'there is no way to the host', 0],
	['EPROTO', 'no connection was possible', undefined],
	[undefined, 'no connection was possible', undefined],
])('the code %s is put into words', async (code, words, retryAfterMs) => {
	const { helpers: n8n } = helpers(Object.assign(new Error('x'), { code }));
	await expect(signInCall(n8n, 'Acme', request)).rejects.toMatchObject({
		message: `Cannot reach a.test:8443: ${words}. Check the API address and whether this n8n may reach it.`,
		vendorCode: undefined,
		retryAfterMs,
	});
});

test.each([
	[200, '<html>', 0],
	[299, '', 0],
	[300, '[1]', undefined],
	[404, 'null', undefined],
	[429, '', 0],
	[499, '{', undefined],
	[500, '{', 0],
	[503, '"text"', 0],
])('HTTP %d with %j is no answer of the vendor', async (statusCode, body, retryAfterMs) => {
	const { helpers: n8n } = helpers({ statusCode, body });
	await expect(signInCall(n8n, 'Acme', request)).rejects.toMatchObject({
		message: `a.test:8443 answered HTTP ${statusCode} without the JSON that Acme sends. Check the API address.`,
		retryAfterMs,
	});
	const advise = (status: number, text: string) => `${status} ${text}!`;
	await expect(signInCall(n8n, 'Acme', request, advise)).rejects.toMatchObject({
		message: expect.stringMatching(/ sends\. \d{3} .*!$/),
	});
});

test.each([
	['30', 30_000],
	['soon', 0],
])('a host that asks for %s seconds of peace is obeyed', async (retryAfter, retryAfterMs) => {
	const headers = { 'retry-after': retryAfter };
	const { helpers: n8n } = helpers({ statusCode: 503, headers, body: '' });
	await expect(signInCall(n8n, 'Acme', request)).rejects.toMatchObject({ retryAfterMs });
});

test('an address that is none is shown as it was given', async () => {
	const { helpers: n8n } = helpers(new Error('Invalid URL'));
	await expect(signInCall(n8n, 'Acme', { ...request, url: 'nowhere' })).rejects.toThrow(
		/^Cannot reach nowhere: /,
	);
});
