import { jsonReply } from '../http.mts';
import type { Call, Reply } from '../http.mts';
import { kingdeeAccount as account } from './account.mts';
import { hmacText, stringToSign } from './xApi.mts';

/** Constants of the Java client 0.1.5 (sheet §4.2); the descriptions are ours, but for 4008. */
export const GATEWAY = {
	authTypeNotSupported: [4001, 'auth type not supported'],
	clientIdEmpty: [4002, 'client id is empty'],
	clientIdInvalid: [4003, 'client id is invalid'],
	clientSecretEmpty: [4004, 'client secret is empty'],
	clientPairInvalid: [4005, 'client id and secret do not match'],
	timestampInvalid: [4006, 'X-Api-TimeStamp is invalid'],
	signHeadersInvalid: [4007, 'X-Api-SignHeaders is invalid'],
	signatureInvalid: [4008, 'X-Api-Signature is invalid'],
	tokenEmpty: [4009, 'access_token is empty'],
	tokenInvalid: [4010, 'access_token is invalid'],
	tokenExpired: [4011, 'access_token is expired'],
	apiNotFound: [5001, 'API not found'],
	methodNotAllowed: [5002, 'method not allowed'],
} as const;

const TIMESTAMP_WINDOW_MS = 5 * 60 * 1000;

/** HTTP 519 with the code in the body (sheet §4.1). */
export function gatewayReply([errcode, description]: readonly [number, string]): Reply {
	return jsonReply({ errcode, description }, { status: 519, refusal: `${errcode} ${description}` });
}

/** Checks the X-Api-* headers (sheet §2.4). */
export function checkXApi(call: Call, now: number): Reply | null {
	const header = (name: string) => call.headers[name] ?? '';
	const clientId = header('x-api-clientid');
	const nonce = header('x-api-nonce');
	const timestamp = header('x-api-timestamp');
	if (clientId === '') return gatewayReply(GATEWAY.clientIdEmpty);
	if (clientId !== account.clientId) return gatewayReply(GATEWAY.clientIdInvalid);
	if (header('x-api-auth-version') !== '2.0') return gatewayReply(GATEWAY.authTypeNotSupported);
	if (!/^\d{13}$/.test(timestamp) || Math.abs(Number(timestamp) - now) > TIMESTAMP_WINDOW_MS) {
		return gatewayReply(GATEWAY.timestampInvalid);
	}
	const signHeaders = header('x-api-signheaders')
		.split(',')
		.map((name) => name.trim().toLowerCase())
		.sort()
		.join();
	if (signHeaders !== 'x-api-nonce,x-api-timestamp' || !/^[1-9]\d*$/.test(nonce)) {
		return gatewayReply(GATEWAY.signHeadersInvalid);
	}
	const query = call.rawUrl.split('?').slice(1).join('?');
	const message = stringToSign(call.method, call.path, query, nonce, timestamp);
	return header('x-api-signature') === hmacText(account.clientSecret, message)
		? null
		: gatewayReply(GATEWAY.signatureInvalid);
}
