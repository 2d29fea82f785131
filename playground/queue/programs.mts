import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installFromDebian } from '../src/debian.mts';
import type { Log } from '../src/progress.mts';

export interface Programs {
	redisServer: string;
	/** The folder with initdb, postgres and psql. */
	postgres: string;
}

const REDIS_SERVER = '/usr/bin/redis-server';
/** Debian has a folder for each version here, which is in nobody's PATH. */
const POSTGRES = '/usr/lib/postgresql';

const missing =
	'Queue mode needs Redis and PostgreSQL. Install them (Debian: apt-get install ' +
	'--no-install-recommends redis-server postgresql); they need not run as services.';

function newestPostgres(): string | undefined {
	if (!existsSync(POSTGRES)) return undefined;
	return readdirSync(POSTGRES)
		.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
		.map((version) => join(POSTGRES, version, 'bin'))
		.find((folder) =>
			['initdb', 'postgres', 'psql'].every((name) => existsSync(join(folder, name))),
		);
}

function find(): Programs | undefined {
	const postgres = newestPostgres();
	if (postgres === undefined || !existsSync(REDIS_SERVER)) return undefined;
	return { redisServer: REDIS_SERVER, postgres };
}

/** Redis and PostgreSQL; on Debian, root gets them installed where they are missing. */
export async function findPrograms(log: Log, signal?: AbortSignal): Promise<Programs> {
	const found = find();
	if (found !== undefined) return found;
	const names = ['redis-server', 'postgresql'];
	const what = 'Redis and PostgreSQL (about 70 MB of disk space)';
	await installFromDebian({ names, what, missing }, log, signal);
	const installed = find();
	if (installed === undefined) throw new Error(missing);
	return installed;
}
