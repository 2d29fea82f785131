/** What the processes of the mutation test tell each other. */

/** One run of a test file with one mutant switched on, or with none. */
export interface Turn {
	mutant?: string;
	/** Positions of the tests to run; all when absent. */
	tests?: number[];
}

export interface Job {
	turns: Turn[];
	/** How long each test of the file takes; longer than a multiple of it counts as hanging. */
	baseline: number[];
}

export interface TestSeen {
	name: string;
	ms: number;
	failed: boolean;
	/** Mutants that the test reaches. */
	reached: string[];
}

/** Sent after each turn. */
export interface TurnSeen {
	turn: number;
	ms: number;
	/** Mutants reached outside tests: when files load, in beforeAll. */
	reachedOutside: string[];
	tests: TestSeen[];
	/** Why the mutant was noticed; absent where it was not. */
	killedBy?: string;
}
