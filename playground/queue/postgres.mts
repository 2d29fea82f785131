import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../src/ports.mts';
import { run } from '../src/run.mts';
import { startService } from './service.mts';

export interface Postgres {
	/** What n8n is told. */
	env: Record<string, string>;
	/** The rows that a query gives, column by column as text. */
	query: (sql: string) => Promise<string[][]>;
	stop: () => Promise<void>;
}

export interface PostgresOptions {
	/** The folder with the programs. */
	programs: string;
	/** The run folder. */
	folder: string;
	signal?: AbortSignal;
}

const HOST = '127.0.0.1';
const NAME = 'postgres';
const TIMEOUT_MS = 2 * 60_000;

/** PostgreSQL refuses to be root; Debian's package brings a user for it. */
const postgresUser = [`--reuid=${NAME}`, `--regid=${NAME}`, '--init-groups'];

async function mayEnter(folder: string, signal?: AbortSignal): Promise<boolean> {
	const options = { cwd: '/', timeoutMs: TIMEOUT_MS, signal };
	try {
		await run('setpriv', [...postgresUser, '--', 'test', '-x', folder], options);
		return true;
	} catch {
		signal?.throwIfAborted();
		return false;
	}
}

/** A PostgreSQL of one's own, whose data goes with the run folder. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
	const { programs, folder, signal } = options;
	const isRoot = process.getuid?.() === 0;
	const asUser = isRoot ? postgresUser : [];
	// Below a home folder such as /root no other user gets through.
	const elsewhere = isRoot && !(await mayEnter(folder, signal));
	const home = elsewhere ? mkdtempSync(join(tmpdir(), 'gongdan-postgres-')) : join(folder, NAME);
	const data = join(home, 'data');
	const passwordFile = join(home, 'password');
	const password = randomBytes(18).toString('base64url');
	mkdirSync(home, { recursive: true });
	writeFileSync(passwordFile, password, { mode: 0o600 });
	const runOptions = { cwd: '/', timeoutMs: TIMEOUT_MS, signal };
	if (isRoot) await run('chown', ['-R', `${NAME}:${NAME}`, home], runOptions);

	const initdb = [join(programs, 'initdb'), '-D', data, '-U', NAME, `--pwfile=${passwordFile}`];
	const way = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
	await run('setpriv', [...asUser, '--', ...initdb, ...way], runOptions);

	const port = String(await freePorts(1));
	const settings = ['-c', 'fsync=off', '-c', 'unix_socket_directories='];
	const service = await startService({
		name: 'PostgreSQL',
		command: join(programs, 'postgres'),
		args: ['-D', data, '-h', HOST, '-p', port, ...settings],
		asUser,
		ready: /database system is ready to accept connections/,
		stopSignal: 'SIGINT',
		signal,
	});
	const query: Postgres['query'] = async (sql) => {
		const where = ['-h', HOST, '-p', port, '-U', NAME, '-d', NAME];
		const form = ['--no-psqlrc', '--tuples-only', '--no-align', '--field-separator=\t'];
		const text = await run(join(programs, 'psql'), [...where, ...form, '-c', sql], {
			...runOptions,
			env: { PGPASSWORD: password },
		});
		const lines = text.split('\n').filter((line) => line !== '');
		return lines.map((line) => line.split('\t'));
	};
	const stop = async (): Promise<void> => {
		await service.stop();
		if (elsewhere) rmSync(home, { recursive: true, force: true });
	};
	const env = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: HOST,
		DB_POSTGRESDB_PORT: port,
		DB_POSTGRESDB_DATABASE: NAME,
		DB_POSTGRESDB_USER: NAME,
		DB_POSTGRESDB_PASSWORD: password,
	};
	return { env, query, stop };
}
