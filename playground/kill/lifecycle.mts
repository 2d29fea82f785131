import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startN8n, type N8nProcess } from '../src/n8n.mts';
import { freePorts } from '../src/ports.mts';
import { waitFor } from '../src/wait.mts';
import type { Mode } from './options.mts';

/** Polls, and what they remember, through n8n's durable scheduler. */
const durable = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

/**
 * After its start n8n carries out every poll that fell due within the last minute, and those that a
 * kill cut short, all at once and each from the same memory. That brings the same events many times
 * over, so polls that were missed are left out: the next one sees everything.
 */
const noStorm = {
	N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
	N8N_SCHEDULER_MISFIRE_GRACE: '4',
	N8N_SCHEDULER_MAX_ATTEMPTS: '1',
	N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '5',
};

/** A kill amid the activation of a workflow holds up the next one for so long; usually two minutes. */
const shortLease = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '15' };

/**
 * The workflows have no code that a task runner would run, so none is started; and no expression that
 * needs a sandbox of its own for each execution, which takes gigabytes where many begin at once.
 */
const light = {
	N8N_RUNNERS_MODE: 'external',
	N8N_RUNNERS_AUTH_TOKEN: 'nobody-comes',
	N8N_EXPRESSION_ENGINE: 'legacy',
};

/** A machine may be busy; n8n usually starts in ten seconds. */
const START_TIMEOUT_MS = 300_000;
const SHUTDOWN_SECONDS = 60;

/** One n8n that is ended and started again in the same folder, at the same address. */
export class Lifecycle {
	readonly #userFolder: string;
	readonly #env: Record<string, string>;
	readonly #signal?: AbortSignal;
	#port = 0;
	#n8n?: N8nProcess;
	/** Milliseconds until n8n answered, start by start. */
	readonly starts: number[] = [];

	constructor(
		userFolder: string,
		{ mode, storm }: { mode: Mode; storm: boolean },
		signal?: AbortSignal,
	) {
		this.#userFolder = userFolder;
		this.#env = {
			N8N_GRACEFUL_SHUTDOWN_TIMEOUT: String(SHUTDOWN_SECONDS),
			// Starts a little sooner.
			NODE_COMPILE_CACHE: join(userFolder, 'compile-cache'),
			...light,
			...shortLease,
			...(mode === 'durable' ? durable : {}),
			...(mode === 'durable' && !storm ? noStorm : {}),
		};
		this.#signal = signal;
	}

	get url(): string {
		return `http://127.0.0.1:${this.#port}`;
	}

	lastLines(count?: number): string[] {
		return this.#n8n?.lastLines(count) ?? [];
	}

	async start(): Promise<void> {
		if (this.#port === 0) this.#port = await freePorts(2);
		const begin = Date.now();
		this.#n8n = await startN8n({
			userFolder: this.#userFolder,
			env: this.#env,
			port: this.#port,
			timeoutMs: START_TIMEOUT_MS,
			signal: this.#signal,
		});
		this.starts.push(Date.now() - begin);
	}

	#running(): N8nProcess {
		if (this.#n8n === undefined) throw new Error('n8n has not been started');
		if (!this.#n8n.isRunning()) throw new Error('n8n ended by itself');
		return this.#n8n;
	}

	/** As a power cut does. */
	async kill(): Promise<void> {
		const n8n = this.#running();
		process.kill(-n8n.pid, 'SIGKILL');
		await this.#ended(n8n, 10_000);
	}

	/** As a service manager does. */
	async end(): Promise<void> {
		const n8n = this.#running();
		process.kill(n8n.pid, 'SIGTERM');
		await this.#ended(n8n, (SHUTDOWN_SECONDS + 10) * 1000);
	}

	async #ended(n8n: N8nProcess, timeoutMs: number): Promise<void> {
		const gone = (): true | undefined => (n8n.isRunning() ? undefined : true);
		await waitFor(gone, { what: 'n8n to end', timeoutMs, everyMs: 20 });
		// Clears up what is left of it.
		await n8n.stop();
		await sleep(0);
	}

	/** However it goes. */
	async close(): Promise<void> {
		await this.#n8n?.stop();
	}
}
