import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

import { median } from '../src/compare.mts';
import type { Measure, Row } from '../src/measure.mts';

const ROUNDS = 9;
const load = createRequire(import.meta.url);

/** Loads files in a fresh process after what every n8n has loaded already; prints ms and bytes of heap. */
const EAGER = `
require('n8n-workflow');
global.gc();
const heap = process.memoryUsage().heapUsed;
const start = performance.now();
const kept = process.argv.slice(1).map((file) => { const exported = require(file); return Object.values(exported).map((Type) => typeof Type === 'function' ? new Type() : Type); });
const ms = performance.now() - start;
global.gc();
console.log(JSON.stringify({ ms, heap: process.memoryUsage().heapUsed - heap, kept: kept.length }));
`;

/** n8n's own lazy loader: reads the lists of nodes and credentials that were written at build time. */
const LAZY = `
require('reflect-metadata');
const { LazyPackageDirectoryLoader } = require('n8n-core');
(async () => {
	global.gc();
	const heap = process.memoryUsage().heapUsed;
	const loader = new LazyPackageDirectoryLoader(process.argv[1]);
	const start = performance.now();
	await loader.loadAll();
	const ms = performance.now() - start;
	global.gc();
	console.log(JSON.stringify({ ms, heap: process.memoryUsage().heapUsed - heap }));
})();
`;

interface Loaded {
	ms: number;
	heap: number;
}

function inFreshProcess(code: string, args: string[], cwd: string): Loaded {
	const output = execFileSync(process.execPath, ['--expose-gc', '-e', code, ...args], {
		encoding: 'utf8',
		cwd,
	});
	return JSON.parse(output) as Loaded;
}

interface Side {
	name: string;
	files: string[];
	cwd: string;
}

/** Nodes and credentials of the pack, and those of n8n's own ticket nodes where n8n is installed. */
function sides(): Side[] {
	const manifest = load(resolve('package.json')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const { nodes, credentials } = manifest.n8n;
	const ours: Side = {
		name: 'gongdan',
		files: [...nodes, ...credentials].map((file) => resolve(file)),
		cwd: process.cwd(),
	};
	const playground = resolve('playground/node_modules');
	const base = join(playground, 'n8n-nodes-base/dist');
	if (!existsSync(base)) return [ours];
	const builtIn = ['Zendesk', 'Jira', 'Confluence'].map((name): Side => {
		const files = [
			...globSync(`nodes/${name}/*.node.js`, { cwd: base }),
			...globSync(`credentials/${name}*Api.credentials.js`, { cwd: base }),
		];
		return { name, files: files.map((file) => join(base, file)), cwd: dirname(playground) };
	});
	return [ours, ...builtIn.filter(({ files }) => files.length > 0)];
}

export const loading: Measure = {
	name: 'load',
	title: 'Loading',
	method:
		"Each side in a fresh process that has loaded n8n-workflow already: all its nodes and credentials at once. Lazy is n8n's own lazy loader on the lists written at build time.",
	exact: false,
	async run(log) {
		const results = new Map<string, Loaded[]>();
		for (let round = 0; round < ROUNDS; round++) {
			for (const { name, files, cwd } of sides()) {
				const loaded = inFreshProcess(EAGER, files, cwd);
				results.set(name, [...(results.get(name) ?? []), loaded]);
			}
			const lazy = inFreshProcess(LAZY, [process.cwd()], process.cwd());
			results.set('lazy', [...(results.get('lazy') ?? []), lazy]);
			log(`round ${round + 1} of ${ROUNDS}`);
		}
		const middle = (name: string, key: keyof Loaded) =>
			median((results.get(name) ?? []).map((loaded) => loaded[key]));
		const rows: Row[] = [
			{
				subject: 'eager, all nodes and credentials',
				ours: middle('gongdan', 'ms'),
				unit: 'ms',
				figure: middle('gongdan', 'ms'),
				budget: 'load.eager',
			},
			{
				subject: 'lazy, all nodes and credentials',
				ours: middle('lazy', 'ms'),
				unit: 'ms',
				figure: middle('lazy', 'ms'),
				budget: 'load.lazy',
			},
		];
		for (const { name, files } of sides().slice(1)) {
			rows.push(
				{
					subject: `eager, against n8n's ${name} (${files.length} files)`,
					ours: middle('gongdan', 'ms'),
					theirs: middle(name, 'ms'),
					unit: 'ms',
					figure: middle('gongdan', 'ms') / middle(name, 'ms'),
				},
				{
					subject: `heap, against n8n's ${name}`,
					ours: middle('gongdan', 'heap') / 1e6,
					theirs: middle(name, 'heap') / 1e6,
					unit: 'MB',
					figure: middle('gongdan', 'heap') / middle(name, 'heap'),
				},
			);
		}
		return rows;
	},
};
