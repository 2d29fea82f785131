import { createCipheriv, createHash, createHmac } from 'node:crypto';

import axios from 'axios';
import type { AxiosResponse } from 'axios';

import type { Sandbox } from '../../sandbox/index.mts';

/** Answers stay text, so that no digit is lost on the way to an assertion. */
const http = axios.create({
	responseType: 'text',
	transformResponse: (text: string) => text,
	validateStatus: () => true,
	timeout: 3000,
});

export type Headers = Record<string, string | undefined>;
export type Query = Record<string, string | undefined>;

export interface Answer {
	status: number;
	text: string;
	json: Record<string, unknown>;
}

export interface Changes {
	headers?: Headers;
	query?: Query;
	/** Sent as it is; default: JSON text of the body. */
	raw?: string | FormData;
}

function readAnswer(response: AxiosResponse<string>): Answer {
	return {
		status: response.status,
		text: response.data,
		get json() {
			return JSON.parse(response.data) as Record<string, unknown>;
		},
	};
}

export async function call(
	method: string,
	url: string,
	{ headers = {}, query = {}, raw }: Changes,
): Promise<Answer> {
	const given = Object.entries(query).filter(
		(pair): pair is [string, string] => pair[1] !== undefined,
	);
	const search = given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
	const sent = Object.entries(headers).filter(([, value]) => value !== undefined);
	return readAnswer(
		await http.request<string>({
			method,
			url: search === '' ? url : `${url}?${search}`,
			headers: Object.fromEntries(sent),
			...(raw === undefined ? {} : { data: raw }),
		}),
	);
}

export const get = async (url: string) => await call('GET', url, {});

const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' };
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const bodyText = (body: unknown) => (body === undefined ? undefined : JSON.stringify(body));

/** `POST /workorder/api/ticket/<name>`, or a GET where there is no body; signed by rule A. */
export async function kingsoft(
	sandbox: Sandbox,
	name: string,
	body?: unknown,
	{ headers, query, raw }: Changes = {},
): Promise<Answer> {
	const { appId, secret } = sandbox.accounts.kingsoftCloud;
	const timestamp = headers?.['Timestamp'] ?? String(sandbox.clock.now());
	const data = raw ?? bodyText(body);
	const isForm = data instanceof FormData;
	return await call(
		data === undefined ? 'GET' : 'POST',
		`${sandbox.addresses.kingsoftCloud}/workorder/api/ticket/${name}`,
		{
			headers: {
				...(data === undefined || isForm ? {} : JSON_TYPE),
				AppId: appId,
				Timestamp: timestamp,
				Sign: md5(appId + secret + timestamp),
				...headers,
			},
			query,
			raw: data,
		},
	);
}

/** `YYYYMMDDHHmmss`, UTC+8. */
export const chinaDigits = (epochMs: number) =>
	new Date(epochMs + 8 * 3600 * 1000).toISOString().slice(0, 19).replace(/\D/g, '');

export async function sevenMoor(
	sandbox: Sandbox,
	action: 'query' | 'add' | 'update',
	body: unknown,
	{
		accountId = sandbox.accounts.sevenMoor.accountId,
		apiSecret = sandbox.accounts.sevenMoor.apiSecret,
		timestamp = chinaDigits(sandbox.clock.now()),
		headers,
		query,
	}: Changes & { accountId?: string; apiSecret?: string; timestamp?: string } = {},
): Promise<Answer> {
	return await call(
		'POST',
		`${sandbox.addresses.sevenMoor}/v20210827/business/${action}Dictionary/${accountId}`,
		{
			headers: {
				...JSON_TYPE,
				Authorization: Buffer.from(`${accountId}:${timestamp}`).toString('base64'),
				...headers,
			},
			query: { sig: md5(accountId + apiSecret + timestamp).toUpperCase(), ...query },
			raw: bodyText(body),
		},
	);
}

export async function weibanToken(
	sandbox: Sandbox,
	body: unknown = {
		corp_id: sandbox.accounts.weiban.corpId,
		secret: sandbox.accounts.weiban.secret,
	},
): Promise<Answer> {
	return await call('POST', `${sandbox.addresses.weiban}/open-api/access_token/get`, {
		headers: JSON_TYPE,
		raw: JSON.stringify(body),
	});
}

export async function weiban(sandbox: Sandbox, name: string, query: Query): Promise<Answer> {
	return await call('GET', `${sandbox.addresses.weiban}/open-api/workorder/${name}`, { query });
}

/** authority_info as the sheet's §2.2 describes it. */
export function authorityInfo(token: string, userId: string): string {
	const cipher = createCipheriv('aes-128-cbc', '2c17e560c500f55c', '5e8y6w45ju8w9jq8');
	return cipher.update(`${token},${userId}`, 'utf8', 'base64') + cipher.final('base64');
}

/** A scheme A call as the seed's curl makes it. */
export async function kingdee(
	sandbox: Sandbox,
	path: string,
	body: unknown,
	{ headers, query, raw }: Changes = {},
): Promise<Answer> {
	const account = sandbox.accounts.kingdee;
	const token = query?.['access_token'] ?? account.accessToken;
	const userId = headers?.['Appuserid'] ?? account.userId;
	const data = raw ?? bodyText(body);
	return await call('POST', sandbox.addresses.kingdee + path, {
		headers: {
			...(data instanceof FormData ? {} : JSON_TYPE),
			groupName: account.groupName,
			accountId: account.accountId,
			'X-GW-Router-Addr': account.idcDomain,
			Appuserid: userId,
			...headers,
		},
		query: { access_token: token, authority_info: authorityInfo(token, userId), ...query },
		raw: data,
	});
}

export const hexBase64 = (secret: string, message: string) =>
	Buffer.from(createHmac('sha256', secret).update(message).digest('hex')).toString('base64');

/** A scheme B call; for ASCII names and values encodeURIComponent twice is the vendor's encoding. */
export async function kingdeeSigned(
	sandbox: Sandbox,
	method: 'GET' | 'POST',
	path: string,
	query: Record<string, string>,
	headers: Headers = {},
): Promise<Answer> {
	const account = sandbox.accounts.kingdee;
	const nonce = headers['X-Api-Nonce'] ?? '4427456950';
	const timestamp = headers['X-Api-TimeStamp'] ?? String(sandbox.clock.now());
	const twice = (text: string) => encodeURIComponent(encodeURIComponent(text));
	const pairs = Object.entries(query).map(([name, value]) => `${name}=${twice(value)}`);
	const message = `${method}\n${encodeURIComponent(path)}\n${pairs.sort().join('&')}\nx-api-nonce:${nonce}\nx-api-timestamp:${timestamp}\n`;
	return await call(method, sandbox.addresses.kingdee + path, {
		headers: {
			'X-Api-ClientID': account.clientId,
			'X-Api-Auth-Version': '2.0',
			'X-Api-TimeStamp': timestamp,
			'X-Api-SignHeaders': 'X-Api-TimeStamp,X-Api-Nonce',
			'X-Api-Nonce': nonce,
			'X-Api-Signature': hexBase64(account.clientSecret, message),
			...headers,
		},
		query,
	});
}
