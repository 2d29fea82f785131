import { randomInt } from 'node:crypto';

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { completeAddress, setAddress, withoutTrailingSlash } from '../../lib/apiAddress';
import { isJsonObject } from '../../lib/json';
import { apiSignature, authorityInfo } from '../signing/kingdee';
import type { Tenant } from './account';

/** Which of the gateway's two schemes a path wants (sheet kingdee §2). */
export type Scheme = 'user' | 'app' | 'appToken';

export const currentUserPath = '/weigusoft/basedata/get_current_user_info';

/** They take the access token alone in the query (sheet kingdee §3.1). */
const tokenOnlyPaths = new Set([currentUserPath, '/jdy/basedata/attachment_upload']);

const userParameters = ['access_token', 'authority_info'];

/** A request whose address is complete. */
export interface Target {
	readonly url: URL;
	/** Percent-decoded, below the API address. */
	readonly path: string;
}

/** Completes the address; see `completeAddress`. */
export function aim(request: IHttpRequestOptions, apiAddress: string): Target {
	const url = completeAddress(request, apiAddress);
	// A proxy may stand below a path of its own; the gateway never sees that part.
	const base = withoutTrailingSlash(new URL(apiAddress).pathname);
	const path = url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : url.pathname;
	return { url, path: decoded(path) };
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

export function schemeOf({ path }: Target): Scheme {
	if (path.startsWith('/jdy/v2/')) return 'appToken';
	return path.startsWith('/jdyconnector/') ? 'app' : 'user';
}

function givesContentType(request: IHttpRequestOptions): boolean {
	const named = Object.keys(request.headers ?? {}).some((name) => /^content-type$/i.test(name));
	const legacy = request as { form?: unknown; formData?: unknown };
	// A multipart form brings its own type with the boundary in it.
	const form = request.body instanceof FormData || 'getHeaders' in Object(request.body);
	return named || form || legacy.form !== undefined || legacy.formData !== undefined;
}

function addHeaders(request: IHttpRequestOptions, headers: IDataObject): void {
	request.headers = {
		...(givesContentType(request) ? {} : { 'Content-Type': 'application/json' }),
		...request.headers,
		...headers,
	};
	// n8n's helper sends no body at all for an empty object; the gateway wants one.
	if (isJsonObject(request.body) && Object.getPrototypeOf(request.body) === Object.prototype) {
		if (Object.keys(request.body).length === 0) request.body = '{}';
	}
}

/** The vendor prints its addresses with `?access_token=&authority_info=`, and people paste them so. */
function dropPasted(request: IHttpRequestOptions, { url }: Target): void {
	const pasted = userParameters.filter((name) => url.searchParams.has(name));
	for (const name of pasted) url.searchParams.delete(name);
	if (pasted.length > 0) setAddress(request, url.href);
}

/**
 * Scheme A: access token and authority_info in the query, tenant and user in headers, the token once
 * more in a header as in the seed's curl (seed kingdee; sheet §2.0 to §2.2).
 */
export function signAsUser(
	request: IHttpRequestOptions,
	target: Target,
	accessToken: string,
	{ userId, groupName, accountId, domain }: Tenant,
	{ aesKey, aesIv }: { aesKey: string; aesIv: string },
): void {
	dropPasted(request, target);
	request.qs = {
		...request.qs,
		access_token: accessToken,
		...(tokenOnlyPaths.has(target.path)
			? {}
			: { authority_info: authorityInfo(accessToken, userId, aesKey, aesIv) }),
	};
	addHeaders(request, {
		groupName,
		accountId,
		'X-GW-Router-Addr': domain,
		...(userId === '' ? {} : { Appuserid: userId }),
		access_token: accessToken,
	});
}

function queryPairs({ url }: Target, qs: IDataObject = {}): Array<[string, string]> {
	const given = Object.entries(qs).flatMap(([name, value]) =>
		(Array.isArray(value) ? value : [value])
			.filter((entry) => entry !== undefined && entry !== null)
			.map((entry): [string, string] => [name, String(entry)]),
	);
	return [...url.searchParams, ...given];
}

/** What signs a call of scheme B. */
export interface AppIdentity {
	readonly clientId: string;
	readonly clientSecret: string;
	readonly appToken?: string;
	readonly domain?: string;
}

/**
 * Scheme B: X-Api-* headers signed with the client secret, plus app-token and router for 星辰 v2 calls
 * (sheet kingdee §2.4). The query moves into the address, because the signature must cover exactly
 * what is sent.
 */
export function signAsApp(
	request: IHttpRequestOptions,
	target: Target,
	{ clientId, clientSecret, appToken, domain }: AppIdentity,
): void {
	const query = queryPairs(target, request.qs);
	target.url.search = query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
	setAddress(request, target.url.href);
	delete request.qs;
	const call = {
		method: request.method ?? 'GET',
		path: target.path,
		query,
		nonce: String(randomInt(1_000_000_000, 10_000_000_000)),
		timestamp: String(Date.now()),
	};
	addHeaders(request, {
		'X-Api-ClientID': clientId,
		'X-Api-Auth-Version': '2.0',
		'X-Api-TimeStamp': call.timestamp,
		'X-Api-SignHeaders': 'X-Api-TimeStamp,X-Api-Nonce',
		'X-Api-Nonce': call.nonce,
		'X-Api-Signature': apiSignature(call, clientSecret),
		...(appToken === undefined || appToken === '' ? {} : { 'app-token': appToken }),
		...(domain === undefined ? {} : { 'X-GW-Router-Addr': domain }),
	});
}
