import type { Part } from './http.mts';

export type Vendor = 'kingdee' | 'kingsoftCloud' | 'sevenMoor' | 'weiban';

export const VENDORS: readonly Vendor[] = ['kingdee', 'kingsoftCloud', 'sevenMoor', 'weiban'];

export interface SandboxOptions {
	/** 0 or absent: a free port. The host is always 127.0.0.1. */
	ports?: Partial<Record<Vendor | 'control', number>>;
}

export interface RecordedRequest {
	vendor: Vendor;
	/** Sandbox clock on arrival, epoch ms. */
	at: number;
	method: string;
	/** Percent-decoded, without the query. */
	path: string;
	rawUrl: string;
	query: Record<string, string>;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** Raw text; '' when there was none and for multipart requests. */
	body: string;
	parts: Part[];
	/** 0 when a fault kept the vendor from answering at all. */
	status: number;
	/** Raw text; a downloaded file reads `(n bytes)`. */
	answer: string;
	/** Authenticated and processed. */
	accepted: boolean;
	refusal: string | null;
}

/**
 * | kind | the vendor acts | what the caller gets |
 * | --- | --- | --- |
 * | latency | yes | the answer, `ms` later |
 * | slowBody | yes | the answer in pieces, spread over `ms` (default 1000) |
 * | resetAfter | yes | a destroyed connection |
 * | cutOff | yes | the head and the first half of the answer, then a destroyed connection |
 * | hangAfter | yes | nothing, until the sandbox closes |
 * | brokenJson | yes | the first half of the answer, or `body` |
 * | empty | yes | the answer's status (or `status`) and no body |
 * | resetBefore | no | a destroyed connection |
 * | status | no | `status` (default 500) with `body` (default none) |
 * | html | no | `status` (default 502) with an HTML page |
 * | body | no | `body` with `status` (default 200) and `contentType` (default JSON) |
 * | hang | no | nothing, until the sandbox closes |
 */
export type FaultKind =
	| 'latency'
	| 'resetBefore'
	| 'resetAfter'
	| 'cutOff'
	| 'status'
	| 'html'
	| 'empty'
	| 'brokenJson'
	| 'body'
	| 'slowBody'
	| 'hang'
	| 'hangAfter';

export interface Fault {
	/** Absent: every vendor. */
	vendor?: Vendor;
	/** A piece of the decoded path; absent: every path. */
	path?: string;
	method?: string;
	/** How many requests it meets; default 1, Infinity allowed. */
	times?: number;
	/** How many requests it lets pass before; default 0. */
	after?: number;
	kind: FaultKind;
	ms?: number;
	status?: number;
	body?: string;
	contentType?: string;
	/** Further headers of the answer, for status, html and body. */
	headers?: Record<string, string>;
}
