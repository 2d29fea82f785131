import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { playScenarios } from './scenarios/index.mts';
import type { Delivery } from './src/happening.mts';
import { root } from './src/paths.mts';
import { startPlayground, type Playground } from './src/playground.mts';
import { timedLog } from './src/progress.mts';
import { Scenario, scenarioTemplates } from './src/scenario.mts';
import type { SlackMessage } from './src/slackSink.mts';
import { table } from './src/table.mts';

const usage = `Usage: npm run demo [-- --once] [-- --help]

Starts a real n8n with this pack installed, the four vendors in the sandbox, a stand-in for Slack and
a mailbox, all on this machine. Then things happen at the vendors, their triggers start workflows, and
a table shows the messages they led to; the other workflows of workflows/ are run, with a line each on
what came of them. The first run installs n8n, which takes some minutes.

  --once   stop when every message has arrived and every workflow did its work (status 0), or a message
           is missing, repeated or worded wrongly or a workflow failed (status 1); without it n8n stays
           open for you until Ctrl-C
  --help   show this text
`;

const SLACK_CHARACTERS = 44;
const INTERRUPTED = 130;

/** What a message says beyond the columns beside it, on one line. */
function gist({ text }: SlackMessage): string {
	const [headline = '', ...details] = text.split('\n');
	const [, ...title] = headline.split(': ');
	const all = Array.from([title.join(': '), ...details].filter(Boolean).join(' · '));
	if (all.length <= SLACK_CHARACTERS) return all.join('');
	return `${all.slice(0, SLACK_CHARACTERS - 1).join('')}…`;
}

function row({ vendor, event, ticket, slack, mail, seconds }: Delivery): string[] {
	const text = slack === undefined ? 'MISSING' : gist(slack);
	const address = mail === undefined ? 'MISSING' : mail.to.join(', ');
	const time = seconds === undefined ? '' : `${seconds.toFixed(1)} s`;
	return [vendor, event, ticket, text, address, time];
}

function overview(deliveries: Delivery[]): string {
	const headings = ['Vendor', 'Event', 'Ticket', 'Slack message', 'E-mail', 'After'];
	const byVendor = [...deliveries].sort((a, b) => a.vendor.localeCompare(b.vendor));
	return table(headings, byVendor.map(row));
}

async function explain(playground: Playground, problems: string[]): Promise<void> {
	const { n8n } = playground;
	console.error(`\nThe demo failed:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
	const failures = await n8n.rest.failures().catch(() => []);
	if (failures.length > 0) console.error(`\nIn n8n:\n  ${failures.join('\n  ')}`);
	console.error(`\nLast lines of n8n's log:\n  ${n8n.lastLines(20).join('\n  ')}`);
}

/** Ends with the first Ctrl-C, or with whoever started this; a second Ctrl-C does not wait. */
function interruption(): AbortSignal {
	const controller = new AbortController();
	const interrupt = (): void => controller.abort(new Error('Interrupted'));
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (controller.signal.aborted) process.exit(INTERRUPTED);
			interrupt();
		});
	}
	const starter = process.ppid;
	setInterval(() => {
		if (process.ppid !== starter) interrupt();
	}, 1000).unref();
	return controller.signal;
}

async function main(once: boolean): Promise<number> {
	const log = timedLog((text) => process.stdout.write(text));
	const signal = interruption();
	let status: number | undefined;
	let playground: Playground | undefined;
	try {
		playground = await startPlayground({
			purpose: 'demo',
			templates: scenarioTemplates,
			log,
			signal,
		});
		const { deliveries, problems } = await new Scenario(playground, { log, signal }).play();
		console.log(`\n${overview(deliveries)}\n`);
		problems.push(...(await playScenarios(playground, { log, signal })));
		status = problems.length === 0 ? 0 : 1;
		if (status === 1) await explain(playground, problems);
		else log(`All ${deliveries.length} happenings reached Slack and the mailbox, once each`);
		if (!once) await stayOpen(playground, signal);
	} catch (error) {
		if (!signal.aborted) throw error;
		// Who looks around in an open n8n ends it with Ctrl-C; then the outcome counts.
		status ??= INTERRUPTED;
		if (status === INTERRUPTED) log('Interrupted');
	} finally {
		if (playground !== undefined) {
			log('Stopping');
			const keepFolder = status === 1 || status === undefined;
			await playground.stop({ keepFolder });
			if (keepFolder) log(`Logs are kept in ${relative(root, playground.folder)}`);
		}
	}
	return status;
}

async function stayOpen({ n8n }: Playground, signal: AbortSignal): Promise<void> {
	const { url, owner } = n8n;
	console.log(`
n8n is open at ${url}
  e-mail    ${owner.email}
  password  ${owner.password}
Press Ctrl-C to stop it.
`);
	while (n8n.isRunning()) {
		await sleep(1000, undefined, { signal });
	}
	throw new Error('n8n ended by itself');
}

interface Arguments {
	once: boolean;
	help: boolean;
}

function readArguments(): Arguments | undefined {
	const flag = { type: 'boolean', default: false } as const;
	try {
		return parseArgs({ options: { once: flag, help: flag } }).values;
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		return undefined;
	}
}

const given = readArguments();
if (given === undefined || given.help) {
	process[given === undefined ? 'stderr' : 'stdout'].write(usage);
	process.exitCode = given === undefined ? 2 : 0;
} else {
	try {
		process.exitCode = await main(given.once);
	} catch (error) {
		for (let problem: unknown = error; problem instanceof Error; problem = problem.cause) {
			console.error(problem.message);
		}
		process.exitCode = 1;
	}
}
