import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { inTurn, NoTurn } from './governor';
import { parseJson } from './json';
import { MINUTE_MS } from './limits';
import { SignInProblem } from './signIn';

/**
 * A vendor session (token and what belongs to it), kept by n8n in one hidden, encrypted credential field
 * that all workers share.
 */
export interface Session {
	/** Names the account and secret it was made for: after a change of either it does not count. */
	readonly madeFor: string;
	/** Epoch ms after which it is not used any more; null where the vendor does not say. */
	readonly usableUntil: number | null;
}

/**
 * Thrown by `authenticate` when there is no usable session. n8n answers a 401 by running
 * `preAuthentication` and signing again, so a session that is known to be over costs no refused request.
 */
export class SessionNeeded extends Error {
	readonly response = { status: 401 };

	constructor() {
		super('The vendor session has ended or was never opened');
	}
}

/** Reads the hidden field; undefined where it is empty, over, unreadable or of another account. */
export function usableSession<S extends Session>(
	field: unknown,
	madeFor: string,
	now: number,
): S | undefined {
	if (typeof field !== 'string' || !field.startsWith('{')) return undefined;
	try {
		const session = parseJson(field) as unknown as S;
		const live = session.usableUntil === null || now < session.usableUntil;
		return live && session.madeFor === madeFor ? session : undefined;
	} catch {
		return undefined;
	}
}

const opening = new Map<string, Promise<string>>();

/** Thrown where the vendor allows no further log-in for the moment. */
export class TooManyLogIns extends SignInProblem {}

/** By account, why its last log-in failed, where that does not pass by itself. */
const lasting = new Map<string, SignInProblem>();

/** The error of a log-in; where none was made, that of the last one, if it would come again. */
function failedLogIn(key: string, mostPerMinute: number, error: unknown): unknown {
	if (error instanceof NoTurn) {
		const { waitMs = MINUTE_MS } = error;
		const tooMany = new TooManyLogIns(
			`There were ${mostPerMinute} log-ins within a minute, more are not allowed. Try again in ${Math.ceil(waitMs / 1_000)} seconds.`,
			undefined,
			waitMs,
		);
		return lasting.get(key) ?? tooMany;
	}
	lasting.delete(key);
	if (error instanceof SignInProblem && error.retryAfterMs === undefined) lasting.set(key, error);
	return error;
}

async function openWithin(
	key: string,
	mostPerMinute: number | undefined,
	open: () => Promise<Session>,
): Promise<Session> {
	if (mostPerMinute === undefined) return await open();
	const turn = { key: `log-in ${key}`, limits: [{ calls: mostPerMinute, withinMs: MINUTE_MS }] };
	const session = await inTurn([turn], { until: performance.now() }, open).catch(
		(error: unknown) => {
			throw failedLogIn(key, mostPerMinute, error);
		},
	);
	lasting.delete(key);
	return session;
}

/**
 * Lets any number of callers that need the same session at once share one log-in.
 *
 * @throws TooManyLogIns where there were so many within a minute, or what the last of them failed for
 */
export async function openOnce(
	key: string,
	open: () => Promise<Session>,
	mostPerMinute?: number,
): Promise<string> {
	const running =
		opening.get(key) ??
		openWithin(key, mostPerMinute, open)
			.then((session) => JSON.stringify(session))
			.finally(() => opening.delete(key));
	opening.set(key, running);
	return await running;
}

type Field = ICredentialDataDecryptedObject[string] | undefined;

/** By credential, the session that came after the one that n8n has stored. */
const successors = new Map<string, { readonly stored: Field; readonly session: Field }>();

/**
 * The session to use: n8n takes a moment to store a new one, and whoever reads the old one meanwhile is not
 * to log in again.
 */
export function latestSession(credential: string, stored: Field): Field {
	const successor = successors.get(credential);
	return successor?.stored === stored ? successor?.session : stored;
}

/**
 * To be called when a call has opened a session.
 *
 * @returns false where another one that shared the log-in was first
 */
export function rememberSession(credential: string, stored: Field, session: Field): boolean {
	if (successors.get(credential)?.session === session) return false;
	successors.set(credential, { stored, session });
	return true;
}

const TEST_MARK = 'X-Credential-Test';

/** Headers that mark the request of a credential test, for `needSessionInTest`. */
export const testMark = { [TEST_MARK]: 'yes' } as const;

/**
 * Makes a credential test run `preAuthentication`, where the credential checks itself: n8n does so only
 * where the session is empty or a 401 came. The first attempt of the marked request asks for a session,
 * the second goes out without the mark.
 */
export function needSessionInTest(request: { headers?: object }): void {
	const { [TEST_MARK]: mark, ...headers } = (request.headers ?? {}) as Record<string, unknown>;
	if (mark === undefined) return;
	request.headers = headers;
	throw new SessionNeeded();
}
