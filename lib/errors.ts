import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';

import type { ValueProblem } from './ids';

/** Where an error belongs: the node, and the input item when there is one. */
export interface Place {
	readonly node: INode;
	readonly itemIndex?: number;
}

/** Why a call failed, in the words of n8n's scheduler; n8n versions that don't know it ignore it. */
export type FailureCause =
	| 'rate-limited'
	| 'temporarily-unavailable'
	| 'credential-invalid'
	| 'configuration-invalid';

export interface VendorFailure {
	/** What happened, in the vendor's words where it gave any. */
	message: string;
	/** How to get unstuck. */
	advice: string;
	/** The vendor's own code. */
	code?: string;
	requestId?: string;
	httpStatus?: number;
	/** The vendor's answer, as text. */
	body?: string;
	cause?: FailureCause;
	retryAfterMs?: number;
	/** What may be repeated: everything where the vendor certainly did not act, or reads alone. */
	repeatable?: 'everything' | 'reads';
}

/** Not a property of the error, which n8n would save with the execution. */
const failures = new WeakMap<object, VendorFailure>();

/** What `vendorError` made the error of; undefined for other errors. */
export function failureOf(error: unknown): VendorFailure | undefined {
	return typeof error === 'object' && error !== null ? failures.get(error) : undefined;
}

const LONGEST_BODY = 2_000;

/**
 * An error of a vendor call, built fresh: n8n's class hands back an error that it is given to wrap and
 * loses the message, and it carries the request with its token and signature along as the cause.
 */
export function vendorError(place: Place, failure: VendorFailure): NodeApiError {
	const { message, advice, code, requestId, httpStatus, body, cause, retryAfterMs } = failure;
	const description = requestId === undefined ? advice : `${advice} Request ID: ${requestId}.`;
	const response: JsonObject = { message };
	const error = new NodeApiError(place.node, response, {
		message,
		description,
		httpCode: httpStatus === undefined ? undefined : String(httpStatus),
		itemIndex: place.itemIndex,
		...(cause === undefined ? {} : { failure: { cause, retryAfterMs } }),
	});
	// n8n replaces messages that merely contain a word such as ENOENT; the vendor's text must stay.
	error.message = message;
	error.description = description;
	error.context.data = {
		...(code === undefined ? {} : { code }),
		...(requestId === undefined ? {} : { requestId }),
		...(httpStatus === undefined ? {} : { httpStatus }),
		...(body === undefined ? {} : { body: body.slice(0, LONGEST_BODY) }),
	};
	failures.set(error, failure);
	return error;
}

/** An error of what the person entered: names the field, what is wrong and what to do. */
export function fieldError(place: Place, field: string, value: ValueProblem): NodeOperationError {
	const message = `${field} ${value.problem}`;
	const error = new NodeOperationError(place.node, message, {
		description: value.advice,
		itemIndex: place.itemIndex,
	});
	error.message = message;
	return error;
}
