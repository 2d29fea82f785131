import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox, Vendor } from '../../sandbox/index.mts';
import type { EventSource } from './source.mts';

/** Requests further apart belong to different polls. */
const POLL_GAP_MS = 1000;
const LOOK_EVERY_MS = 5;

/** The polls of one trigger, as their requests reach the sandbox. */
export class Polls {
	/** When each began and ended, epoch ms. */
	readonly #spans: Array<{ begin: number; end: number }> = [];
	requests = 0;

	note(fresh: number): void {
		const now = Date.now();
		this.requests += fresh;
		const current = this.#spans.at(-1);
		if (current !== undefined && now - current.end <= POLL_GAP_MS) current.end = now;
		else this.#spans.push({ begin: now, end: now });
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
}

/** Follows the polls of all vendors that are polled, one trigger each. */
export class PollWatch {
	readonly #polls = new Map<Vendor, Polls>();
	readonly #timer: NodeJS.Timeout;

	constructor(sandbox: Sandbox, sources: readonly EventSource[]) {
		for (const { polled } of sources) {
			if (polled !== undefined) this.#polls.set(polled, new Polls());
		}
		this.#timer = setInterval(() => {
			let any = false;
			for (const [vendor, polls] of this.#polls) {
				const fresh = sandbox.requests(vendor).length;
				if (fresh > 0) polls.note(fresh);
				any ||= fresh > 0;
			}
			// Nobody else needs them, and there will be many.
			if (any) sandbox.clearRequests();
		}, LOOK_EVERY_MS);
	}

	of(vendor: Vendor): Polls {
		const polls = this.#polls.get(vendor);
		if (polls === undefined) throw new Error(`${vendor} is not polled`);
		return polls;
	}

	all(): Array<[Vendor, Polls]> {
		return [...this.#polls];
	}

	close(): void {
		clearInterval(this.#timer);
	}
}
