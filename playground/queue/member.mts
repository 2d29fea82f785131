import { join } from 'node:path';
import { startN8n, type N8nCommand, type N8nProcess } from '../src/n8n.mts';
import { installIntoN8n, type PackedPackage } from '../src/pack.mts';
import { waitFor } from '../src/wait.mts';

export interface MemberOptions {
	/** Also names its folder. */
	name: string;
	command: N8nCommand;
	pack: PackedPackage;
	/** The run folder. */
	folder: string;
	env: Record<string, string>;
	/** The first of its two ports. */
	port: number;
	onLine: (line: string) => void;
	signal?: AbortSignal;
}

/** For one of several that start beside each other. */
const START_TIMEOUT_MS = 4 * 60_000;
const KILL_TIMEOUT_MS = 10_000;

/** One process of an n8n in queue mode, with a user folder of its own as if on a machine of its own. */
export class Member {
	readonly #options: MemberOptions;
	#process?: N8nProcess;
	/** Executions that it began, as its log names them. */
	readonly began = new Set<string>();
	/** Executions that it brought to an end. */
	readonly finished = new Set<string>();

	constructor(options: MemberOptions) {
		this.#options = options;
	}

	get name(): string {
		return this.#options.name;
	}

	get url(): string {
		return `http://127.0.0.1:${this.#options.port}`;
	}

	get pid(): number {
		return this.#process?.pid ?? 0;
	}

	async install(): Promise<void> {
		const { pack, signal } = this.#options;
		await installIntoN8n(pack, this.#userFolder(), signal);
	}

	async start(): Promise<void> {
		const { command, env, port, signal } = this.#options;
		this.#process = await startN8n({
			userFolder: this.#userFolder(),
			command,
			env,
			port,
			onLine: (line) => this.#read(line),
			timeoutMs: START_TIMEOUT_MS,
			signal,
		});
	}

	isRunning(): boolean {
		return this.#process?.isRunning() ?? false;
	}

	/** As a power cut does. */
	async kill(): Promise<void> {
		process.kill(-this.pid, 'SIGKILL');
		const gone = (): true | undefined => (this.isRunning() ? undefined : true);
		await waitFor(gone, { what: this.name, timeoutMs: KILL_TIMEOUT_MS, everyMs: 20 });
		await this.stop();
	}

	async stop(): Promise<void> {
		await this.#process?.stop();
	}

	#userFolder(): string {
		return join(this.#options.folder, this.#options.name.replace(' ', '-'));
	}

	#read(line: string): void {
		const [, verb, execution = ''] = /Worker (started|finished) execution (\d+)/.exec(line) ?? [];
		if (verb === 'started') this.began.add(execution);
		if (verb === 'finished') this.finished.add(execution);
		this.#options.onLine(line);
	}
}
