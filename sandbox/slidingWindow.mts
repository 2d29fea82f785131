/** Counts calls per key over the last `windowMs`. */
export class SlidingWindow {
	#calls = new Map<string, number[]>();
	readonly #windowMs: number;

	constructor(windowMs: number) {
		this.#windowMs = windowMs;
	}

	count(key: string, now: number): number {
		const calls = this.#callsOf(key);
		const firstRecent = calls.findIndex((at) => at > now - this.#windowMs);
		calls.splice(0, firstRecent === -1 ? calls.length : firstRecent);
		return calls.length;
	}

	add(key: string, now: number): void {
		this.#callsOf(key).push(now);
	}

	clear(): void {
		this.#calls.clear();
	}

	#callsOf(key: string): number[] {
		const calls = this.#calls.get(key) ?? [];
		this.#calls.set(key, calls);
		return calls;
	}
}
