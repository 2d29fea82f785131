import { SlidingWindow } from '../slidingWindow.mts';

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;

/** A broken minute limit blocks for 60 s, a broken hour limit for 60 min (sheet §5). */
export class FrequencyLimits {
	readonly #minute = new SlidingWindow(MINUTE_MS);
	readonly #hour = new SlidingWindow(HOUR_MS);
	#blockedUntil = new Map<string, number>();

	/** Counts the call; `false` when it is one too many. */
	admit(api: string, now: number, perMinute: number, perHour: number): boolean {
		if (now < (this.#blockedUntil.get(api) ?? Number.NEGATIVE_INFINITY)) return false;
		if (this.#hour.count(api, now) >= perHour) {
			this.#blockedUntil.set(api, now + HOUR_MS);
			return false;
		}
		if (this.#minute.count(api, now) >= perMinute) {
			this.#blockedUntil.set(api, now + MINUTE_MS);
			return false;
		}
		this.#minute.add(api, now);
		this.#hour.add(api, now);
		return true;
	}

	clear(): void {
		this.#minute.clear();
		this.#hour.clear();
		this.#blockedUntil.clear();
	}
}
