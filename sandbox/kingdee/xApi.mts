import { createHmac } from 'node:crypto';

const percent = (text: string, kept: RegExp) =>
	[...Buffer.from(text, 'utf8')]
		.map((byte) => {
			const character = String.fromCharCode(byte);
			if (kept.test(character)) return character;
			if (character === ' ') return '+';
			return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
		})
		.join('');

/** Encoder of the official Java client 0.1.5. */
const encode = (text: string) => percent(text, /[A-Za-z0-9\-_.~]/);

/** Java's URLEncoder: the first pass over values. */
const encodeValue = (text: string) => percent(text, /[A-Za-z0-9.\-*_]/);

/** Five lines, each ending in LF, also the last (sheet §2.4). `query` is as sent, without `?`. */
export function stringToSign(
	method: string,
	path: string,
	query: string,
	nonce: string,
	timestamp: string,
): string {
	const pairs = [...new URLSearchParams(query)].map(([name, value]) => ({
		name: encode(name),
		value: encodeValue(value),
	}));
	// Sorted as joined text after the first pass: `page=` stands after `page1=`.
	pairs.sort((one, other) => compare(`${one.name}=${one.value}`, `${other.name}=${other.value}`));
	return [
		method.toUpperCase(),
		encode(path),
		pairs.map(({ name, value }) => `${encode(name)}=${encode(value)}`).join('&'),
		`x-api-nonce:${nonce}`,
		`x-api-timestamp:${timestamp}`,
		'',
	].join('\n');
}

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** Base64 of the lower-case hex text of the HMAC, not of its raw bytes. */
export function hmacText(secret: string, message: string): string {
	const hex = createHmac('sha256', secret).update(message).digest('hex');
	return Buffer.from(hex, 'ascii').toString('base64');
}

export const appSignature = (appKey: string, appSecret: string) => hmacText(appSecret, appKey);
