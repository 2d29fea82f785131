import { createDecipheriv, hash } from 'node:crypto';

/**
 * Signature of an event callback: lower-case hex SHA-1 of the four strings sorted and joined
 * (sheet weiban §6.2).
 */
export function callbackSignature(
	token: string,
	timestamp: string,
	nonce: string,
	encrypted: string,
): string {
	return hash('sha1', [token, timestamp, nonce, encrypted].sort().join(''));
}

/** The key that an EncodingAESKey stands for; undefined where it is none. */
function callbackKey(encodingAesKey: string): Buffer | undefined {
	return ENCODING_AES_KEY.test(encodingAesKey)
		? Buffer.from(`${encodingAesKey}=`, 'base64')
		: undefined;
}

/** Whether a text can be an EncodingAESKey: 43 characters of Base64 (sheet weiban §6.2). */
export function isEncodingAesKey(text: string): boolean {
	return callbackKey(text) !== undefined;
}

export interface CallbackText {
	readonly message: string;
	readonly receiveId: string;
}

const ENCODING_AES_KEY = /^[A-Za-z0-9+/]{43}$/;
const BLOCK = 32;
const HEADER = 16 + 4;

/**
 * Decrypts a callback: AES-256-CBC, IV = first half of the key, padded to blocks of 32 bytes, so the
 * library's own 16-byte unpadding has to stay off (sheet weiban §6.2). Undefined where the text was not
 * made with this key.
 */
export function decryptCallback(
	encodingAesKey: string,
	encrypted: string,
): CallbackText | undefined {
	const key = callbackKey(encodingAesKey);
	const input = Buffer.from(encrypted, 'base64');
	if (key === undefined || input.length === 0 || input.length % BLOCK !== 0) return undefined;
	const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
	decipher.setAutoPadding(false);
	const plain = Buffer.concat([decipher.update(input), decipher.final()]);
	const padding = plain[plain.length - 1] ?? 0;
	const content = plain.subarray(0, Math.max(0, plain.length - padding));
	const isPadded = plain.subarray(content.length).every((byte) => byte === padding);
	if (padding < 1 || padding > BLOCK || !isPadded || content.length < HEADER) return undefined;
	const end = HEADER + content.readUInt32BE(16);
	if (end > content.length) return undefined;
	return {
		message: content.subarray(HEADER, end).toString('utf8'),
		receiveId: content.subarray(end).toString('utf8'),
	};
}
