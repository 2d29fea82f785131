import type { IHttpRequestOptions } from 'n8n-workflow';

import { KingsoftCloudApi } from '../../credentials/KingsoftCloudApi.credentials';
import {
	fillTemplate,
	presets,
	sign,
	type SignatureInput,
} from '../../credentials/signing/kingsoftCloud';

/** The vendor publishes no vector: these are self-computed (printf %s TEXT | md5sum and openssl dgst). */
const input: SignatureInput = {
	appId: 'app',
	appSecret: 'secret',
	timestamp: '1635766132',
	method: 'POST',
	path: '/p',
	query: 'id=1',
	body: '{}',
};
const hex = { encoding: 'hex', letterCase: 'lower' } as const;

test.each([
	['A', '3e5a66de11b339c4779500e0aa88d279'],
	['B', '917dd4622b17628071c0bf1d93604bfd'],
	['C', 'aae340d49b0170593421037aa8c62905'],
	['F', 'f1b54344a3127a6119a83cc38e9642958d224e3992574ba9c5bb76aa680a8130'],
] as const)('preset %s', (preset, signature) => {
	expect(sign({ ...presets[preset], ...hex }, input)).toBe(signature);
});

test('a custom rule chooses text, algorithm, encoding and case', () => {
	const template = '{method}|{path}|{query}|{body}|{timestamp}|{other}';
	expect(fillTemplate(template, input)).toBe('POST|/p|id=1|{}|1635766132|{other}');
	const rule = { template: '{appId}', algorithm: 'sha1', encoding: 'hex' } as const;
	const lower = sign({ ...rule, letterCase: 'lower' }, input);
	expect(lower).toBe('7d1043473d55bfa90e8530d35801d4e381bc69f0');
	expect(sign({ ...rule, letterCase: 'upper' }, input)).toBe(lower.toUpperCase());
	expect(sign({ ...rule, encoding: 'base64', letterCase: 'upper' }, input)).toBe(
		'fRBDRz1Vv6kOhTDTWAHU44G8afA=',
	);
});

test('a value that looks like a placeholder is not filled again', () => {
	expect(fillTemplate('{appId}{appSecret}', { ...input, appId: '{appSecret}' })).toBe(
		'{appSecret}secret',
	);
});

const values = {
	environment: 'production',
	appId: 'app',
	appSecret: 'secret',
	signatureRule: 'A',
	timestampUnit: 'seconds',
};
const signed = async (request: object, more: object = {}) => {
	const { authenticate } = new KingsoftCloudApi();
	if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
	return await authenticate({ ...values, ...more }, request as IHttpRequestOptions);
};

test('the three headers belong together', async () => {
	jest.spyOn(Date, 'now').mockReturnValue(1_635_766_132_999);
	const request = await signed({ url: '/workorder/api/ticket/base', qs: { id: '1' } });
	expect(request.url).toBe('http://workorder.crius.api.ksyun.com/workorder/api/ticket/base');
	expect(request.headers).toMatchObject({
		AppId: 'app',
		Timestamp: '1635766132',
		Sign: '3e5a66de11b339c4779500e0aa88d279',
	});
	const inMilliseconds = await signed({ url: '/x' }, { timestampUnit: 'milliseconds' });
	expect(inMilliseconds.headers?.Timestamp).toBe('1635766132999');
	jest.restoreAllMocks();
});

test.each([
	['production', 'http://workorder.crius.api.ksyun.com/x'],
	['test', 'http://stage.mplatform.process.ksyun.com:8011/x'],
])('environment %s', async (environment, url) => {
	expect((await signed({ url: '/x' }, { environment })).url).toBe(url);
});

test('n8n’s HTTP Request node gives a whole address in uri', async () => {
	const request = await signed({
		uri: 'http://workorder.crius.api.ksyun.com/x?id=1',
		method: 'GET',
	});
	expect(request).toMatchObject({
		uri: 'http://workorder.crius.api.ksyun.com/x?id=1',
		headers: { AppId: 'app' },
	});
});

test('plain http is for loopback and the two hosts of the vendor only', async () => {
	const custom = { environment: 'custom', apiAddress: 'http://example.com' };
	await expect(signed({ url: '/x' }, custom)).rejects.toThrow(/API Address must start with https/);
	await expect(signed({ url: 'http://example.com/x' })).rejects.toThrow(/must start with https/);
});
