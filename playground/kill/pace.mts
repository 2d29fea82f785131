import type { EventSource } from './source.mts';

const TICK_MS = 50;
const SHORTEST_MS = 3000;

/** Lets things happen at the vendors, spread evenly over the time that is left. */
export class Pace {
	/** With how much was to happen in the beginning. */
	readonly #sources: ReadonlyMap<EventSource, number>;
	readonly #timer: NodeJS.Timeout;
	#end = 0;
	#owed = 0;
	#lastAt = Date.now();

	constructor(sources: EventSource[]) {
		this.#sources = new Map(sources.map((source) => [source, source.remaining()]));
		this.#timer = setInterval(() => this.#tick(), TICK_MS);
	}

	/** Says when everything shall have happened; nothing happens before this was said. */
	finishIn(ms: number): void {
		this.#end = Date.now() + ms;
	}

	remaining(): number {
		return [...this.#sources.keys()].reduce((sum, source) => sum + source.remaining(), 0);
	}

	#tick(): void {
		const now = Date.now();
		const passed = now - this.#lastAt;
		this.#lastAt = now;
		if (this.#end === 0) return;
		this.#owed += (this.remaining() * passed) / Math.max(SHORTEST_MS, this.#end - now);
		for (; this.#owed >= 1 && this.remaining() > 0; this.#owed -= 1) this.#next();
	}

	/** The vendor that is furthest behind. */
	#next(): void {
		const shares = [...this.#sources].map(([source, all]) => ({
			source,
			left: source.remaining() / Math.max(1, all),
		}));
		const last = shares.reduce((one, other) => (other.left > one.left ? other : one));
		last.source.next();
	}

	close(): void {
		clearInterval(this.#timer);
	}
}
