import { createHash } from 'node:crypto';

import { chinaText, readChinaText } from '../clock.mts';

/** Upper-case hex MD5 (sheet §2.1). */
export function signature(accountId: string, apiSecret: string, timestamp: string): string {
	return createHash('md5')
		.update(accountId + apiSecret + timestamp)
		.digest('hex')
		.toUpperCase();
}

/** `yyyyMMddHHmmss` in China time, from epoch ms. */
export function timestampText(epochMs: number): string {
	return chinaText(epochMs).replace(/\D/g, '');
}

/** Epoch ms of `yyyyMMddHHmmss` in China time; `null` when it is no such time. */
export function readTimestamp(text: string): number | null {
	const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
	if (match === null) return null;
	const [, year, month, day, hour, minute, second] = match;
	return readChinaText(`${year}-${month}-${day} ${hour}:${minute}:${second}`);
}

/** Account and time stamp of an `Authorization` header; `null` when it is not of that form. */
export function readAuthorization(header: string): { accountId: string; timestamp: string } | null {
	const text = Buffer.from(header, 'base64').toString('utf8');
	// Node's decoder forgives; the exact text must come back.
	if (Buffer.from(text, 'utf8').toString('base64') !== header) return null;
	const match = /^([^:]+):(\d{14})$/.exec(text);
	return match === null ? null : { accountId: match[1] ?? '', timestamp: match[2] ?? '' };
}
