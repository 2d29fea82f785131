import { createHash } from 'node:crypto';

/** `yyyyMMddHHmmss` of an instant (epoch ms) on a clock that is `offsetMs` ahead of UTC. */
export function timestampAt(instant: number, offsetMs: number): string {
	return new Date(instant + offsetMs).toISOString().replace(/\D/g, '').slice(0, 14);
}

/** The query parameter `sig`: upper-case hex MD5 of the three joined (sheet 7moor §2.1). */
export function signature(accountId: string, apiSecret: string, timestamp: string): string {
	return createHash('md5')
		.update(`${accountId}${apiSecret}${timestamp}`, 'utf8')
		.digest('hex')
		.toUpperCase();
}

/** The header `Authorization`, which has no "Basic" before it (sheet 7moor §2.1). */
export function authorization(accountId: string, timestamp: string): string {
	return Buffer.from(`${accountId}:${timestamp}`, 'utf8').toString('base64');
}
