import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { waitFor } from '../src/wait.mts';

export interface ServiceOptions {
	name: string;
	command: string;
	args: string[];
	/** setpriv's options for another user; none for one's own. */
	asUser?: string[];
	/** A line like it says that the service answers. */
	ready: RegExp;
	/** Ends the service at once and in order. */
	stopSignal: 'SIGINT' | 'SIGTERM';
	signal?: AbortSignal;
}

export interface Service {
	stop: () => Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 8000;
const KEPT_LINES = 50;

/** Starts a server that ends with this process, however that goes. */
export async function startService(options: ServiceOptions): Promise<Service> {
	const { name, command, args, asUser = [], ready, stopSignal, signal } = options;
	const deathSignal = `--pdeathsig=${stopSignal.slice('SIG'.length)}`;
	const child = spawn('setpriv', [...asUser, deathSignal, '--', command, ...args], {
		cwd: '/',
		stdio: ['ignore', 'pipe', 'pipe'],
		// Ctrl-C is for who started it; n8n needs its servers until it has ended itself.
		detached: true,
	});
	const lines: string[] = [];
	let isReady = false;
	for (const stream of [child.stdout, child.stderr]) {
		createInterface({ input: stream }).on('line', (line) => {
			lines.push(line);
			if (lines.length > KEPT_LINES) lines.shift();
			isReady ||= ready.test(line);
		});
	}
	const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
	const stop = async (): Promise<void> => {
		if (child.pid === undefined || !isRunning()) return;
		const ended = once(child, 'exit');
		child.kill(stopSignal);
		const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
		await ended;
		clearTimeout(timer);
	};

	let spawnError: Error | undefined;
	child.once('error', (error) => (spawnError = error));
	try {
		await waitFor(
			() => {
				if (spawnError !== undefined) throw spawnError;
				if (!isRunning()) throw new Error(`${name} ended with ${child.exitCode}`);
				return isReady ? true : undefined;
			},
			{ what: name, timeoutMs: START_TIMEOUT_MS, everyMs: 50, signal },
		);
	} catch (error) {
		await stop();
		throw new Error(`${name} did not start:\n  ${lines.join('\n  ')}`, { cause: error });
	}
	return { stop };
}
