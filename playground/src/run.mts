import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

/** The environment for helpers such as npm: the Node that runs this comes first. */
export function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
	const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`;
	return { ...process.env, PATH: path, ...extra };
}

export interface RunOptions {
	cwd: string;
	timeoutMs: number;
	env?: Record<string, string>;
	signal?: AbortSignal;
}

const SHOWN_LINES = 20;

/** The beginning and the end: npm names the cause first and the place last. */
function excerpt(text: string): string {
	const lines = text.trimEnd().split('\n');
	if (lines.length <= 2 * SHOWN_LINES) return lines.join('\n');
	return [...lines.slice(0, SHOWN_LINES), '…', ...lines.slice(-SHOWN_LINES)].join('\n');
}

/** Runs a command to its end and answers what it printed; a failure carries an excerpt. */
export async function run(command: string, args: string[], options: RunOptions): Promise<string> {
	const { cwd, timeoutMs, env, signal } = options;
	const child = spawn(command, args, {
		cwd,
		env: environment(env),
		stdio: ['ignore', 'pipe', 'pipe'],
		// A group of its own, so that what the command starts can be ended with it.
		detached: true,
	});
	const endGroup = (): void => {
		if (child.pid === undefined) return;
		try {
			process.kill(-child.pid, 'SIGKILL');
		} catch {
			// Already gone.
		}
	};
	let stdout = '';
	let all = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		all += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text));

	let reason = '';
	const stop = (why: string) => (): void => {
		reason = why;
		endGroup();
	};
	const timer = setTimeout(stop(`did not end within ${timeoutMs / 1000} s`), timeoutMs);
	const abort = stop('was interrupted');
	signal?.addEventListener('abort', abort, { once: true });
	process.once('exit', endGroup);
	try {
		const code = await new Promise<number | null>((resolve, reject) => {
			child.once('error', reject);
			child.once('close', resolve);
		});
		if (code === 0) return stdout;
		const ending = reason === '' ? `ended with status ${code}` : reason;
		throw new Error(`"${command} ${args.join(' ')}" ${ending}:\n${excerpt(all)}`);
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', abort);
		process.removeListener('exit', endGroup);
	}
}
