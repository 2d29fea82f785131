import axios from 'axios';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { n8nBinary } from './install.mts';
import { playground } from './paths.mts';
import { freePorts } from './ports.mts';
import { environment } from './run.mts';
import { waitFor } from './wait.mts';

/** Nothing leaves the machine, and nothing asks the person who looks at it anything. */
const quiet = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry,quick-connect,insights',
};

/** Variables of the person's own n8n, or a proxy, must not reach this one. */
const foreign =
	/^(N8N_|DB_|QUEUE_|EXECUTIONS_|WEBHOOK_URL$|NODE_OPTIONS$|npm_|(https?|all)_proxy$)/i;

export type N8nCommand = 'start' | 'worker' | 'webhook';

export interface N8nOptions {
	/** The folder that gets `.n8n` with the database, the key and the community packages. */
	userFolder: string;
	/** A worker has no editor; its address is that of its health check. */
	command?: N8nCommand;
	/** More environment variables, for instance for PostgreSQL and Redis. */
	env?: Record<string, string>;
	/** The first of two free neighbouring ports: the editor, then the task broker. */
	port?: number;
	/** Sees every line that n8n prints. */
	onLine?: (line: string) => void;
	timeoutMs?: number;
	signal?: AbortSignal;
}

export interface N8nProcess {
	url: string;
	pid: number;
	/** The last lines that n8n printed. */
	lastLines(count?: number): string[];
	/** Whether n8n still runs. */
	isRunning(): boolean;
	/** Asks n8n to end, and makes it end when it does not. */
	stop(): Promise<void>;
}

const KEPT_LINES = 1000;
const STOP_SECONDS = 8;

/** The error with what n8n printed last below it. */
export function withLog(error: unknown, lines: string[]): Error {
	const reason = error instanceof Error ? error.message : String(error);
	return new Error(`${reason}\n\nLast lines of n8n's log:\n  ${lines.join('\n  ')}`);
}

function childEnvironment(options: N8nOptions, port: number): NodeJS.ProcessEnv {
	const inherited = Object.entries(environment()).filter(([name]) => !foreign.test(name));
	return {
		...Object.fromEntries(inherited),
		...quiet,
		N8N_USER_FOLDER: options.userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(port + 1),
		N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_SECURE_COOKIE: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: String(STOP_SECONDS - 3),
		...options.env,
	};
}

/** Starts n8n and waits until it answers. */
export async function startN8n(options: N8nOptions): Promise<N8nProcess> {
	const { userFolder, command = 'start', onLine, timeoutMs = 120_000, signal } = options;
	const port = options.port ?? (await freePorts(2));
	const url = `http://127.0.0.1:${port}`;
	mkdirSync(userFolder, { recursive: true });

	const guard = pathToFileURL(join(import.meta.dirname, 'guard.mts')).href;
	const child = spawn(process.execPath, ['--import', guard, n8nBinary, command], {
		cwd: playground,
		env: childEnvironment(options, port),
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		detached: true,
	});
	const lines: string[] = [];
	const logFile = createWriteStream(join(userFolder, `n8n-${command}-${port}.log`), {
		// An n8n that is started again in the same place goes on in the same file.
		flags: 'a',
	});
	for (const stream of [child.stdout, child.stderr]) {
		if (stream === null) continue;
		createInterface({ input: stream }).on('line', (line) => {
			lines.push(line);
			if (lines.length > KEPT_LINES) lines.shift();
			if (!logFile.writableEnded) logFile.write(`${line}\n`);
			onLine?.(line);
		});
	}
	const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
	const lastLines = (count = 30): string[] => lines.slice(-count);
	const endGroup = (): void => {
		if (child.pid === undefined) return;
		try {
			process.kill(-child.pid, 'SIGKILL');
		} catch {
			// Already gone.
		}
	};
	process.once('exit', endGroup);

	const stop = async (): Promise<void> => {
		if (isRunning() && child.pid !== undefined) {
			const ended = once(child, 'exit');
			child.kill('SIGTERM');
			const timer = setTimeout(endGroup, STOP_SECONDS * 1000);
			await ended;
			clearTimeout(timer);
		}
		endGroup();
		process.removeListener('exit', endGroup);
		logFile.end();
	};

	let spawnError: Error | undefined;
	child.once('error', (error) => (spawnError = error));
	try {
		await waitFor(
			async () => {
				if (spawnError !== undefined) throw spawnError;
				if (!isRunning()) throw new Error(`n8n ${command} ended with ${child.exitCode}`);
				return await answersWell(url, command);
			},
			{ what: `n8n ${command} at ${url}`, timeoutMs, everyMs: 250, signal },
		);
	} catch (error) {
		await stop();
		throw withLog(error, lastLines());
	}
	return { url, pid: child.pid ?? 0, lastLines, isRunning, stop };
}

async function answersWell(url: string, command: N8nCommand): Promise<true | undefined> {
	const paths = ['/healthz/readiness'];
	if (command === 'start') paths.push('/rest/settings');
	for (const path of paths) {
		try {
			const { status, headers } = await axios.get(url + path, {
				timeout: 2000,
				proxy: false,
				validateStatus: null,
			});
			const isJson = String(headers['content-type']).includes('json');
			if (status !== 200 || !isJson) return undefined;
		} catch {
			return undefined;
		}
	}
	return true;
}
