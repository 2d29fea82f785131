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
import { runFile } from './runFile.mts';
import { plant, root } from './tree.mts';
import type { Turn } from './turns.mts';

const THRESHOLD = 80;

const usage = `Usage: npm run test:mutation -- [--only PATH]... [--tests PATH]... [--survivors] [--budget S] [--jobs N]

Mutates lib/, credentials/signing/ and the transports, runs the tests that reach each mutant, prints the score
and the mutants that no test noticed, and fails below ${THRESHOLD} %. A whole run writes the table of docs/mutation.md.
  --only PATH   source files that begin so, such as lib/json.ts
  --tests PATH  test files that begin so
  --survivors   only what survived the last run of a file that has not changed since
  --budget S    seconds of tests that a mutant is tried with (default 20)
  --jobs N      test files at once (default 1)
Results of every file are kept in .reports/mutation/results.json.
`;

const { values } = parseArgs({
	options: {
		only: { type: 'string', multiple: true, default: [] },
		tests: { type: 'string', multiple: true, default: ['test/'] },
		survivors: { type: 'boolean', default: false },
		budget: { type: 'string', default: '20' },
		jobs: { type: 'string', default: '1' },
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

const testFiles = globSync('test/**/*.test.mts', { cwd: root })
	.filter((file) => values.tests.some((part) => file.startsWith(part)))
	.filter((file) => !file.startsWith('test/sandbox/'))
	.sort();

/** Does the work with each of the list, so many at once. */
async function each<T>(list: Iterable<T>, work: (entry: T) => Promise<void>): Promise<void> {
	const queue = list[Symbol.iterator]();
	const worker = async () => {
		for (let next = queue.next(); next.done !== true; next = queue.next()) await work(next.value);
	};
	await Promise.all(Array.from({ length: Number(values.jobs) }, worker));
}

const reaches: Reach[] = [];
await each(testFiles, async (file) => {
	await runFile(tree.folder, file, { turns: [{}], baseline: [] }, (seen) => {
		const broken = seen.killedBy ?? seen.tests.find(({ failed }) => failed)?.name;
		if (broken !== undefined) throw new Error(`${file} fails without a mutant: ${broken}`);
		reaches.push({ file, seen });
		say(`${file}: ${seen.tests.length} tests in ${(seen.ms / 1000).toFixed(1)} s`);
	});
});

const planned = plan(open, reaches, Number(values.budget) * 1000);
for (const tests of planned.values()) {
	for (const id of tests.keys()) (results.get(id) as Result).fate = 'survived';
}
let files = 0;
await each(planned, async ([file, tests]) => {
	const alive = [...tests].filter(([id]) => results.get(id)?.fate !== 'killed');
	const turns: Turn[] = alive.map(([mutant, wanted]) => ({ mutant, tests: wanted }));
	const last = turns.length;
	// After all the mutants the tests have to pass again, or what they noticed is not worth much.
	if (last > 0) turns.push({ mutant: 'none' });
	const baseline =
		reaches.find((reach) => reach.file === file)?.seen.tests.map(({ ms }) => ms) ?? [];
	const noticed = new Map<string, string>();
	let control: string | undefined;
	const begun = Date.now();
	await runFile(tree.folder, file, { turns, baseline }, ({ turn, killedBy }) => {
		const mutant = turns[turn]?.mutant;
		if (turn === last) control = killedBy;
		else if (killedBy !== undefined && mutant !== undefined) noticed.set(mutant, killedBy);
	});
	if (control === undefined) {
		for (const [id, killedBy] of noticed) {
			Object.assign(results.get(id) as Result, {
				fate: 'killed',
				killedBy: `${file}: ${killedBy}`,
			});
		}
	}
	const took = ((Date.now() - begun) / 1000).toFixed(0);
	const remark = control === undefined ? '' : `, not counted: without a mutant fails ${control}`;
	say(
		`${++files}/${planned.size} ${file}: ${noticed.size} of ${last} noticed in ${took} s${remark}`,
	);
	keep();
});

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
