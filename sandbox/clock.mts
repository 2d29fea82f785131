const CHINA_OFFSET_MS = 8 * 3600 * 1000;

/** The time of the sandbox: the machine's clock plus an offset that tests move. */
export class Clock {
	#offset = 0;

	/** Epoch milliseconds. */
	now(): number {
		return Date.now() + this.#offset;
	}

	/** Negative values go back, for example to the day of a published vector. */
	advance(ms: number): void {
		this.#offset += ms;
	}

	reset(): void {
		this.#offset = 0;
	}
}

export const seconds = (epochMs: number) => Math.floor(epochMs / 1000);

/** `YYYY-MM-DD HH:mm:ss`, UTC+8. */
export function chinaText(epochMs: number): string {
	return new Date(epochMs + CHINA_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Epoch milliseconds of `YYYY-MM-DD HH:mm:ss` in UTC+8; `null` when it is no such time. */
export function readChinaText(text: string): number | null {
	if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null;
	const epochMs = Date.parse(`${text.replace(' ', 'T')}+08:00`);
	return Number.isNaN(epochMs) || chinaText(epochMs) !== text ? null : epochMs;
}
