import { parseJson } from './json';

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

/** Lets any number of callers that need the same session at once share one log-in. */
export async function openOnce(key: string, open: () => Promise<Session>): Promise<string> {
	const running =
		opening.get(key) ??
		open()
			.then((session) => JSON.stringify(session))
			.finally(() => opening.delete(key));
	opening.set(key, running);
	return await running;
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
