import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedRequest, Sandbox, Vendor } from '../../sandbox/index.mts';
import type { EventSource, Polling, Reading } from './source.mts';

const LOOK_EVERY_MS = 5;

/** The polls of one trigger, as their requests reach the sandbox. */
export class Polls {
	readonly #lists: Polling['lists'];
	/** One for each poll; one more where a poll reads the lists again. */
	readonly readings: Reading[] = [];
	requests = 0;
	#lastAt = 0;

	constructor({ lists }: Polling) {
		this.#lists = lists;
	}

	note(request: RecordedRequest): void {
		this.requests += 1;
		this.#lastAt = Date.now();
		const { at } = request;
		const part = this.#lists(request);
		const current = this.readings.at(-1);
		if (part === 'first') this.readings.push({ begin: at, end: at });
		else if (part === 'next' && current !== undefined) current.end = at;
	}

	get count(): number {
		return this.readings.length;
	}

	/** Waits for the beginning of that reading; gives up after `timeoutMs`. */
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
}

/** Follows the polls of all vendors that are polled, one trigger each. */
export class PollWatch {
	readonly #polls = new Map<Vendor, Polls>();
	readonly #timer: NodeJS.Timeout;

	constructor(sandbox: Sandbox, sources: readonly EventSource[]) {
		for (const { polling } of sources) {
			if (polling !== undefined) this.#polls.set(polling.vendor, new Polls(polling));
		}
		this.#timer = setInterval(() => {
			let any = false;
			for (const [vendor, polls] of this.#polls) {
				for (const request of sandbox.requests(vendor)) {
					polls.note(request);
					any = true;
				}
			}
			// Nobody else needs them, and there will be many.
			if (any) sandbox.clearRequests();
		}, LOOK_EVERY_MS);
	}

	/** Undefined where nobody polls the vendor. */
	of(vendor: Vendor | undefined): Polls | undefined {
		return vendor === undefined ? undefined : this.#polls.get(vendor);
	}

	all(): Array<[Vendor, Polls]> {
		return [...this.#polls];
	}

	close(): void {
		clearInterval(this.#timer);
	}
}
