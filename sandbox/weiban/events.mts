import { randomInt, randomUUID } from 'node:crypto';

import type { Clock } from '../clock.mts';
import { seconds } from '../clock.mts';
import { deliver } from '../deliver.mts';
import type { Delivery } from '../deliver.mts';
import { writeJson } from '../json.mts';
import { weibanAccount as account } from './account.mts';
import { encryptCallback, signCallback } from './crypto.mts';

export interface PushOptions {
	/** UUID of the event; receivers drop repeats by it. */
	id?: string;
	/** As sent: float seconds or 13-digit milliseconds. */
	createTime?: number;
	retryCount?: number;
	token?: string;
	encodingAesKey?: string;
	receiveId?: string;
	/** Query `timestamp`, seconds; default: the sandbox clock. */
	timestamp?: string;
	nonce?: string;
	/** Spoils `msg_signature`. */
	badSignature?: boolean;
	/** Sent in place of the event's JSON text. */
	message?: string;
}

export interface EventDelivery extends Delivery {
	/** The event before encryption. */
	message: string;
}

// The samples of these pages carry milliseconds, the others float seconds (sheet §6.3).
const MILLISECOND_STATUSES = ['switch', 'close'];

/** Sends one `work_order_change` event the way sheet §6 describes. */
export async function pushEvent(
	clock: Clock,
	url: string,
	status: string,
	msgData: Record<string, unknown>,
	options: PushOptions = {},
): Promise<EventDelivery> {
	const now = clock.now();
	const event = {
		id: options.id ?? randomUUID(),
		corp_id: account.corpId,
		create_time: options.createTime ?? (MILLISECOND_STATUSES.includes(status) ? now : now / 1000),
		type: 'event',
		event: 'work_order_change',
		status,
		retry_count: options.retryCount ?? 0,
		msg_data: msgData,
	};
	const message = options.message ?? writeJson(event);
	const { signed, encrypted } = seal(clock, url, message, options);
	// No value of `app_id` is published.
	const body = writeJson({ corp_id: account.corpId, app_id: 'sandbox', encrypt: encrypted });
	return { ...(await deliver('POST', signed.href, body)), message };
}

/** The URL check: the receiver must answer `plain` and nothing else. */
export async function checkUrl(
	clock: Clock,
	url: string,
	plain = String(randomInt(10_000_000, 99_999_999)),
	options: PushOptions = {},
): Promise<EventDelivery> {
	const { signed, encrypted } = seal(clock, url, plain, options);
	signed.searchParams.set('echostr', encrypted);
	return { ...(await deliver('GET', signed.href, '')), message: plain };
}

function seal(clock: Clock, url: string, message: string, options: PushOptions) {
	const encrypted = encryptCallback(
		options.encodingAesKey ?? account.callback.encodingAesKey,
		message,
		options.receiveId ?? account.callback.receiveId,
	);
	const timestamp = options.timestamp ?? String(seconds(clock.now()));
	const nonce = options.nonce ?? String(randomInt(10_000_000, 99_999_999));
	const token = options.token ?? account.callback.token;
	const signature = signCallback(token, timestamp, nonce, encrypted);
	const signed = new URL(url);
	signed.searchParams.set(
		'msg_signature',
		options.badSignature === true ? '0'.repeat(signature.length) : signature,
	);
	signed.searchParams.set('timestamp', timestamp);
	signed.searchParams.set('nonce', nonce);
	return { signed, encrypted };
}
