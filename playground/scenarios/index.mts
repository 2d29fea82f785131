import type { Playground } from '../src/playground.mts';
import type { Log } from '../src/progress.mts';
import { digest } from './digest.mts';
import { escalation } from './escalation.mts';
import { notify } from './notify.mts';
import { Stage } from './stage.mts';
import { triage } from './triage.mts';
import { weibanToKingsoft } from './weibanToKingsoft.mts';

export interface ScenarioOptions {
	log: Log;
	signal?: AbortSignal;
}

/** By the name of the workflow; answers in a line what was seen, or throws. */
const scenarios: Record<string, (stage: Stage) => Promise<string>> = {
	notify,
	'escalate-unclaimed': escalation,
	'daily-digest': digest,
	'weiban-to-kingsoft': weibanToKingsoft,
	'ai-triage': triage,
};

/**
 * Imports each of the workflows into the demo's n8n, runs it with the data of the sandbox and looks at
 * what came of it. Schedules are not waited for: the workflow is run at once through n8n's own
 * interface. Answers what went wrong, one line each.
 */
export async function playScenarios(
	playground: Playground,
	{ log, signal }: ScenarioOptions,
): Promise<string[]> {
	const stage = new Stage(playground, signal);
	const problems: string[] = [];
	for (const [name, play] of Object.entries(scenarios)) {
		const start = Date.now();
		try {
			const seen = await play(stage);
			log(`${name}: ${seen} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
		} catch (error) {
			signal?.throwIfAborted();
			const reason = error instanceof Error ? error.message : String(error);
			log(`${name}: FAILED`);
			problems.push(`${name}: ${reason}`);
		}
	}
	return problems;
}
