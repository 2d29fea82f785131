import { sameText } from '../../../credentials/signing/sameText';
import { isSignedBy } from '../../../credentials/signing/sevenMoor';
import type { JsonObject } from '../../../lib/json';
import { isAmong, type AddressRange } from './addresses';
import { readPush } from './stepEvent';

/** A call to the webhook, as it came. */
export interface Delivery {
	/** Address of the sender as n8n sees it. */
	readonly address: string | undefined;
	/** By lower-case name. */
	readonly headers: Readonly<Record<string, unknown>>;
	readonly query: Readonly<Record<string, unknown>>;
	/** Undefined where n8n keeps no bytes, as with forms. */
	readonly body: Uint8Array | undefined;
}

/** What a delivery has to show; what is left out is not asked for. */
export interface Guard {
	readonly addresses?: readonly AddressRange[];
	readonly secret?: { readonly header: string; readonly value: string };
	readonly account?: {
		readonly accountId: string;
		readonly apiSecret: string;
		readonly offsetMs: number;
	};
}

export class Refusal {
	readonly status: number;
	readonly reason: string;

	constructor(status: number, reason: string) {
		this.status = status;
		this.reason = reason;
	}
}

const LARGEST_BODY = 1024 * 1024;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function knowsSecret({ headers }: Delivery, secret: NonNullable<Guard['secret']>): boolean {
	// An empty secret would let everybody in who sends nothing.
	const given = textOf(headers[secret.header.toLowerCase()]);
	return secret.value !== '' && sameText(given, secret.value);
}

function isSigned(delivery: Delivery, account: NonNullable<Guard['account']>, now: number) {
	const call = {
		authorization: textOf(delivery.headers.authorization),
		sig: textOf(delivery.query.sig),
	};
	return account.apiSecret !== '' && isSignedBy(call, account, now);
}

/** The pushed object, or why the delivery is turned away; the body is looked at last. */
export function readDelivery(delivery: Delivery, guard: Guard, now: number): JsonObject | Refusal {
	const { addresses, secret, account } = guard;
	if (addresses !== undefined && !isAmong(delivery.address, addresses)) {
		return new Refusal(403, 'The sender is not among the allowed addresses');
	}
	if (secret !== undefined && !knowsSecret(delivery, secret)) {
		return new Refusal(401, 'The secret header is missing or wrong');
	}
	if (account !== undefined && !isSigned(delivery, account, now)) {
		return new Refusal(401, 'The signature is missing, wrong or older than 5 minutes');
	}
	const { body } = delivery;
	if (body !== undefined && body.length > LARGEST_BODY) {
		return new Refusal(413, 'The body is larger than 1 MB');
	}
	const push = body === undefined ? undefined : readPush(body);
	return push ?? new Refusal(400, 'The body is not a JSON object with an _id');
}
