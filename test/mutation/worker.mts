import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Turn, TurnSeen } from './turns.mts';

const PATIENCE_MS = 60_000;
const PATIENCE_FACTOR = 6;
/** A fresh one has n8n's engine to load, which takes its time on a busy machine. */
const LOADING_MS = 120_000;
/** A whole file that nobody has timed yet. */
const UNKNOWN_MS = 480_000;
const MEMORY_LIMIT = 3_000_000_000;

/** A jest that takes turns. It is replaced where a turn hangs or ends it, and where it has grown too big. */
export class Worker {
	private readonly folder: string;
	private child: ChildProcess | undefined;

	constructor(folder: string) {
		this.folder = folder;
		process.once('exit', () => this.stop());
	}

	async take(turn: Turn): Promise<TurnSeen> {
		const isFresh = this.child === undefined;
		const child = this.child ?? (await this.start());
		const usual = turn.usualMs.reduce((sum, ms) => sum + ms, 0);
		const isMeasured = turn.usualMs.length > 0;
		const patience =
			PATIENCE_MS +
			PATIENCE_FACTOR * usual +
			(isFresh ? LOADING_MS : 0) +
			(isMeasured ? 0 : UNKNOWN_MS);
		let timer: NodeJS.Timeout | undefined;
		const answer = await new Promise<TurnSeen>((resolve) => {
			const end = (failed: string) => {
				this.stop();
				resolve({ ms: 0, reachedOutside: [], tests: [], failed });
			};
			timer = setTimeout(() => end('it hangs'), patience);
			child.once('exit', (code) => end(`the process ended with status ${code}`));
			child.once('message', (seen) => resolve(seen as TurnSeen));
			child.send(turn);
		});
		clearTimeout(timer);
		child.removeAllListeners('exit').removeAllListeners('message');
		if (memoryOf(child) > MEMORY_LIMIT) this.stop();
		return answer;
	}

	stop(): void {
		this.child?.removeAllListeners('exit').kill('SIGKILL');
		this.child = undefined;
	}

	private async start(): Promise<ChildProcess> {
		const child = fork(
			join(this.folder, 'node_modules/jest/bin/jest.js'),
			[
				'--selectProjects=unit',
				'--runInBand',
				'--forceExit',
				'--watchman=false',
				`--testRunner=${join(this.folder, 'test/mutation/runner.mts')}`,
				// Any file: which ones are run is told turn by turn.
				'--runTestsByPath',
				'test/lib/json.test.mts',
			],
			{ cwd: this.folder, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
		);
		this.child = child;
		await Promise.race([
			once(child, 'message'),
			once(child, 'exit').then(([code]) => {
				throw new Error(`jest does not start; it ended with status ${code}.`);
			}),
		]);
		return child;
	}
}

/** Bytes of memory that a process takes up; 0 where the system does not tell. */
function memoryOf({ pid }: ChildProcess): number {
	try {
		const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return Number(kilobytes ?? 0) * 1024;
	} catch {
		return 0;
	}
}
