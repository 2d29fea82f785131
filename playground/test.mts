import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './src/paths.mts';
import { startPlayground, type Playground } from './src/playground.mts';
import { timedLog, type Log } from './src/progress.mts';
import { addLogIns } from './test/accounts.mts';
import { Bench } from './test/bench.mts';
import { checkBrowser } from './test/browser.mts';
import { Checks } from './test/checks.mts';
import { checkCredentialTests } from './test/credentialTests.mts';
import { checkFailures } from './test/failures.mts';
import { checkHttpRequest } from './test/httpRequest.mts';
import { checkInstallation } from './test/installation.mts';
import { checkOperations } from './test/operations.mts';
import { checkSecrets } from './test/secrets.mts';
import { checkTriggers } from './test/triggers/index.mts';

const usage = `Usage: npm run test:n8n [-- --screenshots] [-- --keep] [-- --help]

Installs the packed tarball in a real n8n, with the four vendors in the sandbox on this machine, and
checks the pack there: credentials, operations, every trigger, failures, and a person's way
through the editor in Chromium. Ends with the line "N passed, N failed" and status 0 or 1.

  --screenshots  write the pictures of the browser checks to docs/images
  --keep         keep the run folder with n8n's database and log, which a failure keeps in any case
  --help         show this text
`;

/** For the checks; installing n8n, which happens once, has time limits of its own. */
const CHECKS_TIMEOUT_MS = 9 * 60_000;
const START_TIMEOUT_MS = 40 * 60_000;

interface Arguments {
	screenshots: boolean;
	keep: boolean;
	help: boolean;
}

function readArguments(): Arguments | undefined {
	const flag = { type: 'boolean', default: false } as const;
	try {
		return parseArgs({ options: { screenshots: flag, keep: flag, help: flag } }).values;
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		return undefined;
	}
}

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

async function runChecks(
	checks: Checks,
	playground: Playground,
	{ screenshots, log, signal }: { screenshots: boolean; log: Log; signal: AbortSignal },
): Promise<void> {
	const bench = new Bench(playground);
	const pictures = screenshots ? join(root, 'docs', 'images') : join(playground.folder, 'pictures');
	const chapters: Record<string, () => Promise<void>> = {
		Installation: async () => await checkInstallation(checks, bench),
		'Credential tests': async () => await checkCredentialTests(checks, bench),
		Operations: async () => await checkOperations(checks, bench),
		'HTTP Request node': async () => await checkHttpRequest(checks, bench),
		Failures: async () => await checkFailures(checks, bench),
		Triggers: async () => await checkTriggers(checks, bench),
		Browser: async () => await checkBrowser(checks, bench, { pictures, log, signal }),
		Secrets: async () => await checkSecrets(checks, bench),
	};
	// The published app secret is too short to look for; this one is not.
	playground.sandbox.kingdee.rotateAppSecret();
	await addLogIns(bench);
	for (const [title, run] of Object.entries(chapters)) {
		log(title);
		await run();
	}
}

async function main({ screenshots, keep }: Arguments): Promise<boolean> {
	const log = timedLog((text) => process.stdout.write(text));
	const interrupted = interruption();
	let checks = new Checks(log, interrupted);
	let playground: Playground | undefined;
	try {
		await checks.check(
			'n8n starts with the tarball installed',
			async () => {
				playground = await startPlayground({
					purpose: 'test',
					templates: [],
					n8nEnv: { N8N_LOG_LEVEL: 'debug' },
					log,
					signal: interrupted,
				});
			},
			START_TIMEOUT_MS,
		);
		if (playground === undefined) return false;
		const signal = AbortSignal.any([interrupted, AbortSignal.timeout(CHECKS_TIMEOUT_MS)]);
		checks = checks.until(signal);
		await runChecks(checks, playground, { screenshots, log, signal });
	} catch (error) {
		checks.fail('The checks themselves', error);
	} finally {
		const keepFolder = keep || checks.failed > 0;
		if (playground !== undefined) await end(playground, keepFolder, log);
		console.log(`${checks.passed} passed, ${checks.failed} failed`);
	}
	return checks.failed === 0;
}

async function end(playground: Playground, keepFolder: boolean, log: Log): Promise<void> {
	log('Stopping');
	await playground.stop({ keepFolder });
	if (keepFolder) log(`n8n's folder and log are kept in ${relative(root, playground.folder)}`);
}

const given = readArguments();
if (given === undefined || given.help) {
	process[given === undefined ? 'stderr' : 'stdout'].write(usage);
	process.exitCode = given === undefined ? 2 : 0;
} else {
	process.exitCode = (await main(given)) ? 0 : 1;
}
