import { existsSync } from 'node:fs';
import { root } from './paths.mts';
import type { Log } from './progress.mts';
import { run } from './run.mts';

const TIMEOUT_MS = 8 * 60_000;

export interface DebianPackages {
	names: string[];
	/** What is installed, with the disk space it takes. */
	what: string;
	/** The error where nothing can be installed from here: what to install, and how. */
	missing: string;
}

/** Installs packages, which root may do on Debian. */
export async function installFromDebian(
	{ names, what, missing }: DebianPackages,
	log: Log,
	signal?: AbortSignal,
): Promise<void> {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(missing);
	log(`Installing ${what} from Debian, once`);
	const options = { cwd: root, timeoutMs: TIMEOUT_MS, signal };
	try {
		await run('apt-get', ['update', '-q'], options);
		await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], {
			...options,
			env: { DEBIAN_FRONTEND: 'noninteractive' },
		});
	} catch (error) {
		throw new Error(missing, { cause: error });
	}
}
