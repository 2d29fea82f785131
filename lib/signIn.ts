import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { isJsonObject, parseObject, type JsonObject } from './json';
import { inTime } from './patience';
import { retryAfterIn } from './retryAfter';

/**
 * Thrown by a credential when the vendor does not let it in. The message is all that n8n's credential
 * test shows, so it says what happened and what to check.
 */
export class SignInProblem extends Error {
	/** The vendor's own code; not named `code`, which n8n would show instead of the message. */
	readonly vendorCode: string | undefined;
	/** Where it passes by itself: ms until another try makes sense, 0 for any time. */
	readonly retryAfterMs: number | undefined;

	constructor(message: string, vendorCode?: string, retryAfterMs?: number) {
		super(message);
		this.vendorCode = vendorCode;
		this.retryAfterMs = retryAfterMs;
	}
}

export interface SignInAnswer {
	readonly status: number;
	readonly body: JsonObject;
}

const SIGN_IN_TIMEOUT_MS = 30_000;

function hostOf(request: IHttpRequestOptions): string {
	return URL.canParse(request.url) ? new URL(request.url).host : request.url;
}

/** Codes of connections that were never made. */
export const NEVER_CONNECTED = {
	ECONNREFUSED: 'the host refused the connection',
	ENOTFOUND: 'there is no host of this name',
	EAI_AGAIN: 'the name of the host could not be looked up',
	EHOSTUNREACH: 'there is no way to the host',
	ENETUNREACH: 'there is no way to the host',
};

const REASONS: Record<string, string> = {
	...NEVER_CONNECTED,
	ECONNABORTED: 'no answer came in time',
	ETIMEDOUT: 'no answer came in time',
	ECONNRESET: 'the host closed the connection',
	EPIPE: 'the host closed the connection',
	ERR_BAD_RESPONSE: 'the connection broke off before the whole answer had come',
};

/** Why no answer came, in words that keep clear of the codes n8n replaces by texts of its own. */
function unreachable(host: string, error: unknown): SignInProblem {
	const code = isJsonObject(error) && typeof error.code === 'string' ? error.code : '';
	const reason = REASONS[code];
	return new SignInProblem(
		`Cannot reach ${host}: ${reason ?? 'no connection was possible'}. Check the API address and whether this n8n may reach it.`,
		undefined,
		reason === undefined || code === 'ENOTFOUND' ? undefined : 0,
	);
}

/** What to check when the answer is no JSON object. */
export type AnswerAdvice = (status: number, text: string) => string;

/**
 * One call that a credential makes for itself: to open a session or to be tested.
 *
 * @throws SignInProblem where the host can't be reached or answers no JSON object
 */
export async function signInCall(
	helpers: IHttpRequestHelper['helpers'],
	vendor: string,
	request: IHttpRequestOptions,
	advise: AnswerAdvice = () => 'Check the API address.',
): Promise<SignInAnswer> {
	const answering = helpers.httpRequest({
		...request,
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		timeout: SIGN_IN_TIMEOUT_MS,
	}) as Promise<{ statusCode: number; headers?: Record<string, unknown>; body: string }>;
	const answer = await inTime(answering, SIGN_IN_TIMEOUT_MS).catch((error: unknown) =>
		unreachable(hostOf(request), error),
	);
	if (answer instanceof SignInProblem) throw answer;
	const body = parseObject(answer.body);
	if (body === undefined) {
		throw new SignInProblem(
			`${hostOf(request)} answered HTTP ${answer.statusCode} without the JSON that ${vendor} sends. ${advise(answer.statusCode, answer.body)}`,
			undefined,
			passes(answer.statusCode) ? (retryAfterIn(answer.headers) ?? 0) : undefined,
		);
	}
	return { status: answer.statusCode, body };
}

/** Whether an answer without JSON is one that passes: the server's own trouble, or one that was cut off. */
function passes(status: number): boolean {
	return status >= 500 || status === 429 || status < 300;
}
