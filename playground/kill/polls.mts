import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox, Vendor } from '../../sandbox/index.mts';

/** Requests further apart belong to different polls. */
const POLL_GAP_MS = 1000;
const LOOK_EVERY_MS = 5;

/** Follows the requests of polling triggers as they reach the sandbox. */
export class Polls {
	/** How many there have been. */
	count = 0;
	requests = 0;
	#lastAt = 0;
	readonly #timer: NodeJS.Timeout;

	constructor(sandbox: Sandbox, vendor: Vendor) {
		this.#timer = setInterval(() => {
			const fresh = sandbox.requests(vendor).length;
			if (fresh === 0) return;
			// Nobody else needs them, and there will be many.
			sandbox.clearRequests();
			const now = Date.now();
			if (now - this.#lastAt > POLL_GAP_MS) this.count += 1;
			this.#lastAt = now;
			this.requests += fresh;
		}, LOOK_EVERY_MS);
	}

	/** Waits for the first request of the next poll; gives up after `timeoutMs`. */
	async next(timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
		return await this.reach(this.count + 1, timeoutMs, signal);
	}

	async reach(count: number, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
		const deadline = Date.now() + timeoutMs;
		while (this.count < count) {
			if (Date.now() > deadline) return false;
			await sleep(LOOK_EVERY_MS, undefined, { signal });
		}
		return true;
	}

	/** Waits until no request has come for so long. */
	async pause(ms: number, signal?: AbortSignal): Promise<void> {
		while (Date.now() - this.#lastAt < ms) await sleep(LOOK_EVERY_MS, undefined, { signal });
	}

	close(): void {
		clearInterval(this.#timer);
	}
}
