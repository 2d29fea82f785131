import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { Findings, Setting } from './queue/chapter.mts';
import { startCluster, type Cluster } from './queue/cluster.mts';
import { killedWorker } from './queue/killedWorker.mts';
import { limits } from './queue/limits.mts';
import { repeatedPushes } from './queue/repeatedPushes.mts';
import { sessions } from './queue/sessions.mts';
import { interruption } from './src/interruption.mts';
import { root } from './src/paths.mts';
import { startPlayground, type Playground } from './src/playground.mts';
import { timedLog } from './src/progress.mts';
import { table } from './src/table.mts';

const usage = `Usage: npm run test:queue [-- --keep] [-- --help]

n8n in queue mode with this pack installed: one main process, two for webhooks, two workers, Redis and
PostgreSQL of their own. A worker is killed amid 500 items, twice; executions on both workers meet the
end of a vendor's session; the same push comes to both webhook processes; both workers want more of an
account than the vendor allows. Prints a table; the status is 1 when an item is lost or repeated, calls
are refused although the limit is shared, or n8n does not report an execution that was cut short.

  --keep  keep the run folder with the logs, which a failure keeps in any case
  --help  show this text
`;

const SIZE = { webhooks: 2, workers: 2 };

const chapters: Record<string, (setting: Setting) => Promise<Findings>> = {
	'A worker is killed': killedWorker,
	'Sessions at Weiban': sessions,
	'Pushes by Weiban': repeatedPushes,
	'Limits of Weiban': limits,
};

async function main(keep: boolean): Promise<boolean> {
	const log = timedLog((text) => process.stdout.write(text));
	const signal = interruption();
	const problems: string[] = [];
	let playground: Playground | undefined;
	let cluster: Cluster | undefined;
	let passed = false;
	try {
		playground = await startPlayground({
			purpose: 'queue',
			templates: [],
			launch: async (options) => (cluster = await startCluster(options, SIZE)),
			log,
			signal,
		});
		if (cluster === undefined) return false;
		const tables: string[] = [];
		for (const [title, play] of Object.entries(chapters)) {
			log(title);
			const findings = await play({ playground, cluster, log, signal });
			tables.push(table([title, 'Seen'], findings.rows));
			problems.push(...findings.problems);
		}
		console.log(`\n${tables.join('\n')}\n`);
		for (const problem of problems) console.error(`  - ${problem}`);
		passed = problems.length === 0;
	} finally {
		if (playground !== undefined) {
			log('Stopping');
			await playground.stop({ keepFolder: keep || !passed });
			if (keep || !passed) log(`Logs are kept in ${relative(root, playground.folder)}`);
		}
	}
	return passed;
}

let keep: boolean | undefined;
try {
	const flag = { type: 'boolean', default: false } as const;
	const { values } = parseArgs({ options: { keep: flag, help: flag } });
	keep = values.keep;
	if (values.help) process.stdout.write(usage);
	else process.exitCode = (await main(keep)) ? 0 : 1;
} catch (error) {
	for (let problem: unknown = error; problem instanceof Error; problem = problem.cause) {
		console.error(problem.message);
	}
	process.exitCode = keep === undefined ? 2 : 1;
}
