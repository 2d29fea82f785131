// Changes the code in thousands of small ways and counts the changes that a test notices.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

import { table } from '../../playground/src/table.mts';
import { plan } from './plan.mts';
import { reachesOf, testFiles } from './reach.mts';
import {
	HEADINGS,
	keyOf,
	resultOf,
	rows,
	save,
	score,
	stored,
	writePage,
	type Result,
} from './results.mts';
import { plant, type Mutant } from './tree.mts';
import type { Turn } from './turns.mts';
import { Worker } from './worker.mts';

const THRESHOLD = 80;
const PROOF_AFTER = 40;
const ROUNDS = 10;

const usage = `Usage: npm run test:mutation -- [--only PATH]... [--tests PATH]... [--survivors | --continue] [--budget S] [--jobs N]

Mutates lib/, credentials/signing/ and the transports, runs the tests that reach each mutant, prints the score
and the mutants that no test noticed, and fails below ${THRESHOLD} %. A whole run writes the table of docs/mutation.md.
  --only PATH   source files that begin so, such as lib/json.ts
  --tests PATH  test files that begin so
  --survivors   only what survived the last run, in files that have not changed since
  --continue    only what an earlier run that was ended has not tried
  --budget S    seconds of tests that a mutant is tried with (default 20)
  --jobs N      mutants at a time (default: one for each core)
Results are kept in .reports/mutation, and so is what each test reaches.
`;

const { values } = parseArgs({
	options: {
		only: { type: 'string', multiple: true, default: [] },
		tests: { type: 'string', multiple: true, default: ['test/'] },
		survivors: { type: 'boolean', default: false },
		continue: { type: 'boolean', default: false },
		budget: { type: 'string', default: '20' },
		jobs: { type: 'string', default: String(availableParallelism()) },
		help: { type: 'boolean', default: false },
	},
});
if (values.help) {
	process.stdout.write(usage);
	process.exit(0);
}
let isTrying = false;
/** Whoever ends a run gets its results so far. */
const end = () => {
	if (!isTrying) process.exit(130);
	isTrying = false;
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);

const started = Date.now();
const minutes = () => Math.ceil((Date.now() - started) / 60_000);
const say = (text: string) => console.log(`[${minutes()} min] ${text}`);

const tree = await plant(values.only);
const results = new Map(tree.mutants.map((mutant) => [mutant.id, resultOf(mutant)]));
const earlier = stored();
const known = new Map(
	Object.values(earlier)
		.flat()
		.map((result) => [keyOf(result), result]),
);
if (values.survivors || values.continue) {
	for (const result of results.values()) Object.assign(result, known.get(keyOf(result)));
}
const settled = values.continue ? ['killed', 'survived', 'unreached'] : ['killed'];
// Those of all files by turns: a run that is ended early has tried a fair sample.
const open = tree.mutants
	.map((mutant, index) => ({ mutant, round: index % ROUNDS }))
	.sort((a, b) => a.round - b.round)
	.map(({ mutant }) => mutant)
	.filter(({ id }) => !settled.includes(results.get(id)?.fate ?? ''));
say(`${tree.mutants.length} mutants, ${open.length} to be tried`);

const workers = Array.from({ length: Number(values.jobs) }, () => new Worker(tree.folder));
const [first] = workers;
if (first === undefined) throw new Error('--jobs has to be 1 at least.');
const reaches = await reachesOf(testFiles(values.tests), tree.mutants, first, say);

/** By test file, the mutants that it noticed since it last passed without one, with the turns that did. */
const unproved = new Map<string, { result: Result; turn: Turn }[]>();

/** After so many mutants the same tests have to pass again without one, or what they noticed is not worth much. */
async function prove(worker: Worker, file: string, afterAtLeast: number): Promise<void> {
	const noticed = unproved.get(file) ?? [];
	const [one] = noticed;
	if (one === undefined || noticed.length < afterAtLeast) return;
	unproved.delete(file);
	const tests = [...new Set(noticed.flatMap(({ turn }) => turn.tests))];
	const { failed } = await worker.take({ file, tests, usualMs: one.turn.usualMs });
	if (failed === undefined) return;
	say(`${noticed.length} mutants that ${file} noticed do not count: without one fails ${failed}`);
	for (const { result } of noticed)
		Object.assign(result, { fate: 'survived', killedBy: undefined });
	worker.stop();
}

async function attack(worker: Worker, mutant: Mutant, turns: readonly Turn[]): Promise<void> {
	const result = results.get(mutant.id) as Result;
	if (turns.length > 0) result.fate = 'survived';
	else if (result.fate === 'untried') result.fate = 'unreached';
	for (const turn of turns) {
		const { failed } = await worker.take(turn);
		if (failed === undefined) continue;
		Object.assign(result, { fate: 'killed', killedBy: `${turn.file}: ${failed}` });
		unproved.set(turn.file, [...(unproved.get(turn.file) ?? []), { result, turn }]);
		return await prove(worker, turn.file, PROOF_AFTER);
	}
}

isTrying = true;
let tried = 0;
const budgetMs = Number(values.budget) * 1000;
// All take from the same list.
const list = plan(tree.mutants, open, reaches, budgetMs).entries();

async function work(worker: Worker): Promise<void> {
	for (const [mutant, turns] of list) {
		if (!isTrying) return;
		await attack(worker, mutant, turns);
		if (++tried % 50 > 0) continue;
		keep();
		say(`${tried} of ${open.length} mutants tried`);
	}
}

await Promise.all(workers.map(work));
for (const file of [...unproved.keys()]) await prove(first, file, 1);
for (const worker of workers) worker.stop();

function ofRun(): Record<string, Result[]> {
	const byFile: Record<string, Result[]> = {};
	for (const result of results.values()) (byFile[result.file] ??= []).push(result);
	return byFile;
}

function keep(): void {
	save({ ...earlier, ...ofRun() });
}

keep();
const all = ofRun();
for (const result of results.values()) {
	if (result.fate === 'killed' || result.fate === 'untried') continue;
	const { file, place, mutator, original, replacement, fate } = result;
	console.log(`${file}:${place} ${fate} (${mutator})\n  - ${original}\n  + ${replacement}`);
}
console.log(table(HEADINGS, rows(all)));
const reached = score([...results.values()]);
const whole = values.only.length === 0 && values.tests.includes('test/');
if (whole) await writePage(all, values.budget);
say(`score ${reached.toFixed(1)} %, at least ${THRESHOLD} % wanted`);
process.exit(reached < THRESHOLD ? 1 : 0);
