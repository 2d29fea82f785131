export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

type Work = () => unknown;

const now = () => performance.now();

/** Milliseconds of one go of a work that repeats itself `times` times. */
async function timed(work: Work, times: number): Promise<number> {
	const start = now();
	for (let count = 0; count < times; count++) await work();
	return now() - start;
}

function timedSync(work: Work, times: number): number {
	const start = now();
	for (let count = 0; count < times; count++) work();
	return now() - start;
}

export interface Compared {
	/** Median of a side's time for one go of its work, in ms. */
	time: Readonly<Record<string, number>>;
	/** Median over the rounds of one side's time divided by another's of the same round. */
	ratio: (one: string, other: string) => number;
}

function compared(rounds: ReadonlyMap<string, number[]>, times: number): Compared {
	return {
		time: Object.fromEntries(
			[...rounds].map(([side, values]) => [side, median(values) / times] as const),
		),
		ratio: (one, other) => {
			const others = rounds.get(other) ?? [];
			return median((rounds.get(one) ?? []).map((value, round) => value / (others[round] ?? NaN)));
		},
	};
}

/**
 * Times works against each other in one process: every round runs all of them, in an order that turns, so
 * that what the machine does besides meets them alike. The first round warms up and does not count.
 */
export async function compare(
	sides: Readonly<Record<string, Work>>,
	{ rounds, times = 1 }: { rounds: number; times?: number },
): Promise<Compared> {
	const results = new Map(Object.keys(sides).map((side) => [side, [] as number[]]));
	const names = Object.keys(sides);
	for (let round = 0; round <= rounds; round++) {
		const order = names.map((_name, at) => names[(at + round) % names.length] ?? '');
		for (const side of order) {
			const ms = await timed(sides[side] as Work, times);
			if (round > 0) results.get(side)?.push(ms);
		}
	}
	return compared(results, times);
}

/** The same for works that never wait. */
export function compareSync(
	sides: Readonly<Record<string, Work>>,
	{ rounds, times }: { rounds: number; times: number },
): Compared {
	const results = new Map(Object.keys(sides).map((side) => [side, [] as number[]]));
	const names = Object.keys(sides);
	for (let round = 0; round <= rounds; round++) {
		const order = names.map((_name, at) => names[(at + round) % names.length] ?? '');
		for (const side of order) {
			const ms = timedSync(sides[side] as Work, times);
			if (round > 0) results.get(side)?.push(ms);
		}
	}
	return compared(results, times);
}
