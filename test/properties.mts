/**
 * How long a property is tried: the same cases each time, so that a failure is always of the change at hand.
 * DEEPER=20 tries so many times as many, SEED=2 other ones.
 */
export function runs(usual: number): { numRuns: number; seed: number } {
	const { DEEPER = '1', SEED = '1' } = process.env;
	return { numRuns: usual * Number(DEEPER), seed: Number(SEED) };
}
