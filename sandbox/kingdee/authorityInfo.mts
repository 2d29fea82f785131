import { createCipheriv, createDecipheriv } from 'node:crypto';

// Published constants, the same for everybody (sheet §2.2).
const KEY = '2c17e560c500f55c';
const IV = '5e8y6w45ju8w9jq8';

/** Base64 of AES-128-CBC over `access_token,user id` (sheet §2.2). */
export function authorityInfo(accessToken: string, userId: string): string {
	const cipher = createCipheriv('aes-128-cbc', KEY, IV);
	const text = `${accessToken},${userId}`;
	return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** `null` when it does not decrypt. */
export function readAuthorityInfo(text: string): { accessToken: string; userId: string } | null {
	try {
		const decipher = createDecipheriv('aes-128-cbc', KEY, IV);
		const plain = Buffer.concat([decipher.update(text, 'base64'), decipher.final()]);
		const [accessToken, userId, ...more] = plain.toString('utf8').split(',');
		if (accessToken === undefined || userId === undefined || more.length > 0) return null;
		return authorityInfo(accessToken, userId) === text ? { accessToken, userId } : null;
	} catch {
		return null;
	}
}
