import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import { prepareKillTest, type KillTest } from './kill/trial.mts';
import { readOptions, usage, type KillOptions } from './kill/options.mts';
import { outcomeTables } from './kill/report.mts';
import { root } from './src/paths.mts';
import { timedLog } from './src/progress.mts';

/** Ends with the first Ctrl-C; a second one does not wait. */
function interruption(): AbortSignal {
	const controller = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(name, () => {
			if (controller.signal.aborted) process.exit(130);
			controller.abort(new Error('Interrupted'));
		});
	}
	return controller.signal;
}

async function main(options: KillOptions): Promise<boolean> {
	const log = timedLog((text) => process.stdout.write(text));
	const signal = interruption();
	const { test, folder } = await prepareKillTest(options, log, signal);
	let passed = false;
	try {
		passed = await runTest(test);
	} catch (error) {
		console.error(`\nLast lines of n8n's log:\n  ${test.lastLines().join('\n  ')}`);
		throw error;
	} finally {
		await test.close();
		if (passed && !options.keep) rmSync(folder, { recursive: true, force: true });
		else log(`n8n's folder and log are kept in ${relative(root, folder)}`);
	}
	return passed;
}

async function runTest(test: KillTest): Promise<boolean> {
	const outcome = await test.run();
	console.log(`\n${outcomeTables(outcome)}\n`);
	for (const line of outcome.remarks) console.log(line);
	for (const line of outcome.problems) console.error(line);
	return outcome.problems.length === 0;
}

let options: KillOptions | undefined;
try {
	options = readOptions();
	if (options === undefined) process.stdout.write(usage);
	else process.exitCode = (await main(options)) ? 0 : 1;
} catch (error) {
	for (let problem: unknown = error; problem instanceof Error; problem = problem.cause) {
		console.error(problem.message);
	}
	process.exitCode = options === undefined ? 2 : 1;
}
