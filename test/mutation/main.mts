// Changes the code in thousands of small ways and counts the changes that a test notices.
import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { table } from '../../playground/src/table.mts';
import { plan, type Reach } from './plan.mts';
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
import { plant, root } from './tree.mts';
import { Worker } from './worker.mts';

const THRESHOLD = 80;
const PROOF_AFTER = 40;

const usage = `Usage: npm run test:mutation -- [--only PATH]... [--tests PATH]... [--survivors] [--budget S]

Mutates lib/, credentials/signing/ and the transports, runs the tests that reach each mutant, prints the score
and the mutants that no test noticed, and fails below ${THRESHOLD} %. A whole run writes the table of docs/mutation.md.
  --only PATH   source files that begin so, such as lib/json.ts
  --tests PATH  test files that begin so
  --survivors   only what survived the last run of a file that has not changed since
  --budget S    seconds of tests that a mutant is tried with (default 20)
Results of every file are kept in .reports/mutation/results.json.
`;

const { values } = parseArgs({
	options: {
		only: { type: 'string', multiple: true, default: [] },
		tests: { type: 'string', multiple: true, default: ['test/'] },
		survivors: { type: 'boolean', default: false },
		budget: { type: 'string', default: '20' },
		help: { type: 'boolean', default: false },
	},
});
if (values.help) {
	process.stdout.write(usage);
	process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

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
if (values.survivors) {
	for (const result of results.values()) Object.assign(result, known.get(keyOf(result)));
}
const open = tree.mutants.filter(({ id }) => results.get(id)?.fate !== 'killed');
say(`${tree.mutants.length} mutants, ${open.length} to be tried`);

// The long tests of the triggers against models are about code that is not mutated.
const testFiles = globSync('test/**/*.test.mts', {
	cwd: root,
	exclude: ['test/sandbox/**', 'test/nodes/*/*{w,W}atch.test.mts'],
})
	.filter((file) => values.tests.some((part) => file.startsWith(part)))
	.sort();

const worker = new Worker(tree.folder);
const reaches: Reach[] = [];
for (const file of testFiles) {
	const seen = await worker.take({ file, usualMs: [] });
	if (seen.failed !== undefined) throw new Error(`${file} fails without a mutant: ${seen.failed}`);
	reaches.push({ file, seen });
	say(`${file}: ${seen.tests.length} tests in ${(seen.ms / 1000).toFixed(1)} s`);
}

/** What a test file noticed since it last passed without a mutant. */
const unproved = new Map<string, Result[]>();

/** After so many mutants a test file has to pass again without one, or what it noticed is not worth much. */
async function prove(file: string, afterAtLeast: number): Promise<void> {
	const noticed = unproved.get(file) ?? [];
	if (noticed.length < afterAtLeast) return;
	unproved.delete(file);
	const { failed } = await worker.take({ file, usualMs: [] });
	if (failed === undefined) return;
	say(`${noticed.length} mutants that ${file} noticed do not count: without one fails ${failed}`);
	for (const result of noticed) Object.assign(result, { fate: 'survived', killedBy: undefined });
	worker.stop();
}

let tried = 0;
for (const [mutant, turns] of plan(open, reaches, Number(values.budget) * 1000)) {
	const result = results.get(mutant.id) as Result;
	if (turns.length > 0) result.fate = 'survived';
	for (const turn of turns) {
		const { failed } = await worker.take(turn);
		if (failed === undefined) continue;
		Object.assign(result, { fate: 'killed', killedBy: `${turn.file}: ${failed}` });
		unproved.set(turn.file, [...(unproved.get(turn.file) ?? []), result]);
		await prove(turn.file, PROOF_AFTER);
		break;
	}
	if (++tried % 50 > 0) continue;
	keep();
	say(`${tried} of ${open.length} mutants tried; ${mutant.fileName}`);
}
for (const file of [...unproved.keys()]) await prove(file, 1);
worker.stop();

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
	if (result.fate === 'killed') continue;
	const { file, place, mutator, original, replacement, fate } = result;
	console.log(`${file}:${place} ${fate} (${mutator})\n  - ${original}\n  + ${replacement}`);
}
console.log(table(HEADINGS, rows(all)));
const reached = score([...results.values()]);
const whole = values.only.length === 0 && values.tests.includes('test/');
if (whole) await writePage(all, minutes());
say(`score ${reached.toFixed(1)} %, at least ${THRESHOLD} % wanted`);
process.exit(reached < THRESHOLD ? 1 : 0);
