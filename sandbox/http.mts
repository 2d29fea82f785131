import type { Clock } from './clock.mts';
import { writeJson } from './json.mts';

export interface Part {
	name: string;
	fileName: string | null;
	contentType: string | null;
	content: Buffer;
}

/** A request as a vendor sees it. */
export interface Call {
	/** Sandbox clock on arrival, epoch ms. */
	at: number;
	method: string;
	/** Percent-decoded, without the query. */
	path: string;
	rawUrl: string;
	/** Decoded as a form: `+` is a space. */
	query: Record<string, string>;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** Raw text; '' for a multipart request. */
	body: string;
	parts: Part[];
}

export interface Reply {
	status: number;
	contentType: string;
	body: string | Buffer;
	/** Further headers. */
	headers?: Record<string, string> | undefined;
	/** Why the vendor did not do what was asked; `null` when it did. */
	refusal: string | null;
}

/** One vendor behind the loopback server. */
export interface Service {
	/** Refuses a call on arrival, before any delay; `others` are the calls still being answered. */
	admit?(call: Call, others: readonly Call[]): Reply | null;
	handle(call: Call): Reply;
}

/** What a vendor needs from its surroundings. */
export interface Surroundings {
	clock: Clock;
	/** Base address of the vendor's own server. */
	address(): string;
}

export function jsonReply(
	value: unknown,
	{ status = 200, refusal = null }: { status?: number; refusal?: string | null } = {},
): Reply {
	return {
		status,
		contentType: 'application/json;charset=UTF-8',
		body: writeJson(value),
		refusal,
	};
}

export function textReply(status: number, text: string): Reply {
	return { status, contentType: 'text/plain;charset=UTF-8', body: text, refusal: text };
}

export function fileReply(content: Buffer, contentType: string): Reply {
	return { status: 200, contentType, body: content, refusal: null };
}

export function isJsonRequest(call: Call): boolean {
	return /^application\/json\s*(;\s*charset=[\w-]+\s*;?\s*)?$/i.test(
		call.headers['content-type'] ?? '',
	);
}
