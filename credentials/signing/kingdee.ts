import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

/**
 * `authority_info` of 为谷 calls: Base64 of AES-128-CBC, PKCS#7, over "access_token,user id"; key and IV
 * are 16 ASCII characters each (sheet kingdee §2.2). Deterministic: it changes with token and user only.
 */
export function authorityInfo(
	accessToken: string,
	userId: string,
	aesKey: string,
	aesIv: string,
): string {
	const cipher = createCipheriv('aes-128-cbc', aesKey, aesIv);
	const plain = `${accessToken},${userId}`;
	return Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

/** One call in the form that the X-Api signature covers; the body is not signed. */
export interface ApiCall {
	readonly method: string;
	/** Percent-decoded, without host and query. */
	readonly path: string;
	/** Names and values, percent-decoded. */
	readonly query: ReadonlyArray<readonly [name: string, value: string]>;
	/** Digits of a random positive integer. */
	readonly nonce: string;
	/** Epoch ms, 13 digits; valid for 5 minutes. */
	readonly timestamp: string;
}

/** Left as they are by every encoder. */
const PLAIN = /^[\w.-]*$/;

/** Percent-encodes UTF-8 with "+" for a space, and those that JavaScript would leave as they are. */
function percentEncode(text: string, leftByJavaScript: RegExp): string {
	if (PLAIN.test(text)) return text;
	// Half of a surrogate pair has no UTF-8: it goes out as the replacement character.
	return encodeURIComponent(text.toWellFormed())
		.replaceAll('%20', '+')
		.replace(
			leftByJavaScript,
			(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
		);
}

/** Encoder of Kingdee's own Java client 0.1.5: keeps letters, digits and -_.~ */
const encode = (text: string) => percentEncode(text, /[!*'()]/g);

/** Java's URLEncoder, which the client uses for the first pass over values: keeps `*`, encodes `~`. */
const encodeValue = (text: string) => percentEncode(text, /[!~'()]/g);

/**
 * The string that X-Api-Signature signs: five lines, each ended by LF, the last one too; query pairs are
 * encoded twice and sorted as joined text after the first pass, so `page1=` stands before `page=`
 * (sheet kingdee §2.4).
 */
export function apiMessage({ method, path, query, nonce, timestamp }: ApiCall): string {
	const once = query.map(([name, value]) => [encode(name), encodeValue(value)] as const);
	const joined = once
		.map((pair) => ({ text: pair.join('='), pair }))
		.sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)))
		.map(({ pair }) => pair.map(encode).join('='))
		.join('&');
	const lines = [
		method.toUpperCase(),
		encode(path),
		joined,
		`x-api-nonce:${nonce}`,
		`x-api-timestamp:${timestamp}`,
	];
	return lines.map((line) => `${line}\n`).join('');
}

/** Base64 of the lower-case hex text of the HMAC, not of its bytes: always 88 characters. */
function hmacText(secret: string, message: string): string {
	const hex = createHmac('sha256', secret).update(message, 'utf8').digest('hex');
	return Buffer.from(hex, 'ascii').toString('base64');
}

/** `X-Api-Signature` of a call (sheet kingdee §2.4). */
export function apiSignature(call: ApiCall, clientSecret: string): string {
	return hmacText(clientSecret, apiMessage(call));
}

/** `app_signature` of the token call (sheet kingdee §2.4). */
export function appSignature(appKey: string, appSecret: string): string {
	return hmacText(appSecret, appKey);
}

/**
 * Decrypts a privacy field, such as a phone number of the user list: AES-256-CBC, PKCS#7, the key is the
 * client secret as 32 ASCII characters (sheet kingdee §2.4). Undefined where it was not made with it.
 */
export function decryptPrivacyField(
	encrypted: string,
	clientSecret: string,
	aesIv: string,
): string | undefined {
	try {
		const decipher = createDecipheriv('aes-256-cbc', clientSecret, aesIv);
		const plain = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
		return plain.toString('utf8');
	} catch {
		return undefined;
	}
}
