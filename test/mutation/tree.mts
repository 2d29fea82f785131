import { spawnSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	globSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
const own = import.meta.dirname;

/** What is mutated. */
const MUTATED = ['lib/*.ts', 'credentials/signing/*.ts', 'nodes/*/transport/**/*.ts'];
const COPIED = [
	'credentials',
	'dist',
	'lib',
	'nodes',
	'sandbox',
	'scripts',
	'test',
	'workflows',
	'docs',
	'jest.config.mjs',
	'package.json',
	'README.md',
	'tsconfig.json',
];

export interface Mutant {
	readonly id: string;
	readonly fileName: string;
	readonly mutatorName: string;
	readonly replacement: string;
	/** Lines and columns from 0. */
	readonly location: { readonly start: Position; readonly end: Position };
}
interface Position {
	readonly line: number;
	readonly column: number;
}

/** A part of Stryker's instrumenter, which is installed apart. */
interface Stryker {
	Instrumenter: new (logger: object) => {
		instrument(
			files: { name: string; content: string; mutate: true }[],
			options: object,
		): Promise<{ files: { name: string; content: string }[]; mutants: Mutant[] }>;
	};
}

function must(command: string, args: string[], cwd: string): void {
	const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
	if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" ended with status ${status}.`);
}

async function stryker(): Promise<Stryker> {
	const name = '@stryker-mutator/instrumenter';
	if (!existsSync(join(own, 'node_modules', name))) {
		console.log('Installing the instrumenter (once; 25 MB)');
		must('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], own);
	}
	const path = createRequire(import.meta.url).resolve(name);
	return (await import(path)) as Stryker;
}

const OPTIONS = { plugins: null, excludedMutations: [], ignorers: [] };
const quiet = {
	debug: () => undefined,
	info: () => undefined,
	isDebugEnabled: () => false,
};

export interface Tree {
	readonly folder: string;
	readonly mutants: readonly Mutant[];
	remove(): void;
}

/** A copy of the project, sources and build, in which every mutant sleeps until it is switched on. */
export async function plant(only: readonly string[]): Promise<Tree> {
	const { Instrumenter } = await stryker();
	const folder = mkdtempSync(join(tmpdir(), 'gongdan-mutants-'));
	const remove = () => rmSync(folder, { recursive: true, force: true });
	process.once('exit', remove);
	for (const name of COPIED) {
		cpSync(join(root, name), join(folder, name), {
			recursive: true,
			filter: (path) => !path.includes('node_modules'),
		});
	}
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	const names = globSync(MUTATED, { cwd: root })
		.filter((name) => only.length === 0 || only.some((part) => name.startsWith(part)))
		.sort();
	const sources = names.map((name) => ({
		name,
		content: readFileSync(join(root, name), 'utf8'),
		mutate: true as const,
	}));
	const { files, mutants } = await new Instrumenter(quiet).instrument(sources, OPTIONS);
	for (const { name, content } of files) writeFileSync(join(folder, name), content);
	// Mutants have types of their own.
	must(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noCheck'], folder);
	// The nodes are single files here; this one is all that tests ask of the bundle.
	writeFileSync(join(folder, 'dist/pack.js'), "module.exports = require('./lib/governor');\n");
	return { folder, mutants, remove };
}
