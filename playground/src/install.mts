import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { playground, root } from './paths.mts';
import { heartbeat, type Log } from './progress.mts';
import { run } from './run.mts';

const modules = join(playground, 'node_modules');
const stampFile = join(modules, '.installed-from');
const lockFile = join(playground, 'package-lock.json');
const sqliteBinding = join(modules, 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

const MINUTE = 60_000;

export const n8nBinary = join(modules, 'n8n', 'bin', 'n8n');

function lockHash(): string {
	return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

/** Whether n8n is there exactly as the lock file wants it. */
function isInstalled(): boolean {
	return (
		existsSync(stampFile) &&
		readFileSync(stampFile, 'utf8') === lockHash() &&
		existsSync(n8nBinary) &&
		existsSync(sqliteBinding)
	);
}

/** The version in the headers below `folder`, as `process.version` writes it. */
function headerVersion(folder: string): string | undefined {
	const file = join(folder, 'include', 'node', 'node_version.h');
	if (!existsSync(file)) return undefined;
	const text = readFileSync(file, 'utf8');
	const part = (name: string): string | undefined =>
		new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1];
	return `v${part('MAJOR')}.${part('MINOR')}.${part('PATCH')}`;
}

/**
 * The folder with the C++ headers of the running Node. The npm package that brings the Node binary
 * has them too, but a later npm run may have tidied it away; then it is brought again.
 */
async function nodeHeaders(signal?: AbortSignal): Promise<string | undefined> {
	const { arch, platform, version } = process;
	const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
	const name = `${prefix}-${platform}-${arch}`;
	const own = join(modules, '.node-headers');
	const folders = [
		join(root, 'node_modules', 'node', 'node_modules', name),
		join(root, 'node_modules', name),
		dirname(dirname(process.execPath)),
		join(own, 'node_modules', name),
	];
	const find = (): string | undefined =>
		folders.find((folder) => headerVersion(folder) === version);
	const found = find();
	if (found !== undefined) return found;
	const args = ['install', '--prefix', own, '--no-save', '--ignore-scripts', '--no-audit'];
	try {
		await run('npm', [...args, '--no-fund', `${name}@${version.slice(1)}`], {
			cwd: playground,
			timeoutMs: 5 * MINUTE,
			signal,
		});
	} catch {
		// node-gyp then downloads the headers itself.
	}
	return find();
}

function packageCount(): number {
	if (!existsSync(modules)) return 0;
	return readdirSync(modules).filter((name) => !name.startsWith('.')).length;
}

/** Brings n8n into the playground, once per lock file. */
export async function install(log: Log, signal?: AbortSignal): Promise<void> {
	if (isInstalled()) {
		log('n8n is installed');
		return;
	}
	rmSync(stampFile, { force: true });
	const start = Date.now();
	const elapsed = (): string => `${Math.round((Date.now() - start) / 1000)} s`;

	log('Installing n8n (once; about five minutes and 3 GB of disk space)');
	let stop = heartbeat(15_000, () =>
		log(`  … ${elapsed()}, ${packageCount()} folders in node_modules`),
	);
	try {
		// Scripts stay off: of all packages only sqlite3 needs its own.
		await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
			cwd: playground,
			timeoutMs: 20 * MINUTE,
			signal,
		});
	} finally {
		stop();
	}

	log(`  packages unpacked after ${elapsed()}; now building the SQLite driver`);
	stop = heartbeat(15_000, () => log(`  … ${elapsed()}, compiling SQLite`));
	try {
		const headers = await nodeHeaders(signal);
		await run('npm', ['rebuild', 'sqlite3', '--loglevel=error'], {
			cwd: playground,
			timeoutMs: 15 * MINUTE,
			env: headers === undefined ? {} : { npm_config_nodedir: headers },
			signal,
		});
	} catch (error) {
		throw new Error(
			'The SQLite driver could not be built. It needs Python 3, make and a C++ compiler ' +
				'(Debian: apt-get install python3 build-essential).',
			{ cause: error },
		);
	} finally {
		stop();
	}
	if (!existsSync(sqliteBinding)) throw new Error('npm built no SQLite driver');
	writeFileSync(stampFile, lockHash());
	log(`n8n installed in ${elapsed()}`);
}
