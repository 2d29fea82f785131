/** What the processes of the mutation test tell each other. */

/** One run of a test file with one mutant switched on, or with none. */
export interface Turn {
	readonly file: string;
	readonly mutant?: string;
	/** Positions of the tests to run. */
	readonly tests: readonly number[];
	/** How long each test of the file takes; longer than a multiple of it counts as hanging. Empty where unknown. */
	readonly usualMs: readonly number[];
}

export interface TestSeen {
	readonly name: string;
	readonly ms: number;
	readonly failed: boolean;
	/** Mutants that the test reaches. */
	readonly reached: readonly string[];
}

/** Sent after each turn. */
export interface TurnSeen {
	readonly ms: number;
	/** Mutants reached outside tests: when files load, in beforeAll. */
	readonly reachedOutside: readonly string[];
	readonly tests: readonly TestSeen[];
	/** The first test that failed, or why there is none; absent where all is well. */
	readonly failed?: string;
}
