import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox, Vendor } from '../../sandbox/index.mts';

/** Requests further apart belong to different polls. */
const POLL_GAP_MS = 1000;
const LOOK_EVERY_MS = 5;

/** Follows the requests of polling triggers as they reach the sandbox. */
export class Polls {
	/** When each began and ended, epoch ms. */
	readonly #spans: Array<{ begin: number; end: number }> = [];
	requests = 0;
	readonly #timer: NodeJS.Timeout;

	constructor(sandbox: Sandbox, vendor: Vendor) {
		this.#timer = setInterval(() => {
			const fresh = sandbox.requests(vendor).length;
			if (fresh === 0) return;
			// Nobody else needs them, and there will be many.
			sandbox.clearRequests();
			const now = Date.now();
			this.requests += fresh;
			const current = this.#spans.at(-1);
			if (current !== undefined && now - current.end <= POLL_GAP_MS) current.end = now;
			else this.#spans.push({ begin: now, end: now });
		}, LOOK_EVERY_MS);
	}

	/** How many there have been. */
	get count(): number {
		return this.#spans.length;
	}

	/** Those that lie wholly between two moments. */
	within(from: number, to: number): Array<{ begin: number; end: number }> {
		return this.#spans.filter(({ begin, end }) => begin >= from && end <= to);
	}

	/** Waits for the first request of that poll; gives up after `timeoutMs`. */
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
		while (Date.now() - (this.#spans.at(-1)?.end ?? 0) < ms)
			await sleep(LOOK_EVERY_MS, undefined, { signal });
	}

	close(): void {
		clearInterval(this.#timer);
	}
}
