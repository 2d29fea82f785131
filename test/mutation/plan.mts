import { basename, dirname } from 'node:path';

import type { Mutant } from './tree.mts';
import type { Turn, TurnSeen } from './turns.mts';

/** What a test file reaches while every mutant sleeps. */
export interface Reach {
	readonly file: string;
	readonly seen: TurnSeen;
}

/** The turns of each mutant, in their order. */
export type Plan = Map<Mutant, Turn[]>;

/** What a turn costs beside its tests. */
const TURN_MS = 200;
/** No test file takes more of a mutant's budget than this share. */
const SHARE = 3;

/** Looks at what is fixed when files load: the fields of the nodes. */
const DESCRIPTIONS = 'test/nodes/fields.test.mts';

const isUnit = (file: string) => !file.startsWith('test/engine/');

/** Whether a test file is named after a source file, as test/nodes/Weiban/refusals after transport/refusals. */
function isNamedAfter(file: string, source: string): boolean {
	const [, area = '', vendor = ''] = file.split('/');
	return (
		basename(file, '.test.mts') === basename(source, '.ts') &&
		source.startsWith(area === 'nodes' ? `${area}/${vendor}/` : `${area}/`)
	);
}

/** Unit tests first, then those that concern all vendors or one as a whole, then those of one operation. */
function rank(file: string): number {
	if (isUnit(file)) return file === DESCRIPTIONS ? -1 : 0;
	return dirname(file) === 'test/engine' ? 1 : 2;
}

/** The quickest of the tests, as many as the budget allows. */
function quickest(tests: readonly number[], costs: readonly number[], budgetMs: number): number[] {
	const cost = (test: number) => costs[test] ?? 0;
	let left = budgetMs;
	return [...tests]
		.sort((one, other) => cost(one) - cost(other))
		.filter((test) => {
			const isAffordable = left > 0;
			left -= cost(test);
			return isAffordable;
		});
}

/** Which tests run against which of the open mutants: those that reach it, until its budget is spent. */
export function plan(
	mutants: readonly Mutant[],
	open: readonly Mutant[],
	reaches: readonly Reach[],
	budgetMs: number,
): Plan {
	const sources = new Map(mutants.map(({ id, fileName }) => [id, fileName]));
	const inOrder = reaches
		.map(({ file, seen }) => ({
			file,
			costs: seen.tests.map(({ ms }) => ms),
			reached: seen.tests.map((test) => new Set(test.reached)),
			sources: seen.tests.map((test) => new Set(test.reached.map((id) => sources.get(id)))),
			outside: new Set(seen.reachedOutside),
		}))
		.sort((a, b) => rank(a.file) - rank(b.file) || sum(a.costs) - sum(b.costs));
	const planned: Plan = new Map();
	for (const mutant of open) {
		const { id, fileName } = mutant;
		const fileIsRun = inOrder.some((file) => file.sources.some((names) => names.has(fileName)));
		const concerns = (name: string | undefined) =>
			fileIsRun ? name === fileName : dirname(name ?? '') === dirname(fileName);
		const testsOf = (file: (typeof inOrder)[number]): number[] => {
			const tests = positions(file.reached, (ids) => ids.has(id));
			if (tests.length > 0 || !file.outside.has(id)) return tests;
			const isAll = file.file === DESCRIPTIONS || isNamedAfter(file.file, fileName);
			if (isAll) return positions(file.reached, () => true);
			// Reached when files load: tests that then run something of the same file, or else folder.
			return positions(file.sources, (names) => [...names].some(concerns));
		};
		const turns: Turn[] = [];
		let left = budgetMs;
		for (const file of inOrder) {
			if (left <= 0) break;
			const tests = testsOf(file);
			if (tests.length === 0) continue;
			const chosen = quickest(tests, file.costs, Math.min(left, budgetMs / SHARE));
			left -= TURN_MS + sum(chosen.map((at) => file.costs[at] ?? 0));
			turns.push({ file: file.file, mutant: id, tests: chosen, usualMs: file.costs });
		}
		planned.set(mutant, turns);
	}
	return planned;
}

function positions<T>(list: readonly T[], fits: (entry: T) => boolean): number[] {
	return [...list.keys()].filter((at) => fits(list[at] as T));
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
