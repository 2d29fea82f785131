import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { withoutTrailingSlash } from './apiAddress';
import type { Limit, Turn } from './governor';

/** A limit as a vendor publishes it. */
export interface VendorLimit extends Limit {
	/** What counts together: calls of one endpoint, of one kind (reads, writes) or all of the account. */
	readonly of: 'endpoint' | 'kind' | 'account';
}

/** What a person chose for the calls of a node. */
export interface Pace {
	/** Own limit of the node for each endpoint; above the vendor's it widens that. */
	readonly requestsPerMinute?: number;
	/** Calls under way at once; above the vendor's limit it widens that. */
	readonly maxConcurrent?: number;
	/** Part of the vendor's limits that this process may use, up to 1. */
	readonly share?: number;
}

export interface CallToGovern {
	/** See `accountKey`. */
	readonly account: string;
	/** Tells this node from others; see `Pace.requestsPerMinute`. */
	readonly node: string;
	readonly path: string;
	readonly kind: string;
	/** Those of calls under way at once last: nobody is to hold a place among them while waiting. */
	readonly limits: readonly VendorLimit[];
}

export const MINUTE_MS = 60_000;

/**
 * Names the account whose limits a call counts for, by fields of the credential that are no secrets; the
 * same for every credential, node and execution that uses the account.
 */
export function accountKey(
	credentialType: string,
	credentials: ICredentialDataDecryptedObject,
	fields: readonly string[],
): string {
	const values = fields.map((field) =>
		withoutTrailingSlash(String(credentials[field] ?? '').trim()),
	);
	return JSON.stringify([credentialType, ...values]);
}

function widening(limits: readonly VendorLimit[], { requestsPerMinute = 0 }: Pace): number {
	const perMinute = limits.find(({ withinMs }) => withinMs === MINUTE_MS)?.calls ?? Infinity;
	return Math.max(1, requestsPerMinute / perMinute);
}

/** The vendor's limits for a call, in the order in which it waits for them. */
export function vendorTurns(call: CallToGovern, pace: Pace): Turn[] {
	const { account, path, kind, limits } = call;
	const { maxConcurrent = 0, share = 1 } = pace;
	const wider = widening(limits, pace);
	const names = { endpoint: path, kind, account: '' };
	const turns = new Map<string, Limit[]>();
	for (const { of, withinMs, calls } of limits) {
		const key = `${account} ${of} ${names[of]}`;
		const most = withinMs === undefined ? Math.max(calls, maxConcurrent) : calls * wider;
		const limit = { calls: Math.max(1, Math.floor(most * share)), withinMs };
		turns.set(key, [...(turns.get(key) ?? []), limit]);
	}
	return [...turns].map(([key, limits]) => ({ key, limits }));
}

/** The limit that a person set for the node; none where nobody did. */
export function ownTurns({ account, node, path }: CallToGovern, pace: Pace): Turn[] {
	if (pace.requestsPerMinute === undefined) return [];
	const limits = [{ calls: pace.requestsPerMinute, withinMs: MINUTE_MS }];
	return [{ key: `${account} node ${node} ${path}`, limits }];
}
