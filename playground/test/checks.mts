import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../src/progress.mts';

const CHECK_TIMEOUT_MS = 60_000;

function reason(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { message, cause } = error;
	return cause instanceof Error ? `${message}\ncaused by ${cause.message}` : message;
}

function indented(text: string): string {
	return text.replace(/^/gm, '           ');
}

/** Runs named checks one after the other and counts them; one failure does not end the others. */
export class Checks {
	passed = 0;
	failed = 0;
	readonly #log: Log;
	readonly #signal: AbortSignal;

	constructor(log: Log, signal: AbortSignal) {
		this.#log = log;
		this.#signal = signal;
	}

	/** The same counts, ended by another signal. */
	until(signal: AbortSignal): Checks {
		const checks = new Checks(this.#log, signal);
		checks.passed = this.passed;
		checks.failed = this.failed;
		return checks;
	}

	fail(name: string, error: unknown): void {
		this.failed++;
		this.#log(`  FAILED ${name}\n${indented(reason(error))}`);
	}

	async check(
		name: string,
		run: () => void | Promise<void>,
		timeoutMs = CHECK_TIMEOUT_MS,
	): Promise<void> {
		const over = new AbortController();
		const late = async (): Promise<void> => {
			const signal = AbortSignal.any([over.signal, this.#signal]);
			await sleep(timeoutMs, undefined, { signal });
			throw new Error(`Did not end within ${timeoutMs / 1000} s`);
		};
		const start = Date.now();
		try {
			this.#signal.throwIfAborted();
			await Promise.race([late(), (async () => await run())()]);
			this.passed++;
			this.#log(`  ok     ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
		} catch (error) {
			this.fail(name, this.#signal.aborted ? this.#signal.reason : error);
		} finally {
			over.abort();
		}
	}
}
