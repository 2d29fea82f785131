import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mts';
import type { Log } from './progress.mts';
import { run } from './run.mts';

const MINUTE = 60_000;

export interface PackedPackage {
	name: string;
	version: string;
	/** The path of the tarball. */
	tarball: string;
	files: number;
	bytes: number;
}

interface NpmPackAnswer {
	name: string;
	version: string;
	filename: string;
	size: number;
	entryCount: number;
	files: { path: string }[];
}

/** The files that n8n will load, as package.json names them. */
function registered(): string[] {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	return [...manifest.n8n.nodes, ...manifest.n8n.credentials];
}

/** Builds the pack and makes the tarball that npm would publish. */
export async function buildAndPack(
	folder: string,
	log: Log,
	signal?: AbortSignal,
): Promise<PackedPackage> {
	log('Building the pack');
	const gulp = join(root, 'node_modules', 'gulp', 'bin', 'gulp.js');
	await run(process.execPath, [gulp, 'build'], { cwd: root, timeoutMs: 5 * MINUTE, signal });

	mkdirSync(folder, { recursive: true });
	const args = ['pack', '--json', '--ignore-scripts', '--loglevel=error'];
	const answer = await run('npm', [...args, '--pack-destination', folder], {
		cwd: root,
		timeoutMs: 2 * MINUTE,
		signal,
	});
	const [packed] = JSON.parse(answer) as NpmPackAnswer[];
	if (packed === undefined) throw new Error('npm pack answered an empty list');
	const { name, version, filename, size, entryCount } = packed;
	const missing = registered().filter((path) => !packed.files.some((file) => file.path === path));
	if (missing.length > 0) {
		throw new Error(
			`The tarball lacks ${missing.join(', ')}. Was dist/ cleaned by another build meanwhile? Run it again.`,
		);
	}
	log(`Packed ${filename}: ${entryCount} files, ${Math.ceil(size / 1024)} KB`);
	return { name, version, tarball: join(folder, filename), files: entryCount, bytes: size };
}

interface PackageJson {
	devDependencies?: unknown;
	peerDependencies?: unknown;
	optionalDependencies?: unknown;
	dependencies?: Record<string, string>;
	[key: string]: unknown;
}

/**
 * Puts the tarball where n8n puts a community package, in the way n8n does: unpacked without its
 * top folder, development and peer dependencies taken out of package.json. Nothing is downloaded;
 * a package with dependencies of its own is refused, as n8n would refuse to verify it.
 */
export async function installIntoN8n(
	packed: PackedPackage,
	userFolder: string,
	signal?: AbortSignal,
): Promise<string> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const target = join(nodes, 'node_modules', packed.name);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	await run('tar', ['-xzf', packed.tarball, '-C', target, '--strip-components=1'], {
		cwd: nodes,
		timeoutMs: MINUTE,
		signal,
	});
	const file = join(target, 'package.json');
	const manifest = JSON.parse(readFileSync(file, 'utf8')) as PackageJson;
	if (Object.keys(manifest.dependencies ?? {}).length > 0) {
		throw new Error(`${packed.name} has run-time dependencies`);
	}
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	writeFileSync(file, JSON.stringify(manifest, null, 2));
	const list = { name: 'installed-nodes', private: true, dependencies: {} };
	const dependencies = { [packed.name]: packed.version };
	writeFileSync(join(nodes, 'package.json'), JSON.stringify({ ...list, dependencies }, null, 2));
	return target;
}
