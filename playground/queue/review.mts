import type { RecordedRequest, Sandbox } from '../../sandbox/index.mts';
import { table } from '../src/table.mts';
import type { Cluster } from './cluster.mts';

export interface Review {
	/** Who did what, for the terminal. */
	text: string;
	problems: string[];
}

interface Kept {
	id: string;
	mode: string;
}

const vendors = {
	Kingdee: { key: 'kingdee', logInPath: '/kingdee_auth_token' },
	Weiban: { key: 'weiban', logInPath: '/access_token/get' },
} as const;

/** The requests of a vendor that opened a session. */
export function logIns(sandbox: Sandbox, vendor: keyof typeof vendors): RecordedRequest[] {
	const { key, logInPath } = vendors[vendor];
	return sandbox.requests(key).filter(({ path }) => path.endsWith(logInPath));
}

/** Executions in n8n's database that have a job of their own; a called workflow runs in its caller's. */
async function keptExecutions(cluster: Cluster): Promise<Kept[]> {
	const rows = await cluster.query(
		`SELECT id, mode FROM execution_entity WHERE mode <> 'integrated' ORDER BY id`,
	);
	return rows.map(([id = '', mode = '']) => ({ id, mode }));
}

function modeCounts(executions: Kept[]): string {
	const modes = [...new Set(executions.map(({ mode }) => mode))].sort();
	const counts = modes.map((mode) => {
		const { length } = executions.filter((execution) => execution.mode === mode);
		return `${length} ${mode}`;
	});
	return counts.join(', ');
}

/** What each process did; n8n's database and the logs of the workers have to agree. */
export async function review(cluster: Cluster, sandbox: Sandbox): Promise<Review> {
	const { main, webhooks, workers } = cluster;
	const kept = await keptExecutions(cluster);
	const problems = workers
		.filter(({ finished }) => finished.size === 0)
		.map(({ name }) => `${name} executed nothing`);
	const byNobody = kept.filter(({ id }) => !workers.some(({ finished }) => finished.has(id)));
	if (byNobody.length > 0) {
		const ids = byNobody.map(({ id }) => id).join(', ');
		problems.push(`No worker says that it finished the executions ${ids}`);
	}
	const rows = [
		[main.name, main.url, 'editor, polls, schedules', ''],
		...webhooks.map(({ name, url }) => [name, url, 'takes webhooks', '']),
		...workers.map(({ name, url, finished }) => {
			const own = kept.filter(({ id }) => finished.has(id));
			return [name, url, modeCounts(own), String(own.length)];
		}),
	];
	const sessions = (Object.keys(vendors) as Array<keyof typeof vendors>).map((vendor) => {
		const requests = sandbox.requests(vendors[vendor].key).length;
		return `Log-ins at ${vendor}: ${logIns(sandbox, vendor).length} (of ${requests} requests)`;
	});
	const text = [
		table(['Process', 'Address', 'What it does or executed', 'Executions'], rows),
		...sessions,
	].join('\n');
	return { text, problems };
}
