import type { Bench } from '../bench.mts';
import type { Checks } from '../checks.mts';
import { checkKingdeeTrigger } from './kingdee.mts';
import { checkKingsoftTrigger } from './kingsoftCloud.mts';
import { checkSevenMoorTrigger } from './sevenMoor.mts';
import { checkDictionaryTrigger } from './sevenMoorDictionary.mts';
import { checkWeibanTrigger } from './weiban.mts';
import { checkWeibanPollingTrigger } from './weibanPolling.mts';

/** Every trigger in a published workflow of its own, all at the same time. */
export async function checkTriggers(checks: Checks, bench: Bench): Promise<void> {
	const all = [
		checkKingsoftTrigger,
		checkKingdeeTrigger,
		checkWeibanPollingTrigger,
		checkDictionaryTrigger,
		checkWeibanTrigger,
		checkSevenMoorTrigger,
	];
	await Promise.all(all.map(async (check) => await check(checks, bench)));
}
