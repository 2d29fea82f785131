import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { randomUUID } from 'node:crypto';
import { unflatten } from './flatted.mts';
import { waitFor } from './wait.mts';

export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	[key: string]: unknown;
}

export interface WorkflowJson {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	[key: string]: unknown;
}

export interface SavedWorkflow extends WorkflowJson {
	id: string;
	versionId: string;
	activeVersionId: string | null;
	active: boolean;
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export type ExecutionStatus =
	| 'new'
	| 'running'
	| 'success'
	| 'error'
	| 'crashed'
	| 'canceled'
	| 'waiting'
	| 'unknown';

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	workflowName?: string;
	status: ExecutionStatus;
	mode: string;
	startedAt: string;
	stoppedAt?: string;
}

export interface NodeRun {
	executionStatus?: string;
	error?: { message?: string; description?: string | null };
	data?: { main?: Array<Array<{ json: Record<string, unknown> }> | null> };
}

export interface ExecutionData {
	resultData: {
		error?: { message?: string; description?: string | null; node?: { name?: string } };
		lastNodeExecuted?: string;
		runData: Record<string, NodeRun[]>;
	};
}

export interface Execution extends ExecutionSummary {
	data: ExecutionData;
}

interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

export interface NodeTypeSummary {
	name: string;
	displayName: string;
	[key: string]: unknown;
}

const RUNNING: readonly ExecutionStatus[] = ['new', 'running', 'waiting'];

/** The part of n8n's own REST interface that the editor uses, as the logged-in owner. */
export class N8nRest {
	readonly #http: AxiosInstance;
	/** n8n ties the log-in to the browser; every request has to name the same one. */
	readonly browserId = randomUUID();
	/** Hears every answer of n8n. */
	onAnswer: (request: string, text: string) => void = () => {};
	#cookie = '';

	constructor(url: string) {
		this.#http = axios.create({
			baseURL: url,
			timeout: 30_000,
			proxy: false,
			headers: { 'browser-id': this.browserId },
			validateStatus: null,
		});
	}

	/** Creates the owner of a fresh n8n and stays logged in. */
	async setUpOwner(owner: Owner): Promise<void> {
		await this.request('POST', '/rest/owner/setup', owner);
	}

	async logIn({ email, password }: Pick<Owner, 'email' | 'password'>): Promise<void> {
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** One request; answers what the `data` envelope holds. */
	async request<T>(
		method: string,
		path: string,
		body?: unknown,
		params?: Record<string, unknown>,
	): Promise<T> {
		const answer = await this.#http.request<{ data: T } | T>({
			method,
			url: path,
			data: body,
			params,
			headers: this.#cookie === '' ? {} : { cookie: this.#cookie },
		});
		this.#keepCookie(answer);
		this.onAnswer(`${method} ${path}`, JSON.stringify(answer.data) ?? '');
		if (answer.status >= 400) {
			const text = JSON.stringify(answer.data).slice(0, 1000);
			throw new Error(`n8n answered ${answer.status} to ${method} ${path}: ${text}`);
		}
		const { data } = answer;
		const enveloped = typeof data === 'object' && data !== null && 'data' in data;
		return enveloped ? data.data : data;
	}

	#keepCookie({ headers }: AxiosResponse): void {
		for (const line of headers['set-cookie'] ?? []) {
			const pair = line.split(';')[0] ?? '';
			if (pair.startsWith('n8n-auth=')) this.#cookie = pair;
		}
	}

	async nodeTypes(): Promise<NodeTypeSummary[]> {
		return await this.request('GET', '/types/nodes.json');
	}

	async createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<Credential> {
		const body = { name, type, data };
		const { id } = await this.request<{ id: string }>('POST', '/rest/credentials', body);
		return { id, name, type, data };
	}

	/** What the editor's "Test" does after a credential was saved. */
	async testCredential({ id, name, type, data }: Credential): Promise<CredentialTest> {
		return await this.request('POST', '/rest/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	async createWorkflow(workflow: WorkflowJson): Promise<SavedWorkflow> {
		return await this.request('POST', '/rest/workflows', workflow);
	}

	async workflow(id: string): Promise<SavedWorkflow> {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/** Publishes the saved version. n8n only queues that, so wait until its triggers listen. */
	async publish({ id, versionId, name }: SavedWorkflow, timeoutMs = 60_000): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId });
		await waitFor(
			async () => {
				const { status, triggers } = await this.request<PublicationStatus>(
					'GET',
					`/rest/workflows/${id}/publication-status`,
				);
				if (status === 'published') return true;
				if (status === 'failed' || status === 'partial') {
					const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
					throw new Error(`n8n could not publish "${name}": ${reasons.join('; ')}`);
				}
				if (status === 'in_progress') return undefined;
				// A workflow that only others call has no trigger that could report.
				const { activeVersionId } = await this.workflow(id);
				return activeVersionId === versionId ? true : undefined;
			},
			{ what: `"${name}" to be published`, timeoutMs },
		);
	}

	async unpublish(id: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** Runs a saved workflow as the editor's button does, and waits for the end. */
	async runManually(
		id: string,
		triggerName: string,
		{ destination, timeoutMs = 60_000 }: { destination?: string; timeoutMs?: number } = {},
	): Promise<Execution> {
		const destinationNode =
			destination === undefined ? undefined : { nodeName: destination, mode: 'inclusive' };
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${id}/run`,
			{ triggerToStartFrom: { name: triggerName }, destinationNode },
		);
		return await this.executionEnd(executionId, timeoutMs);
	}

	async executions(
		filter: { workflowId?: string; status?: ExecutionStatus[] } = {},
		limit = 100,
	): Promise<ExecutionSummary[]> {
		const params = { filter: JSON.stringify(filter), limit };
		const { results } = await this.request<{ results: ExecutionSummary[] }>(
			'GET',
			'/rest/executions',
			undefined,
			params,
		);
		return results;
	}

	async execution(id: string): Promise<Execution> {
		const execution = await this.request<ExecutionSummary & { data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		return { ...execution, data: unflatten(execution.data) as ExecutionData };
	}

	async executionEnd(id: string, timeoutMs = 60_000): Promise<Execution> {
		return await waitFor(
			async () => {
				const execution = await this.execution(id);
				return RUNNING.includes(execution.status) ? undefined : execution;
			},
			{ what: `execution ${id} to end`, timeoutMs },
		);
	}

	/** One line for each failed execution: workflow, node and reason. */
	async failures(): Promise<string[]> {
		const failed = await this.executions({ status: ['error', 'crashed'] }, 20);
		return await Promise.all(
			failed.map(async ({ id, workflowName }) => {
				const { error, lastNodeExecuted } = (await this.execution(id)).data.resultData;
				const node = error?.node?.name ?? lastNodeExecuted ?? 'unknown node';
				const reason = [error?.message, error?.description].filter(Boolean).join(' – ');
				return `execution ${id} of "${workflowName}" failed in "${node}": ${reason}`;
			}),
		);
	}
}
