import type { Vendor } from '../../sandbox/index.mts';
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

/** Whether n8n had the time for a whole poll, and for keeping it, between two moments (epoch ms). */
export type SawWhole = (from: number, to: number) => boolean;

/** A vendor whose events have to reach n8n. */
export interface EventSource {
	readonly name: string;
	/** The vendor that n8n polls; absent where the vendor calls n8n. */
	readonly polled?: Vendor;
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
	judge(told: readonly KeptEvent[], sawWhole: SawWhole): Verdict;
	close(): void;
}
