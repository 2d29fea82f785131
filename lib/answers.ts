import type { NodeApiError } from 'n8n-workflow';

import { vendorError, type FailureCause, type VendorFailure } from './errors';
import { placeOf, type CallSite, type VendorAnswer, type VendorProfile } from './exchange';
import { parseJson, parseObject, type JsonObject } from './json';

/** What the vendor's own refusal says, as its transport reads it from the answer. */
export interface Refusal {
	/** The vendor's text; empty where it gave none. */
	readonly text: string;
	/** Name and value of the vendor's code: "errno 23000". */
	readonly code: string;
	readonly requestId?: string;
	/** What to do about this code; a general advice is given where there is none. */
	readonly advice?: string;
	readonly cause?: FailureCause;
	readonly retryAfterMs?: number;
}

const GENERAL_ADVICE = 'Correct what the text names and run the item again.';

/** The error for an answer in which the vendor refuses the call. */
export function refusalError(
	site: CallSite,
	profile: VendorProfile,
	answer: VendorAnswer,
	refusal: Refusal,
): NodeApiError {
	const text = refusal.text === '' ? 'no reason given' : refusal.text;
	return vendorError(placeOf(site), {
		message: answer.mask(`${text} (${profile.name} ${refusal.code})`),
		advice: refusal.advice ?? GENERAL_ADVICE,
		code: refusal.code,
		requestId: refusal.requestId,
		httpStatus: answer.status,
		body: answer.mask(answer.text),
		...outlook(
			answer,
			refusal.cause ?? passingCause(answer.status),
			answer.retryAfterMs ?? refusal.retryAfterMs,
		),
	});
}

/** Whether and when a call may be repeated after an answer that is none or a refusal. */
function outlook(
	answer: VendorAnswer,
	cause: FailureCause | undefined,
	retryAfterMs: number | undefined,
): Pick<VendorFailure, 'cause' | 'retryAfterMs' | 'repeatable'> {
	// A vendor that refuses a call for its limit has not acted.
	if (cause === 'rate-limited' && answer.holdOff(retryAfterMs)) {
		return { cause, retryAfterMs, repeatable: 'everything' };
	}
	return {
		cause,
		retryAfterMs,
		repeatable: cause === 'temporarily-unavailable' ? 'reads' : undefined,
	};
}

/** What a standard HTTP status says about a failure that passes. */
function passingCause(status: number): FailureCause | undefined {
	if (status === 429) return 'rate-limited';
	return status >= 500 && status <= 504 ? 'temporarily-unavailable' : undefined;
}

function httpCause(status: number): FailureCause | undefined {
	if (status === 401 || status === 403) return 'credential-invalid';
	return status >= 505 ? 'temporarily-unavailable' : passingCause(status);
}

type Form =
	| 'an empty answer'
	| 'a web page'
	| 'plain text'
	| 'broken JSON'
	| 'JSON of another form';

function isJson(text: string): boolean {
	try {
		parseJson(text);
		return true;
	} catch {
		return false;
	}
}

function formOf(body: string): Form {
	if (body === '') return 'an empty answer';
	if (body.startsWith('<')) return 'a web page';
	if (!/^[{[]/.test(body)) return 'plain text';
	return isJson(body) ? 'JSON of another form' : 'broken JSON';
}

/** Answers that were cut off on their way. */
const truncated: readonly Form[] = ['an empty answer', 'broken JSON'];

/** The error for an answer that is not the JSON object every vendor promises: HTML, empty, broken. */
export function unreadableError(
	site: CallSite,
	profile: VendorProfile,
	answer: VendorAnswer,
	mayHaveActed: boolean,
): NodeApiError {
	const body = answer.text.trim();
	const form = formOf(body);
	const wasCut = answer.status < 300 && truncated.includes(form);
	const cause = wasCut ? 'temporarily-unavailable' : httpCause(answer.status);
	return vendorError(placeOf(site), {
		message: `${profile.name} sent ${form} with HTTP ${answer.status} instead of its JSON`,
		advice:
			mayHaveActed && cause !== 'rate-limited'
				? `The call may have taken effect. Look the record up in ${profile.name} before you repeat it.`
				: 'Nothing was changed. Run it again later; if it stays so, check the API address in the credential.',
		httpStatus: answer.status,
		body: answer.mask(body),
		...outlook(answer, cause, answer.retryAfterMs),
	});
}

/** The JSON object in an answer; undefined where there is none. */
export function objectIn(answer: VendorAnswer): JsonObject | undefined {
	return parseObject(answer.text);
}
