import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './src/paths.mts';
import { startPlayground, type Playground } from './src/playground.mts';
import { timedLog, type Log } from './src/progress.mts';
import { addLogIns } from './test/accounts.mts';
import { Bench } from './test/bench.mts';
import { checkBrowser, type BrowserOptions } from './test/browser.mts';
import { Checks } from './test/checks.mts';
import { checkCredentialTests } from './test/credentialTests.mts';
import { checkFailures } from './test/failures.mts';
import { checkHttpRequest } from './test/httpRequest.mts';
import { checkInstallation } from './test/installation.mts';
import { checkOperations } from './test/operations.mts';
import { checkSecrets } from './test/secrets.mts';
import { checkTriggers } from './test/triggers/index.mts';

type Chapter = (checks: Checks, bench: Bench, browser: BrowserOptions) => Promise<void>;

const chapters: Record<string, Chapter> = {
	Installation: checkInstallation,
	'Credential tests': checkCredentialTests,
	Operations: checkOperations,
	'HTTP Request node': checkHttpRequest,
	Failures: checkFailures,
	Triggers: checkTriggers,
	Browser: checkBrowser,
	Secrets: checkSecrets,
};
const titles = Object.keys(chapters).join(', ');

const usage = `Usage: npm run test:n8n [-- --only CHAPTER] [-- --screenshots] [-- --keep] [-- --help]

Installs the packed tarball in a real n8n, with the four vendors in the sandbox on this machine, and
checks the pack there: credentials, operations, every trigger, failures, and a person's way
through the editor in Chromium. Ends with the line "N passed, N failed" and status 0 or 1.

  --only CHAPTER  check one chapter only:
                  ${titles}
  --screenshots   write the pictures of the browser checks to docs/images
  --keep          keep the run folder with n8n's database and log, which a failure keeps in any case
  --help          show this text
`;

/** For the checks; installing n8n, which happens once, has time limits of its own. */
const CHECKS_TIMEOUT_MS = 15 * 60_000;
const START_TIMEOUT_MS = 40 * 60_000;

interface Arguments {
	only?: string;
	screenshots: boolean;
	keep: boolean;
	help: boolean;
}

function readArguments(): Arguments | undefined {
	const flag = { type: 'boolean', default: false } as const;
	const options = { only: { type: 'string' }, screenshots: flag, keep: flag, help: flag } as const;
	try {
		const { values } = parseArgs({ options });
		const { only } = values;
		if (only !== undefined && !Object.hasOwn(chapters, only)) {
			throw new Error(`--only: there is no chapter "${only}"; there are ${titles}`);
		}
		return values;
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
	{ only, screenshots }: Arguments,
	{ log, signal }: Pick<BrowserOptions, 'log' | 'signal'>,
): Promise<void> {
	const bench = new Bench(playground);
	const pictures = screenshots ? join(root, 'docs', 'images') : join(playground.folder, 'pictures');
	// The published app secret is too short to look for; this one is not.
	playground.sandbox.kingdee.rotateAppSecret();
	await addLogIns(bench);
	for (const [title, run] of Object.entries(chapters)) {
		if (only !== undefined && title !== only) continue;
		log(title);
		await run(checks, bench, { pictures, log, signal });
	}
}

async function main(given: Arguments): Promise<boolean> {
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
		await runChecks(checks, playground, given, { log, signal });
	} catch (error) {
		checks.fail('The checks themselves', error);
	} finally {
		const keepFolder = given.keep || checks.failed > 0;
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
