import type { IHttpRequestOptions } from 'n8n-workflow';

/** Thrown where an address may not be used; the message names the field and what to do. */
export class AddressProblem extends Error {}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export function withoutTrailingSlash(address: string): string {
	return address.replace(/\/+$/, '');
}

/**
 * Drops trailing slashes and refuses what would send secrets in clear text: only https, plain http for
 * loopback and for the hosts that the vendor itself serves without https.
 *
 * @throws AddressProblem
 */
export function checkedAddress(
	address: unknown,
	field: string,
	plainHttpHosts: readonly string[] = [],
): string {
	const text = typeof address === 'string' ? withoutTrailingSlash(address.trim()) : '';
	if (!URL.canParse(text)) {
		throw new AddressProblem(
			`${field} is not an address: "${text}". Enter it with its scheme, such as https://api.example.com`,
		);
	}
	const { protocol, hostname } = new URL(text);
	const plainHttpAllowed = LOOPBACK.test(hostname) || plainHttpHosts.includes(hostname);
	if (protocol !== 'https:' && !(protocol === 'http:' && plainHttpAllowed)) {
		throw new AddressProblem(
			`${field} must start with https:// ("${text}"); plain http would show the signature to everybody on the way`,
		);
	}
	return text;
}

/** Puts a whole address where the request has its own: the HTTP Request node says `uri` for `url`. */
export function setAddress(request: IHttpRequestOptions, address: string): void {
	const legacy = request as IHttpRequestOptions & { uri?: string };
	if (legacy.uri !== undefined && legacy.url === undefined) legacy.uri = address;
	else legacy.url = address;
}

/**
 * The address a request goes to. The nodes give a path, which is completed with the credential's own
 * address; n8n's HTTP Request node gives a whole address in `url` or `uri`, which stays as it is.
 *
 * @throws AddressProblem
 */
export function completeAddress(
	request: IHttpRequestOptions,
	apiAddress: string,
	plainHttpHosts: readonly string[] = [],
): URL {
	const legacy = request as IHttpRequestOptions & { uri?: string };
	const given = legacy.url ?? legacy.uri ?? '';
	const whole = URL.canParse(given) ? given : `${request.baseURL ?? apiAddress}${given}`;
	const url = new URL(whole);
	checkedAddress(url.origin, 'The address of the request', plainHttpHosts);
	delete request.baseURL;
	setAddress(request, whole);
	return url;
}
