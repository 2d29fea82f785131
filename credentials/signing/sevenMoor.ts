import { createHash, hash } from 'node:crypto';

import { sameText } from './sameText';

/** `yyyyMMddHHmmss` of an instant (epoch ms) on a clock that is `offsetMs` ahead of UTC. */
export function timestampAt(instant: number, offsetMs: number): string {
	return new Date(instant + offsetMs).toISOString().replace(/\D/g, '').slice(0, 14);
}

/** The query parameter `sig`: upper-case hex MD5 of the three joined (sheet 7moor §2.1). */
export function signature(accountId: string, apiSecret: string, timestamp: string): string {
	return hash('md5', `${accountId}${apiSecret}${timestamp}`).toUpperCase();
}

/** The header `Authorization`, which has no "Basic" before it (sheet 7moor §2.1). */
export function authorization(accountId: string, timestamp: string): string {
	return Buffer.from(`${accountId}:${timestamp}`, 'utf8').toString('base64');
}

const OFFSET = /^([+-])(0\d|1[0-4]):([0-5]\d)$/;

/** Milliseconds of an offset such as "+08:00"; undefined where the text is none. */
export function zoneOffsetMs(text: string): number | undefined {
	const [, sign, hours, minutes] = OFFSET.exec(text) ?? [];
	if (sign === undefined) return undefined;
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Names a content: the same for the same bytes. */
export function contentHash(content: string | Uint8Array): string {
	return createHash('sha256').update(content).digest('hex').slice(0, 24);
}

const VALIDITY_MS = 5 * 60_000;

export interface SignedCall {
	/** Header and query parameter as they came. */
	readonly authorization: string;
	readonly sig: string;
}

/** Whether a call to us carries the vendor's own signature, made within the last 5 minutes (sheet 7moor §2.1). */
export function isSignedBy(
	call: SignedCall,
	account: { readonly accountId: string; readonly apiSecret: string; readonly offsetMs: number },
	now: number,
): boolean {
	const { accountId, apiSecret, offsetMs } = account;
	const decoded = Buffer.from(call.authorization, 'base64').toString('utf8');
	const timestamp = decoded.slice(-14);
	// Fourteen digits sort like the times they stand for.
	const fresh =
		/^\d{14}$/.test(timestamp) &&
		timestamp >= timestampAt(now - VALIDITY_MS, offsetMs) &&
		timestamp <= timestampAt(now + VALIDITY_MS, offsetMs);
	const authentic = sameText(call.authorization, authorization(accountId, timestamp));
	const signed = sameText(call.sig, signature(accountId, apiSecret, timestamp));
	return fresh && authentic && signed;
}
