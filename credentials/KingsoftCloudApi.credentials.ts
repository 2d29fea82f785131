import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { checkedAddress, completeAddress } from '../lib/apiAddress';
import { redact } from '../lib/redact';
import { needSessionInTest, testMark } from '../lib/session';
import { signInCall, SignInProblem } from '../lib/signIn';
import {
	presets,
	sign,
	type Algorithm,
	type Encoding,
	type LetterCase,
	type Preset,
	type SignatureRule,
} from './signing/kingsoftCloud';

/** Both hosts are served over plain http only (seed kingsoft). */
const environments: Record<string, string> = {
	production: 'http://workorder.crius.api.ksyun.com',
	test: 'http://stage.mplatform.process.ksyun.com:8011',
};
const plainHttpHosts = Object.values(environments).map((address) => new URL(address).hostname);

const SUCCESS = 10000;

function apiAddressOf(credentials: ICredentialDataDecryptedObject): string {
	const known = environments[String(credentials.environment)];
	return known ?? checkedAddress(credentials.apiAddress, 'API Address', plainHttpHosts);
}

function ruleOf(credentials: ICredentialDataDecryptedObject): SignatureRule {
	const encoding = credentials.signatureEncoding as Encoding;
	const letterCase = credentials.signatureCase as LetterCase;
	const preset = presets[credentials.signatureRule as Preset];
	if (preset === undefined) {
		return {
			template: String(credentials.signatureTemplate),
			algorithm: credentials.signatureAlgorithm as Algorithm,
			encoding,
			letterCase,
		};
	}
	// The md5 presets are lower-case hex where they are in use; only F occurs in two encodings.
	return preset.algorithm === 'md5'
		? { ...preset, encoding: 'hex', letterCase: 'lower' }
		: { ...preset, encoding, letterCase: 'lower' };
}

function bodyText(body: unknown): string {
	if (typeof body === 'string') return body;
	const isPlain = typeof body === 'object' && body !== null && !(body instanceof FormData);
	return isPlain && !Buffer.isBuffer(body) ? JSON.stringify(body) : '';
}

function queryText(url: URL, qs: IHttpRequestOptions['qs']): string {
	const query = new URLSearchParams(url.search);
	for (const [name, value] of Object.entries(qs ?? {})) query.append(name, String(value));
	return query.toString();
}

function signRequest(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	const url = completeAddress(request, apiAddressOf(credentials), plainHttpHosts);
	const now = Date.now();
	const input = {
		appId: String(credentials.appId ?? '').trim(),
		appSecret: String(credentials.appSecret ?? '').trim(),
		timestamp: String(credentials.timestampUnit === 'seconds' ? Math.floor(now / 1000) : now),
		method: (request.method ?? 'GET').toUpperCase(),
		path: url.pathname,
		query: queryText(url, request.qs),
		body: bodyText(request.body),
	};
	request.headers = {
		...request.headers,
		AppId: input.appId,
		Timestamp: input.timestamp,
		Sign: sign(ruleOf(credentials), input),
	};
	return request;
}

const HARMLESS_READ = {
	method: 'POST',
	url: '/workorder/api/ticket/list_tickets',
	headers: { 'Content-Type': 'application/json' },
	body: { page: 1, page_size: 1 },
} as const;

export class KingsoftCloudApi implements ICredentialType {
	name = 'kingsoftCloudApi';

	displayName = 'Kingsoft Cloud API';

	icon = {
		light: 'file:../nodes/KingsoftCloud/kingsoftCloud.svg',
		dark: 'file:../nodes/KingsoftCloud/kingsoftCloud.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-gongdan/n8n-nodes-gongdan/blob/main/docs/credentials.md#kingsoft-cloud';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			default: 'production',
			options: [
				{ name: 'Production', value: 'production' },
				{ name: 'Test', value: 'test' },
				{ name: 'Custom', value: 'custom' },
			],
			description:
				'Both hosts of the vendor speak plain http and may be reachable from its network only',
		},
		{
			displayName: 'API Address',
			name: 'apiAddress',
			type: 'string',
			default: 'http://workorder.crius.api.ksyun.com',
			displayOptions: { show: { environment: ['custom'] } },
			description:
				"Address of the work-order system. https only, except on this machine and the vendor's own two hosts.",
		},
		{
			displayName: 'AppId',
			name: 'appId',
			type: 'string',
			default: '',
			required: true,
			description: 'Issued for the caller when access to the interface is granted',
		},
		{
			displayName: 'Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName:
				'Kingsoft Cloud does not publish how Sign is computed. Choose the rule that you were given with the AppId; the presets are rules that similar systems use, none is confirmed.',
			name: 'signatureNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Signature Rule',
			name: 'signatureRule',
			type: 'options',
			default: 'A',
			options: [
				{ name: 'A (Unconfirmed): MD5 of AppId + Secret + Timestamp', value: 'A' },
				{ name: 'B (Unconfirmed): MD5 of AppId + Timestamp + Secret', value: 'B' },
				{ name: 'C (Unconfirmed): MD5 of Timestamp + Secret', value: 'C' },
				{ name: 'Custom Template', value: 'custom' },
				{ name: 'F (Unconfirmed): HMAC-SHA256 of AppId + Timestamp', value: 'F' },
			],
			description: "How the Sign header is made. The vendor's own rule is not public.",
		},
		{
			displayName: 'Signature Template',
			name: 'signatureTemplate',
			type: 'string',
			default: '{appId}{appSecret}{timestamp}',
			displayOptions: { show: { signatureRule: ['custom'] } },
			description:
				'Text that is hashed. May contain {appId}, {appSecret}, {timestamp}, {method}, {path}, {query} and {body}.',
		},
		{
			displayName: 'Signature Algorithm',
			name: 'signatureAlgorithm',
			type: 'options',
			default: 'md5',
			displayOptions: { show: { signatureRule: ['custom'] } },
			options: [
				{ name: 'HMAC-SHA1 With the Secret as Key', value: 'hmac-sha1' },
				{ name: 'HMAC-SHA256 With the Secret as Key', value: 'hmac-sha256' },
				{ name: 'MD5', value: 'md5' },
				{ name: 'SHA1', value: 'sha1' },
				{ name: 'SHA256', value: 'sha256' },
			],
		},
		{
			displayName: 'Signature Encoding',
			name: 'signatureEncoding',
			type: 'options',
			default: 'hex',
			displayOptions: { show: { signatureRule: ['custom', 'F'] } },
			options: [
				{ name: 'Hex', value: 'hex' },
				{ name: 'Base64', value: 'base64' },
			],
		},
		{
			displayName: 'Signature Case',
			name: 'signatureCase',
			type: 'options',
			default: 'lower',
			displayOptions: { show: { signatureRule: ['custom'], signatureEncoding: ['hex'] } },
			options: [
				{ name: 'Lower', value: 'lower' },
				{ name: 'Upper', value: 'upper' },
			],
		},
		{
			displayName: 'Timestamp Unit',
			name: 'timestampUnit',
			type: 'options',
			default: 'milliseconds',
			options: [
				{ name: 'Milliseconds', value: 'milliseconds' },
				{ name: 'Seconds', value: 'seconds' },
			],
			description: 'The vendor accepts both',
		},
		{
			// An expirable field makes n8n run preAuthentication; not being empty, it does so in tests only.
			displayName: 'Session',
			name: 'session',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: 'none',
		},
	];

	/** The credential test: n8n's own rules could not tell errno 10000 from all the unknown others. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const { body: content, ...call } = HARMLESS_READ;
		const request = signRequest(credentials, { ...call, body: JSON.stringify(content) });
		const { body } = await signInCall(this.helpers, 'Kingsoft Cloud', request);
		if (body.errno !== SUCCESS) {
			const secrets = [credentials.appSecret, request.headers?.Sign].map(String);
			const text = redact(String(body.errmsg ?? 'no reason given'), secrets);
			throw new SignInProblem(
				`Kingsoft Cloud refused the call: ${text} (errno ${String(body.errno)}). Check AppId, Secret, Signature Rule and Timestamp Unit.`,
				String(body.errno),
			);
		}
		return {};
	}

	/** AppId, Timestamp and Sign are made anew for every attempt. */
	authenticate: IAuthenticate = async (credentials, request) => {
		needSessionInTest(request);
		return signRequest(credentials, request);
	};

	/** preAuthentication is the test; this harmless read only makes n8n run it. */
	test: ICredentialTestRequest = {
		request: { ...HARMLESS_READ, headers: { ...HARMLESS_READ.headers, ...testMark } },
	};
}
