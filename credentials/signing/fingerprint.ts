import { createHash } from 'node:crypto';

/** A short, one-way name for an account and its secret; it tells sessions of different accounts apart. */
export function fingerprint(...parts: readonly string[]): string {
	return createHash('sha256').update(parts.join('\n'), 'utf8').digest('hex').slice(0, 16);
}
