import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { type Random } from '../../sandbox/random.mts';
import type { Sandbox, Vendor } from '../../sandbox/index.mts';
import type { Engine, SharedCredentials } from '../engine/engine.mts';
import { credentialsFor } from '../engine/vendors.mts';
import { fileOf, ownValues, type OwnValues, type Plan } from './plan.mts';
import { plans } from './plans/index.mts';

/** One execution of a node, on several items. */
export interface PlannedRun {
	readonly vendor: Vendor;
	readonly plan: Plan;
	readonly items: readonly OwnValues[];
	readonly requestOptions: INodeParameters;
}

export interface FinishedRun extends PlannedRun {
	readonly output: readonly INodeExecutionData[];
	/** Of an error that ended the run. */
	readonly error?: string;
}

const MOST_ITEMS = 20;
/** The least that the option takes; only a call that hangs waits so long. */
const TIMEOUT_S = 1;
/** Two limits of a minute and two log-ins a minute later still fit in. */
export const MAX_RETRY_S = 300;
const RUNS_AT_ONCE = 4;

const usual = { timeout: TIMEOUT_S, maxRetryTime: MAX_RETRY_S };

/** So many operations, one on each item, in runs that the seed puts in order. */
export function planRuns(vendor: Vendor, operations: number, firstItem: number, dice: Random) {
	const ofVendor = plans[vendor];
	const left = ofVendor.map((_plan, index) =>
		Math.floor((operations + ofVendor.length - 1 - index) / ofVendor.length),
	);
	const runs: PlannedRun[] = [];
	let next = firstItem;
	while (left.some((count) => count > 0)) {
		const open = [...left.keys()].filter((index) => (left[index] ?? 0) > 0);
		const index = dice.pick(open);
		const plan = ofVendor[index];
		if (plan === undefined) continue;
		const most = Math.min(plan.most ?? MOST_ITEMS, left[index] ?? 0);
		const size = 1 + Math.floor(dice.next() * most);
		left[index] = (left[index] ?? 0) - size;
		const items = Array.from({ length: size }, () => ownValues(next++));
		// Each item has a record of its own, so writes may go out several at a time.
		const more = dice.next() < 0.3 ? { maxConcurrent: 4 } : {};
		runs.push({ vendor, plan, items, requestOptions: { ...usual, ...more } });
	}
	return runs;
}

async function finish(
	engine: Engine,
	sandbox: Sandbox,
	shared: SharedCredentials,
	run: PlannedRun,
): Promise<FinishedRun> {
	const { vendor, plan, items, requestOptions } = run;
	for (const item of items) plan.prepare?.(sandbox, item);
	const [resource = '', operation = ''] = plan.name.split('.');
	const type = `${vendor}Api` as const;
	const { items: output, error } = await engine.run({
		type: vendor,
		parameters: { ...plan.parameters, resource, operation, requestOptions },
		credentials: { [type]: credentialsFor(sandbox)[type] },
		shared,
		items: items.map((item) => ({
			json: item,
			...(plan.hasFile === undefined ? {} : { binary: fileOf(item) }),
		})),
		onError: 'continueRegularOutput',
	});
	return { ...run, output, ...(error === undefined ? {} : { error: error.message }) };
}

/** Works the runs of one vendor, several at a time; `done` is told of each. */
export async function workRuns(
	engine: Engine,
	sandbox: Sandbox,
	vendor: Vendor,
	runs: readonly PlannedRun[],
	done: (run: FinishedRun) => void,
): Promise<void> {
	const type = `${vendor}Api` as const;
	const shared = engine.share({ [type]: credentialsFor(sandbox)[type] });
	const queue = [...runs];
	const work = async () => {
		for (let run = queue.shift(); run !== undefined; run = queue.shift()) {
			done(await finish(engine, sandbox, shared, run));
		}
	};
	await Promise.all(Array.from({ length: RUNS_AT_ONCE }, work));
}
