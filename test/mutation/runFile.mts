import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Job, TurnSeen } from './turns.mts';

/** Starting n8n's engine on a busy machine takes its time. */
const START_MS = 90_000;
const PATIENCE_MS = 30_000;
const PATIENCE_FACTOR = 6;

/** Runs the turns of one test file in one jest; a turn that hangs or ends the process counts as noticed. */
export async function runFile(
	folder: string,
	file: string,
	job: Job,
	onTurn: (seen: TurnSeen) => void,
): Promise<void> {
	let first = 0;
	while (first < job.turns.length) {
		const { done, why } = await runUntilStop(folder, file, job, first, onTurn);
		first += done;
		if (why === undefined || first >= job.turns.length) continue;
		onTurn({ turn: first, ms: 0, reachedOutside: [], tests: [], killedBy: why });
		first++;
	}
}

async function runUntilStop(
	folder: string,
	file: string,
	job: Job,
	first: number,
	onTurn: (seen: TurnSeen) => void,
): Promise<{ done: number; why?: string }> {
	const jobFile = join(folder, `${file.replace(/\W/g, '-')}.json`);
	writeFileSync(jobFile, JSON.stringify({ ...job, turns: job.turns.slice(first) }));
	const child = fork(
		join(folder, 'node_modules/jest/bin/jest.js'),
		[
			'--runInBand',
			'--forceExit',
			'--watchman=false',
			'--testRunner',
			join(folder, 'test/mutation/runner.mts'),
			'--runTestsByPath',
			file,
		],
		{
			cwd: folder,
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
			env: { ...process.env, MUTATION_JOB: jobFile },
		},
	);
	let words = '';
	child.stderr
		?.setEncoding('utf8')
		.on('data', (text: string) => (words = (words + text).slice(-2_000)));
	const wholeFile = job.baseline.reduce((sum, ms) => sum + ms, 0);
	const patience = job.baseline.length === 0 ? 300_000 : PATIENCE_MS + PATIENCE_FACTOR * wholeFile;
	let done = 0;
	let hung = false;
	const watch = (ms: number) =>
		setTimeout(() => {
			hung = true;
			child.kill('SIGKILL');
		}, ms);
	let dog = watch(START_MS + patience);
	child.on('message', (message) => {
		clearTimeout(dog);
		const seen = message as TurnSeen;
		done = seen.turn + 1;
		onTurn({ ...seen, turn: first + seen.turn });
		dog = watch(first + done < job.turns.length ? patience : START_MS);
	});
	const stop = () => child.kill('SIGKILL');
	process.once('exit', stop);
	const code = await new Promise<number | null>((ended) => child.once('close', ended));
	process.removeListener('exit', stop);
	clearTimeout(dog);
	const turn = job.turns[first + done];
	if (turn === undefined) return { done };
	if (turn.mutant === undefined) {
		throw new Error(`${file} does not run without a mutant (status ${code}):\n${words}`);
	}
	// The runner ends itself, after a turn, when it has grown too big.
	if (!hung && code === 0 && done > 0) return { done };
	return { done, why: hung ? 'it hangs' : `the process ended with status ${code}` };
}
