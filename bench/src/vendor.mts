import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface StubOptions {
	latencyMs: number;
	/** How many tickets there are to list. */
	tickets: number;
	/** Calls that are answered at once; more are refused with HTTP 429. */
	most?: number;
}

/** Since the options were set. */
export interface StubReport {
	requests: number;
	refusals: number;
	mostInFlight: number;
	/** For how long calls were under way, each from its arrival to its answer, in sum. */
	busyMs: number;
}

/** Kingsoft Cloud and Jira Cloud on loopback, without checks and state: see stub.mts. */
export interface StubVendor {
	address: string;
	set(options: Partial<StubOptions>): Promise<void>;
	report(): Promise<StubReport>;
	close(): void;
}

export async function startVendor(): Promise<StubVendor> {
	const child = fork(join(import.meta.dirname, 'stub.mts'), { serialization: 'advanced' });
	const answer = async () => ((await once(child, 'message')) as unknown[])[0];
	const { address } = (await answer()) as { address: string };
	const report = async (message: StubOptions | 'report') => {
		const coming = answer();
		child.send(message);
		return ((await coming) as { report: StubReport }).report;
	};
	return {
		address,
		set: async (options) => void (await report({ latencyMs: 0, tickets: 0, ...options })),
		report: async () => await report('report'),
		close: () => void child.disconnect(),
	};
}
