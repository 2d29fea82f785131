import type { RecordedRequest, Vendor } from '../../sandbox/index.mts';
import type { Credential, WorkflowJson } from '../src/rest.mts';

/** An event as an execution in n8n's database has it. */
export interface KeptEvent {
	id: string;
	executionId: number;
	/** When the execution was made, epoch ms. */
	keptAt: number;
	/** The whole item. */
	json: Record<string, unknown>;
}

export interface Verdict {
	/** How many facts had to be told. */
	expected: number;
	/** Facts that were not told, in words. */
	lost: string[];
	/** What was told and is not so, in words. */
	untrue: string[];
	/** What was told again under another id, in words. */
	renamed: string[];
	/** What came and went between two polls, where it did not show. */
	unseen: string[];
}

export const noVerdict = (): Verdict => ({
	expected: 0,
	lost: [],
	untrue: [],
	renamed: [],
	unseen: [],
});

/** One reading of the lists that show every ticket that has not ended; epoch ms. */
export interface Reading {
	begin: number;
	end: number;
}

/** How a vendor is polled. */
export interface Polling {
	readonly vendor: Vendor;
	/** Whether a request begins to read these lists, or reads on. */
	readonly lists: (request: RecordedRequest) => 'first' | 'next' | undefined;
}

/** A vendor whose events have to reach n8n. */
export interface EventSource {
	readonly name: string;
	/** Absent where the vendor calls n8n. */
	readonly polling?: Polling;
	/** The workflow with the trigger, which posts the ids of its events to the collector. */
	workflow(credentials: Record<string, Credential>, collector: string): WorkflowJson;
	/** How much is still to happen. */
	remaining(): number;
	/** Lets the next thing happen at the vendor. */
	next(): void;
	/** Whether the vendor has nothing on its way to n8n any more; a polled one never has. */
	settled(): boolean;
	/** Lets no more calls go to n8n and waits until it has answered those under way. */
	hold(): Promise<void>;
	release(): void;
	/** What happened, for the table: what it is and how often. */
	happened(): Record<string, number>;
	/** Compares what happened with what was told, in the order of telling and with repeats. */
	judge(told: readonly KeptEvent[], readings: readonly Reading[]): Verdict;
	close(): void;
}
