import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
	/** What is waited for, as it reads in "Timed out after 30 s waiting for …". */
	what: string;
	timeoutMs: number;
	everyMs?: number;
	signal?: AbortSignal;
}

/** Asks again and again until there is an answer other than undefined. */
export async function waitFor<T>(
	probe: () => T | undefined | Promise<T | undefined>,
	{ what, timeoutMs, everyMs = 200, signal }: WaitOptions,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		signal?.throwIfAborted();
		const answer = await probe();
		if (answer !== undefined) return answer;
		if (Date.now() >= deadline) {
			throw new Error(`Timed out after ${Math.round(timeoutMs / 1000)} s waiting for ${what}`);
		}
		await sleep(everyMs, undefined, { signal });
	}
}
