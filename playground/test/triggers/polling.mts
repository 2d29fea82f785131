import assert from 'node:assert/strict';
import type { Vendor } from '../../../sandbox/index.mts';
import { onePollLater, pollCount } from '../../src/polls.mts';
import type { Bench } from '../bench.mts';
import type { Checks } from '../checks.mts';
import { startListener, type Listener, type ListenerPlan } from './listener.mts';

const MOST_SAMPLES = 3;

export interface PollingPlan extends ListenerPlan {
	vendor: Vendor;
	pollEverySeconds: number;
	/** The checks of the single kinds of events. */
	events: (listener: Listener) => Promise<void>;
}

/** What every polling trigger has to do, around the events that are its own. */
export async function checkPollingTrigger(
	checks: Checks,
	bench: Bench,
	plan: PollingPlan,
): Promise<void> {
	const { name, vendor, events } = plan;
	const { sandbox } = bench;
	const listener = await startListener(checks, bench, plan);
	if (listener === undefined) return;

	await checks.check(`${name}: a test by hand shows recent records`, async () => {
		const samples = await listener.samples();
		assert(samples.length > 0 && samples.length <= MOST_SAMPLES, `${samples.length} samples`);
		for (const sample of samples) assert.match(String(sample['id']), /:/);
	});
	await events(listener);
	await checks.check(`${name}: later polls repeat nothing`, async () => {
		assert(pollCount(sandbox, vendor) > 0, 'no poll was recognised');
		await onePollLater(sandbox, vendor);
		await listener.assertNothingElse();
		await listener.stop();
	});
}
