import {
	startSandbox,
	STORM_KINDS,
	type Sandbox,
	type Storm,
	type Vendor,
} from '../../sandbox/index.mts';
import { Random } from '../../sandbox/random.mts';
import { VENDORS } from '../../sandbox/types.mts';
import { fill } from '../../scripts/docs/fill.mts';
import { Engine } from '../engine/engine.mts';
import { skipWaits } from '../engine/time.mts';
import { CallsByItem, judge, type Judgement } from './judge.mts';
import type { StormTestOptions } from './options.mts';
import { markdownTable, outcomeTable, problemLines, type VendorOutcome } from './report.mts';
import { planRuns, workRuns, type FinishedRun } from './runs.mts';

/** Calls of log-ins, for whose answer nodes wait 30 seconds. */
const LOG_IN_CALLS = [
	'access_token/get',
	'kingdee_auth_token',
	'push_app_authorize',
	'get_current_user_info',
];

/** Kingdee's token, group, app secret and domain, and Weiban's token. */
const SESSION_OVER = /^(4011 |11010001 |1030002006 |Bad Gateway|No Route|10001 )/;

const DOCS = 'docs/faults.md';
const PROGRESS_MS = 10_000;

function outcomeOf(
	sandbox: Sandbox,
	storm: Storm,
	vendor: Vendor,
	runs: readonly FinishedRun[],
): VendorOutcome {
	const requests = sandbox.requests(vendor);
	const calls = new CallsByItem(requests);
	const judgements: Judgement[] = runs.flatMap((run) => judge(run, calls));
	return {
		vendor,
		runs,
		judgements,
		calls: requests.length,
		repeated: repeatedCalls(runs, calls),
		refusedForSession: requests.filter(({ refusal }) => SESSION_OVER.test(refusal ?? '')).length,
		struck: new Map(STORM_KINDS.map((kind) => [kind, storm.struck(vendor, kind)])),
	};
}

/** Calls of an item to a path beyond its first one there. */
function repeatedCalls(runs: readonly FinishedRun[], calls: CallsByItem): number {
	const owners = runs.flatMap(({ items }) => items.map(({ own }) => own));
	const seen = new Set<object>();
	let repeated = 0;
	for (const own of owners) {
		const paths = new Set<string>();
		for (const request of calls.of(own)) {
			if (paths.has(request.path) && !seen.has(request)) repeated++;
			paths.add(request.path);
			seen.add(request);
		}
	}
	return repeated;
}

/** Answers the status of the process. */
export async function weatherStorm(options: StormTestOptions): Promise<number> {
	skipWaits();
	const engine = await Engine.load();
	const sandbox = await startSandbox();
	const { seed, share, operations } = options;
	const storm = sandbox.faults.storm({ seed, share: share / 100, neverHang: LOG_IN_CALLS });
	const dice = new Random(seed);
	const each = Math.ceil(operations / VENDORS.length);
	const planned = VENDORS.map((vendor, index) => ({
		vendor,
		runs: planRuns(vendor, each, index * each, dice),
		finished: [] as FinishedRun[],
	}));
	const began = process.uptime();
	const seconds = () => Math.round(process.uptime() - began);
	const sayProgress = () => {
		const counts = planned.map(({ vendor, finished }) => {
			const done = finished.reduce((sum, { items }) => sum + items.length, 0);
			return `${vendor} ${done}`;
		});
		console.log(`[${String(seconds()).padStart(4)} s] of ${each} each: ${counts.join(', ')}`);
	};
	const progress = setInterval(sayProgress, PROGRESS_MS);
	const clockBegan = Date.now();
	try {
		await Promise.all(
			planned.map(async ({ vendor, runs, finished }) => {
				await workRuns(engine, sandbox, vendor, runs, (run) => finished.push(run));
			}),
		);
	} finally {
		clearInterval(progress);
	}
	sayProgress();
	const minutes = Math.round((Date.now() - clockBegan) / 60_000);
	const outcomes = planned.map(({ vendor, finished }) =>
		outcomeOf(sandbox, storm, vendor, finished),
	);
	await sandbox.close();
	console.log(`\n${outcomeTable(outcomes)}\n`);
	const circumstances = `Seed ${seed}, ${share} % of the calls struck; ${minutes} minutes on the clock of the vendors.`;
	console.log(`${circumstances} It took ${seconds()} seconds.`);
	const problems = problemLines(outcomes);
	for (const line of problems) console.error(line);
	if (options.write) {
		const storm = () => [...markdownTable(outcomes), '', circumstances];
		await fill(DOCS, { storm }, false);
	}
	return problems.length === 0 ? 0 : 1;
}
