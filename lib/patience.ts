import { sleep, type IExecuteFunctions, type IPollFunctions } from 'n8n-workflow';

import { pollEnd } from './polling';

/** Thrown where the execution is cancelled while something is waited for. */
export class Cancelled extends Error {}

/** Thrown where an answer was not whole in time. */
export class TimedOut extends Error {
	readonly code = 'ETIMEDOUT';
}

/** How long somebody waits for a turn. */
export interface Patience {
	/** Ends every wait at once. */
	readonly signal?: AbortSignal;
	/** On the clock of `performance.now()`, which nobody sets; Infinity for as long as it takes. */
	readonly until: number;
}

/** A person waits in front of a list, or the vendor for the answer to its event. */
const ON_THE_SPOT_MS = 10_000;

/** The signal of an execution that can be cancelled. */
export function cancelSignal(context: object): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context
		? (context as IExecuteFunctions).getExecutionCancelSignal()
		: undefined;
}

/** An execution waits as long as it takes, a poll until its time is used up, others for moments. */
export function patienceOf(context: object, signal?: AbortSignal): Patience {
	if ('getExecutionCancelSignal' in context) {
		return { signal: signal ?? cancelSignal(context), until: Infinity };
	}
	return 'getActivationMode' in context
		? { signal, until: pollEnd(context as IPollFunctions) }
		: { signal, until: performance.now() + ON_THE_SPOT_MS };
}

/**
 * What `work` comes to, unless the signal comes first; the work itself goes on.
 *
 * @throws Cancelled
 */
export async function unlessCancelled<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
	if (signal === undefined) return await work;
	let cancel = () => {};
	const cancelled = new Promise<never>((_resolve, reject) => {
		cancel = () => reject(new Cancelled());
		if (signal.aborted) cancel();
		else signal.addEventListener('abort', cancel);
	});
	try {
		return await Promise.race([work, cancelled]);
	} finally {
		signal.removeEventListener('abort', cancel);
	}
}

/**
 * What `work` comes to within so many ms; the work itself goes on. n8n's own time-out looks for silence and
 * never ends an answer that comes piece by piece (n8n-core 2.41, axios 1.18).
 *
 * @throws TimedOut
 */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
	return await unlessCancelled(work, AbortSignal.timeout(ms)).catch((error: unknown) => {
		throw error instanceof Cancelled ? new TimedOut() : error;
	});
}

/**
 * Waits so many ms, or until the signal comes.
 *
 * @throws Cancelled
 */
export async function rest(ms: number, signal?: AbortSignal): Promise<void> {
	await unlessCancelled(sleep(ms), signal);
}
