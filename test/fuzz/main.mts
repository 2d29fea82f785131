// Runs both fuzzers.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const usage = `Usage: npm run test:fuzz -- [--texts N] [--runs N] [--seed N]

The exact-JSON reader against a reference on generated texts, then every operation and every trigger in
n8n's engine against the sandbox with odd values in its parameters: it works, the vendor refuses the call, or
the node names a field. Prints the seed and the smallest values that break the rule.
  --texts N   JSON texts (default 1000000)
  --runs N    uses of each operation and trigger (default 300)
  --seed N    repeats a run (default 1)
`;

const { values } = parseArgs({
	options: {
		texts: { type: 'string', default: '1000000' },
		runs: { type: 'string', default: '300' },
		seed: { type: 'string', default: '1' },
		help: { type: 'boolean' },
	},
});
if (values.help === true) {
	process.stdout.write(usage);
	process.exit(0);
}

const { texts, runs, seed } = values;
const commands = [
	['test/fuzz/json.mts', '--texts', texts, '--seed', seed],
	['node_modules/jest/bin/jest.js', '--selectProjects', 'engine', '--', 'test/engine/parameters'],
];
for (const command of commands) {
	const env = { ...process.env, RUNS: runs, SEED: seed };
	const { status } = spawnSync(process.execPath, command, { stdio: 'inherit', env });
	if (status !== 0) process.exitCode = 1;
}
