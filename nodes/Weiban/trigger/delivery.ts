import { sameText } from '../../../credentials/signing/sameText';
import { callbackSignature, decryptCallback } from '../../../credentials/signing/weiban';
import { isJsonObject, parseObject } from '../../../lib/json';
import { textOrNull } from '../../../lib/workOrder';
import type { CallbackAccount } from './account';
import type { Envelope } from './events';

/** A call as it came in; nothing in it is trusted. */
export interface Delivery {
	readonly query: Readonly<Record<string, unknown>>;
	/** The body as it was sent; undefined for the check of the address, which is a GET. */
	readonly body?: string;
}

export interface Limits {
	/** Epoch ms of this machine: the only clock there is to judge an age by. */
	readonly now: number;
	/** Infinity accepts any age. */
	readonly maxAgeMs: number;
}

export type Verdict =
	| { readonly kind: 'refused'; readonly status: number; readonly reason: string }
	/** The check of the address, to be answered with the text alone. */
	| { readonly kind: 'check'; readonly text: string }
	| { readonly kind: 'event'; readonly envelope: Envelope }
	/** Genuine, but of a subscription that is not about work orders. */
	| { readonly kind: 'unrelated' };

/** Events hold ids and a remark of at most 600 characters (sheet weiban §5). */
export const MAX_BODY_BYTES = 1_048_576;
/** Above it a time counts milliseconds, as in the events (sheet weiban §6.3). */
const SECONDS_LIMIT = 1e11;

const refused = (status: number, reason: string): Verdict => ({ kind: 'refused', status, reason });

function isTooOld(timestamp: string, { now, maxAgeMs }: Limits): boolean {
	const time = Number(timestamp);
	return Math.abs(now - (time > SECONDS_LIMIT ? time : time * 1000)) > maxAgeMs;
}

/** The sealed text of a call; undefined where there is none. */
function sealedText({ query, body }: Delivery): string | undefined {
	const text = body === undefined ? query.echostr : parseObject(body)?.encrypt;
	if (typeof text !== 'string' || text === '') return undefined;
	// Base64 has no spaces: one in the address was a plus sign that was not percent-encoded.
	return body === undefined ? text.replaceAll(' ', '+') : text;
}

function openEvent(message: string): Verdict {
	const raw = parseObject(message);
	if (raw === undefined) return refused(400, 'The event is no JSON object.');
	if (raw.event !== 'work_order_change') return { kind: 'unrelated' };
	const data = isJsonObject(raw.msg_data) ? raw.msg_data : {};
	const id = textOrNull(raw.id);
	const orderNo = textOrNull(data.order_no);
	if (id === null || orderNo === null) {
		return refused(400, 'The event has no id or names no work order.');
	}
	return { kind: 'event', envelope: { id, orderNo, data, raw } };
}

/** Judges a call from outside (sheet weiban §6): never throws, whatever it is given. */
export function judge(delivery: Delivery, account: CallbackAccount, limits: Limits): Verdict {
	const { body, query } = delivery;
	if (body !== undefined && Buffer.byteLength(body) > MAX_BODY_BYTES) {
		return refused(413, 'The body is larger than 1 MB.');
	}
	const { msg_signature: signature, timestamp, nonce } = query;
	if (
		typeof signature !== 'string' ||
		typeof timestamp !== 'string' ||
		typeof nonce !== 'string' ||
		!/^\d{1,13}$/.test(timestamp)
	) {
		return refused(400, 'msg_signature, timestamp or nonce is missing.');
	}
	const sealed = sealedText(delivery);
	if (sealed === undefined) return refused(400, 'There is no encrypted text.');
	if (!sameText(signature, callbackSignature(account.token, timestamp, nonce, sealed))) {
		return refused(403, 'The signature is wrong: the Token differs from the one in Weiban.');
	}
	if (isTooOld(timestamp, limits)) {
		return refused(403, 'The time stamp is too far from the time of this machine.');
	}
	const opened = decryptCallback(account.encodingAesKey, sealed);
	if (opened === undefined) {
		return refused(403, 'The text was not encrypted with the EncodingAESKey of the credential.');
	}
	if (account.receiveId !== null && !sameText(opened.receiveId, account.receiveId)) {
		return refused(403, `The receive ID "${opened.receiveId}" is not the expected one.`);
	}
	return body === undefined ? { kind: 'check', text: opened.message } : openEvent(opened.message);
}
