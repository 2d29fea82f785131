import type { CallSite } from '../../../lib/exchange';

/** The two states of an option as this account's 7moor means them. */
export interface OptionStates {
	readonly enabled: string;
	readonly disabled: string;
}

/** The documents contradict each other (sheet 7moor §7), so the person says it in the credential. */
export async function statesOf(site: CallSite): Promise<OptionStates> {
	const { enabledState } = await site.context.getCredentials<{ enabledState?: string }>(
		'sevenMoorApi',
		site.itemIndex ?? 0,
	);
	return enabledState === '1' ? { enabled: '1', disabled: '2' } : { enabled: '2', disabled: '1' };
}
