import type { Sandbox } from '../../sandbox/index.mts';
import { call, weibanToken } from './clients.mts';
import type { Query } from './clients.mts';

export interface Envelope {
	errcode: number;
	errmsg: string;
	[name: string]: unknown;
}

/** Logs in once and calls `/open-api/<path>`. */
export async function weibanCaller(sandbox: Sandbox) {
	const access_token = String((await weibanToken(sandbox)).json['access_token']);
	const url = (path: string) => `${sandbox.addresses.weiban}/open-api/${path}`;
	return {
		get: async (path: string, query: Query = {}) =>
			(await call('GET', url(path), { query: { access_token, ...query } })).json as Envelope,
		post: async (path: string, body: unknown) =>
			(
				await call('POST', url(path), {
					headers: { 'content-type': 'application/json' },
					query: { access_token },
					raw: JSON.stringify(body),
				})
			).json as Envelope,
	};
}
