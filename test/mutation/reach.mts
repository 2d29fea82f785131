import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Reach } from './plan.mts';
import { root, type Mutant } from './tree.mts';
import type { Worker } from './worker.mts';

// The long tests of the triggers against models are about code that is not mutated, and so are those of the
// tools. The fuzz of the parameters takes longer than any mutant may.
const WITHOUT = [
	'test/{bench,faults,mutation,sandbox}/**',
	'test/nodes/*/*{w,W}atch.test.mts',
	'test/engine/parameters.test.mts',
];

export function testFiles(beginnings: readonly string[]): string[] {
	return globSync('test/**/*.test.mts', { cwd: root, exclude: WITHOUT })
		.filter((file) => beginnings.some((part) => file.startsWith(part)))
		.sort();
}

/** Stands for everything that decides what tests reach, beside the test files themselves. */
function fingerprint(mutants: readonly Mutant[]): string {
	const hash = createHash('sha256').update(JSON.stringify(mutants));
	const files = globSync('{lib,credentials,nodes,sandbox,test}/**/*.{ts,mts}', { cwd: root })
		.filter((file) => !file.endsWith('.test.mts') && !file.includes('node_modules'))
		.filter((file) => !file.startsWith('test/mutation/'))
		.sort();
	for (const file of files) hash.update(readFileSync(join(root, file)));
	return hash.digest('hex');
}

/** What each test file reaches; kept until it or anything that it runs changes. */
export async function reachesOf(
	files: readonly string[],
	mutants: readonly Mutant[],
	worker: Worker,
	say: (text: string) => void,
): Promise<Reach[]> {
	const common = fingerprint(mutants);
	const reaches: Reach[] = [];
	for (const file of files) {
		const key = createHash('sha256').update(common).update(file);
		const name = key.update(readFileSync(join(root, file))).digest('hex');
		const store = join(root, '.reports', 'mutation', 'reach', `${name.slice(0, 24)}.json`);
		if (existsSync(store)) {
			reaches.push(JSON.parse(readFileSync(store, 'utf8')) as Reach);
			continue;
		}
		const seen = await worker.take({ file, tests: [], usualMs: [] });
		if (seen.failed !== undefined) {
			throw new Error(`${file} fails without a mutant: ${seen.failed}`);
		}
		mkdirSync(dirname(store), { recursive: true });
		writeFileSync(store, JSON.stringify({ file, seen }));
		reaches.push({ file, seen });
		say(`${file}: ${seen.tests.length} tests in ${(seen.ms / 1000).toFixed(1)} s`);
	}
	return reaches;
}
