import { NodeApiError } from 'n8n-workflow';

import { AddressProblem } from './apiAddress';
import type { VendorFailure } from './errors';
import type { VendorProfile, VendorRequest } from './exchange';
import { NoTurn } from './governor';
import { Cancelled } from './patience';
import { NEVER_CONNECTED, SignInProblem } from './signIn';

/** What n8n's helper throws where no answer came. */
interface ConnectionProblem {
	readonly code?: string;
	readonly cause?: { readonly syscall?: string };
}

/** Where the same codes come from a connection that was lost while an answer was waited for. */
const ON_A_CONNECTION = new Set(['read', 'write']);

/** With these the vendor cannot have acted. */
const NOT_CONNECTED: Record<string, string> = {
	...NEVER_CONNECTED,
	CERT_HAS_EXPIRED: 'the certificate of the host has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the host is not trusted',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of the host is not trusted',
	SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of the host is not trusted',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate of the host is not trusted',
	ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the host is for another name',
};

/** Those of them that pass by themselves. */
const PASSING = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT']);

/** How far a call came that got no answer. */
export interface UnansweredCall {
	readonly profile: Pick<VendorProfile, 'name'>;
	readonly request: Pick<VendorRequest, 'kind'>;
	/** Whether n8n's helper had it; before that it waited for its turn. */
	readonly sent: boolean;
	readonly mask: (text: string) => string;
}

/** What n8n's helper wrapped. */
export function causeOf(error: unknown): unknown {
	return error instanceof NodeApiError ? (error.cause ?? error) : error;
}

function signInFailure({ profile, mask }: UnansweredCall, problem: SignInProblem): VendorFailure {
	const { retryAfterMs } = problem;
	return {
		message: mask(problem.message),
		advice: `Open the ${profile.name} credential and test it.`,
		code: problem.vendorCode,
		...(retryAfterMs === undefined
			? { cause: 'credential-invalid' }
			: { cause: 'temporarily-unavailable', retryAfterMs, repeatable: 'everything' }),
	};
}

function noTurnFailure({ profile: { name } }: UnansweredCall, { waitMs }: NoTurn): VendorFailure {
	const next = waitMs === undefined ? '' : ` for ${Math.ceil(waitMs / 1_000)} seconds`;
	return {
		message: `The limits of ${name} leave no room for a call${next}`,
		advice: 'Nothing was sent: n8n keeps to the limits of the account. Try again later.',
		cause: 'rate-limited',
		retryAfterMs: waitMs,
	};
}

/** n8n tells a cancelled execution from a failed one by this word, spelt so (2.41.1, WorkflowExecute). */
const CANCELED = 'canceled';

function cancelledFailure({ profile: { name }, request, sent }: UnansweredCall): VendorFailure {
	if (!sent) {
		return {
			message: `The wait for ${name} was ended: the execution was ${CANCELED}`,
			advice: 'Nothing was changed.',
		};
	}
	return {
		message: `The call to ${name} was ${CANCELED} with the execution`,
		advice: afterSending(name, request),
	};
}

function afterSending(name: string, { kind }: Pick<VendorRequest, 'kind'>): string {
	return kind === 'write'
		? `The call may have taken effect. Look the record up in ${name} before you repeat it.`
		: 'Nothing was changed, so you can run it again.';
}

/** Why no answer came, and whether the vendor may have acted. */
export function noAnswer(call: UnansweredCall, cause: unknown): VendorFailure {
	const { profile, request } = call;
	if (cause instanceof SignInProblem) return signInFailure(call, cause);
	if (cause instanceof NoTurn) return noTurnFailure(call, cause);
	if (cause instanceof Cancelled) return cancelledFailure(call);
	if (cause instanceof AddressProblem) {
		return {
			message: cause.message,
			advice: `Correct the address in the ${profile.name} credential.`,
			cause: 'configuration-invalid',
		};
	}
	const { code = '', cause: system } = (cause ?? {}) as ConnectionProblem;
	if (code === 'ERR_CANCELED') return cancelledFailure(call);
	const wasConnected = ON_A_CONNECTION.has(system?.syscall ?? '');
	const notConnected = wasConnected ? undefined : NOT_CONNECTED[code];
	if (notConnected !== undefined) {
		return {
			message: `${profile.name} could not be reached: ${notConnected}`,
			advice:
				'Nothing was sent. Check the address in the credential and whether this n8n may reach it.',
			code,
			cause: 'temporarily-unavailable',
			repeatable: PASSING.has(code) ? 'everything' : undefined,
		};
	}
	return {
		message: TIMED_OUT.has(code)
			? `${profile.name} did not answer in time`
			: `The connection to ${profile.name} broke off before an answer came`,
		advice: afterSending(profile.name, request),
		code: code === '' ? undefined : code,
		cause: 'temporarily-unavailable',
		repeatable: 'reads',
	};
}
