import type { Playground } from '../src/playground.mts';
import type { Log } from '../src/progress.mts';
import type { SavedWorkflow, WorkflowNode } from '../src/rest.mts';
import { chain, makeNode, type NodePlan } from '../test/bench.mts';
import type { Cluster } from './cluster.mts';

/** What the chapters of the test have in common. */
export interface Setting {
	playground: Playground;
	cluster: Cluster;
	log: Log;
	signal?: AbortSignal;
}

export interface Findings {
	/** What the table shows. */
	rows: Array<[string, string]>;
	/** What makes the test fail. */
	problems: string[];
}

export interface KeptExecution {
	id: string;
	status: string;
}

/** The plan of a node of the pack, with the credential that the playground has for it. */
export function withCredential(
	{ playground }: Setting,
	credentialType: string,
	plan: Omit<NodePlan, 'credential'>,
): NodePlan {
	return { ...plan, credential: playground.n8n.credentials[credentialType] };
}

/** A workflow that is published and begins with a webhook, which answers at once. */
export async function publishWebhook(
	{ playground }: Setting,
	path: string,
	plans: Record<string, NodePlan>,
): Promise<SavedWorkflow> {
	const { rest } = playground.n8n;
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const webhook: WorkflowNode = {
		...makeNode('Webhook', 0, { type: 'n8n-nodes-base.webhook', typeVersion: 2, parameters }),
		webhookId: path,
	};
	const nodes = Object.entries(plans).map(([name, plan], index) => makeNode(name, index + 1, plan));
	const saved = await rest.createWorkflow(chain(`Queue test: ${path}`, [webhook, ...nodes]));
	await rest.publish(saved);
	return saved;
}

/** All executions of a workflow as n8n's database has them, oldest first. */
export async function executionsOf(
	{ cluster }: Setting,
	{ id: workflow }: SavedWorkflow,
): Promise<KeptExecution[]> {
	const rows = await cluster.query(
		`SELECT id, status FROM execution_entity WHERE "workflowId" = '${workflow}' ORDER BY id`,
	);
	return rows.map(([id = '', status = '']) => ({ id, status }));
}
