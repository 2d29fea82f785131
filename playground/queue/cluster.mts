import { randomBytes } from 'node:crypto';
import type { LaunchedN8n, LaunchOptions } from '../src/playground.mts';
import { freePorts } from '../src/ports.mts';
import { Member } from './member.mts';
import { startPostgres } from './postgres.mts';
import { findPrograms } from './programs.mts';
import { startRedis } from './redis.mts';

export interface Cluster extends LaunchedN8n {
	main: Member;
	webhooks: Member[];
	workers: Member[];
	/** Asks n8n's database; each row column by column as text. */
	query: (sql: string) => Promise<string[][]>;
}

export interface ClusterSize {
	webhooks: number;
	workers: number;
}

const PORTS_EACH = 2;
const KEPT_LINES = 1000;

function names(kind: string, count: number): string[] {
	if (count === 1) return [kind];
	return Array.from({ length: count }, (_, index) => `${kind} ${index + 1}`);
}

/**
 * n8n in queue mode as its makers describe it: a main process with the editor and the polling triggers,
 * processes that take webhooks, and workers that execute; PostgreSQL and Redis between them.
 */
export async function startCluster(
	{ pack, folder, env, log, signal }: LaunchOptions,
	size: ClusterSize,
): Promise<Cluster> {
	const programs = await findPrograms(log, signal);
	const stops: Array<() => Promise<void>> = [];
	const lines: string[] = [];
	const members: Member[] = [];
	/** Where one process does not start, the others need not. */
	const failed = new AbortController();
	const until = AbortSignal.any([failed.signal, ...(signal === undefined ? [] : [signal])]);
	/** n8n first: without its servers it would not end in order. */
	const stop = async (): Promise<void> => {
		await Promise.allSettled(members.map(async (member) => await member.stop()));
		await Promise.allSettled(stops.map(async (stopServer) => await stopServer()));
	};
	try {
		const redis = await startRedis(programs.redisServer, signal);
		stops.push(redis.stop);
		const postgres = await startPostgres({ programs: programs.postgres, folder, signal });
		stops.push(postgres.stop);
		log('Redis and PostgreSQL answer');

		const firstPort = await freePorts((1 + size.webhooks + size.workers) * PORTS_EACH);
		const webhookUrl = `http://127.0.0.1:${firstPort + PORTS_EACH}`;
		const shared = {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64url'),
			N8N_WEBHOOK_URL: `${webhookUrl}/`,
			...redis.env,
			...postgres.env,
			...env,
		};
		const add = (name: string, command: 'start' | 'webhook' | 'worker'): Member => {
			const member = new Member({
				name,
				command,
				pack,
				folder,
				env: shared,
				port: firstPort + members.length * PORTS_EACH,
				onLine: (line) => {
					lines.push(`${name}: ${line}`);
					if (lines.length > KEPT_LINES) lines.shift();
				},
				signal: until,
			});
			members.push(member);
			return member;
		};
		const main = add('main', 'start');
		const webhooks = names('webhook', size.webhooks).map((name) => add(name, 'webhook'));
		const workers = names('worker', size.workers).map((name) => add(name, 'worker'));
		await Promise.all(members.map(async (member) => await member.install()));
		const start = async (member: Member): Promise<void> => {
			await member.start().catch((error: unknown) => {
				failed.abort(error);
				throw error;
			});
			log(`${member.name} answers at ${member.url}`);
		};
		// The main process makes the tables that the others look for.
		await start(main);
		await Promise.allSettled([...webhooks, ...workers].map(start));
		failed.signal.throwIfAborted();
		return {
			url: main.url,
			webhookUrl,
			pid: main.pid,
			lastLines: (count = 30) => lines.slice(-count),
			isRunning: () => members.every((member) => member.isRunning()),
			stop,
			main,
			webhooks,
			workers,
			query: postgres.query,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
