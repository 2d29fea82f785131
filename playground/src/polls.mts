import type { RecordedRequest, Sandbox, Vendor } from '../../sandbox/index.mts';
import { waitFor } from './wait.mts';

/** A request that the trigger of a vendor makes exactly once in a poll that finds nothing. */
const marks: Record<Vendor, (request: RecordedRequest) => boolean> = {
	kingdee: ({ path, body }) => path.endsWith('/loadList') && body.includes('"value":"A"'),
	kingsoftCloud: ({ path, body }) => path.endsWith('/list_tickets') && !body.includes('"status"'),
	sevenMoor: ({ path }) => path.includes('/queryDictionary/'),
	weiban: ({ path }) => path.endsWith('/workorder/list'),
};

export function pollCount(sandbox: Sandbox, vendor: Vendor): number {
	return sandbox.requests(vendor).filter((request) => request.accepted && marks[vendor](request))
		.length;
}

/** Waits until the only trigger that polls the vendor has asked twice more, so that one poll is over. */
export async function onePollLater(
	sandbox: Sandbox,
	vendor: Vendor,
	{ timeoutMs = 30_000, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<void> {
	const target = pollCount(sandbox, vendor) + 2;
	const what = `the trigger to poll ${vendor}`;
	const enough = (): true | undefined => (pollCount(sandbox, vendor) >= target ? true : undefined);
	await waitFor(enough, { what, timeoutMs, signal });
}
