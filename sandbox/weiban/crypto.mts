import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const BLOCK = 32;

/** Lower-case hex SHA-1 over the sorted, joined strings (sheet §6.2). */
export function signCallback(
	token: string,
	timestamp: string,
	nonce: string,
	encrypted: string,
): string {
	const joined = [token, timestamp, nonce, encrypted].sort().join('');
	return createHash('sha1').update(joined).digest('hex');
}

const keyOf = (encodingAesKey: string) => Buffer.from(`${encodingAesKey}=`, 'base64');

/** Base64 of 16 random bytes, the length, the message and the receive id, padded to 32. */
export function encryptCallback(
	encodingAesKey: string,
	message: string,
	receiveId: string,
	random: Buffer = randomBytes(16),
): string {
	const key = keyOf(encodingAesKey);
	const content = Buffer.from(message, 'utf8');
	const length = Buffer.alloc(4);
	length.writeUInt32BE(content.length);
	const plain = Buffer.concat([random, length, content, Buffer.from(receiveId, 'utf8')]);
	const padding = BLOCK - (plain.length % BLOCK);
	const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
	const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
	return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

export function decryptCallback(
	encodingAesKey: string,
	encrypted: string,
): { random: Buffer; message: string; receiveId: string } {
	const key = keyOf(encodingAesKey);
	const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
	const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
	const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
	const length = plain.readUInt32BE(16);
	return {
		random: plain.subarray(0, 16),
		message: plain.subarray(20, 20 + length).toString('utf8'),
		receiveId: plain.subarray(20 + length).toString('utf8'),
	};
}
