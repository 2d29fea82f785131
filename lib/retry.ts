import { NodeApiError } from 'n8n-workflow';

import { failureOf, vendorError, type VendorFailure } from './errors';
import { placeOf, type CallSite, type VendorProfile, type VendorRequest } from './exchange';
import { noAnswer } from './noAnswer';
import { patienceOf, rest } from './patience';
import { USUAL_RETRY_MS } from './requestOptions';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 20_000;

function mayRepeat({ repeatable }: VendorFailure, kind: VendorRequest['kind']): boolean {
	return repeatable === 'everything' || (repeatable === 'reads' && kind === 'read');
}

/** Full jitter: callers that failed together do not come again together. */
export function pauseMs({ retryAfterMs = 0 }: VendorFailure, failures: number): number {
	const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
	// What the vendor asks for is the least.
	return retryAfterMs + Math.random() * (retryAfterMs === 0 ? most : FIRST_PAUSE_MS);
}

function remark(name: string, { cause }: VendorFailure): string {
	const reason = cause === 'rate-limited' ? 'its limit was reached' : 'it was not available';
	return `Calls to ${name} were repeated because ${reason} for a moment.`;
}

/** The error of the last attempt, with what was done before it. */
function withHistory(error: unknown, attempts: number, ms: number): unknown {
	if (attempts > 1 && error instanceof NodeApiError) {
		const seconds = Math.round(ms / 1_000);
		error.description = `${error.description ?? ''} It was tried ${attempts} times in ${seconds} seconds.`;
	}
	return error;
}

/**
 * Makes a call and repeats it after failures that pass, within the time that the person or n8n grants. A
 * write is repeated only where the vendor certainly did not act. Of the person's time, waiting for a turn
 * takes nothing: in a long queue there would be none left.
 *
 * @param attempt makes the call for the site that it gets; throws what `vendorError` makes
 * @throws NodeApiError of the last attempt, or where the execution is cancelled
 */
export async function repeatedly<T>(
	site: CallSite,
	profile: Pick<VendorProfile, 'name'>,
	request: Pick<VendorRequest, 'kind'>,
	attempt: (site: CallSite) => Promise<T>,
): Promise<T> {
	const { signal, until } = patienceOf(site.context, site.signal);
	const mostMs = site.requestOptions?.maxRetryMs ?? USUAL_RETRY_MS;
	const failures: VendorFailure[] = [];
	let failingSince = 0;
	let mayFailUntil = Infinity;
	const governed: CallSite = { ...site, waited: (ms) => (mayFailUntil += ms) };
	for (;;) {
		const outcome = await attempt(governed).then(
			(result) => ({ result }),
			(error: unknown) => ({ error }),
		);
		if ('result' in outcome) {
			for (const failure of failures) site.hint?.(remark(profile.name, failure));
			return outcome.result;
		}
		const failure = failureOf(outcome.error);
		if (failure === undefined) throw outcome.error;
		failures.push(failure);
		const now = performance.now();
		if (failures.length === 1) {
			failingSince = now;
			mayFailUntil = now + mostMs;
		}
		const pause = pauseMs(failure, failures.length);
		const inTime = now + pause <= Math.min(until, mayFailUntil);
		if (!inTime || !mayRepeat(failure, request.kind)) {
			throw withHistory(outcome.error, failures.length, now - failingSince);
		}
		await rest(pause, signal).catch((reason: unknown) => {
			const call = { profile, request, sent: false, mask: (text: string) => text };
			throw vendorError(placeOf(site), noAnswer(call, reason));
		});
	}
}
