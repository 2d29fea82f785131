import 'reflect-metadata';

import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PackageDirectoryLoader,
	PollContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type IBinaryKeyData,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IVersionedNodeType,
	type IWorkflowExecuteAdditionalData,
	type ResourceMapperFields,
} from 'n8n-workflow';

import type * as Governor from '../../lib/governor.ts';
import { letTimePass, skipWaits } from './time.mts';

/** The built package in dist/, loaded by n8n's own loader. */
const packageRoot = process.cwd();
export const packageName = 'n8n-nodes-gongdan';

process.env.N8N_LOG_LEVEL ??= 'silent';
const userFolder = mkdtempSync(join(tmpdir(), 'gongdan-engine-'));
process.env.N8N_USER_FOLDER = userFolder;
const cleanUp = () => rmSync(userFolder, { recursive: true, force: true });
// Outside jest, for the docs, the storm and the benchmarks, clock and waits are the caller's.
if (typeof jest === 'object') {
	skipWaits();
	beforeEach(beginAnew);
	afterAll(cleanUp);
} else {
	process.once('exit', cleanUp);
}

/** Where a sandbox begins anew, so does what the nodes remember of its limits. */
export function beginAnew(): void {
	letTimePass();
	const path = join(packageRoot, 'dist/pack.js');
	const pack =
		typeof jest === 'object'
			? jest.requireActual<typeof Governor>(path)
			: (createRequire(join(packageRoot, 'package.json'))(path) as typeof Governor);
	pack.forgetCalls();
}

const passThrough: INodeType = {
	description: {
		displayName: 'Items',
		name: 'items',
		group: ['trigger'],
		version: 1,
		description: 'Hands its items on',
		defaults: { name: 'Items' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

/** What n8n has stored for the credentials of several runs. */
export interface SharedCredentials {
	readonly id: string;
	readonly stored: Record<string, ICredentialDataDecryptedObject>;
}

export interface NodeRun {
	/** Name of the node, without the package where it is one of ours: "weiban", "n8n-nodes-base.jira". */
	type: string;
	typeVersion?: number;
	parameters: INodeParameters;
	/** Values by credential type; defaults are added. */
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** See `Engine.share`; without it the run has credentials of its own. */
	shared?: SharedCredentials;
	/** One empty item when absent. */
	items?: { json: IDataObject; binary?: IBinaryKeyData }[];
	onError?: INode['onError'];
	timezone?: string;
	/** Cancels the execution. */
	cancel?: AbortSignal;
	/** Whether n8n stores a new session only after the run. */
	storesLate?: boolean;
}

export interface NodeResult {
	run: IRun;
	/** Output items of the first output. */
	items: INodeExecutionData[];
	outputs: INodeExecutionData[][];
	/** Remarks beside the output. */
	hints: string[];
	/** The error that ended the node. */
	error: (Error & { description?: string | null; context?: IDataObject }) | undefined;
	/** What n8n would have stored for the credential after the run. */
	stored: Record<string, ICredentialDataDecryptedObject>;
}

/** Nodes and credentials of other packages, by their names; those of nodes with the package. */
export interface Guests {
	nodes: Readonly<Record<string, INodeType | IVersionedNodeType>>;
	credentials: Readonly<Record<string, ICredentialType>>;
}

export class Engine {
	private readonly loader: PackageDirectoryLoader;
	private readonly guests: Guests;
	private workflows = 0;
	private readonly opened = new WeakMap<NodeRun, Record<string, ICredentialDataDecryptedObject>>();

	private constructor(loader: PackageDirectoryLoader, guests: Guests) {
		this.loader = loader;
		this.guests = guests;
	}

	static async load(guests: Guests = { nodes: {}, credentials: {} }): Promise<Engine> {
		const loader = new PackageDirectoryLoader(packageRoot);
		await loader.loadAll();
		return new Engine(loader, guests);
	}

	get nodeTypes(): INodeTypes {
		const find = (type: string): INodeType | IVersionedNodeType => {
			const name = type.split('.').at(-1) ?? type;
			if (name === 'items') return passThrough;
			return this.guests.nodes[type] ?? this.loader.getNode(name).type;
		};
		return {
			getByName: find,
			getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(find(type), version),
			getKnownTypes: () => this.loader.known.nodes,
		};
	}

	credentialType(name: string): ICredentialType {
		return this.guests.credentials[name] ?? this.loader.getCredential(name).type;
	}

	withDefaults(
		type: string,
		values: ICredentialDataDecryptedObject,
	): ICredentialDataDecryptedObject {
		const node = { typeVersion: 1 } as INode;
		const parameters = NodeHelpers.getNodeParameters(
			this.credentialType(type).properties,
			values as INodeParameters,
			true,
			false,
			node,
			null,
		);
		return { ...(parameters as ICredentialDataDecryptedObject), ...values };
	}

	/** What n8n hands to a run; credentials behave as in n8n's own CredentialsHelper. */
	additionalData(
		stored: Record<string, ICredentialDataDecryptedObject>,
		timezone: string,
		late: (() => void)[] | undefined = undefined,
	): IWorkflowExecuteAdditionalData {
		const preAuthentication = async (
			helpers: IHttpRequestHelper,
			credentials: ICredentialDataDecryptedObject,
			typeName: string,
			_node: INode,
			expired: boolean,
		) => {
			const type = this.credentialType(typeName);
			const expirable = type.properties.find((field) => field.typeOptions?.expirable === true);
			if (expirable === undefined || type.preAuthentication === undefined) return undefined;
			if (credentials[expirable.name] !== '' && !expired) return undefined;
			const output = await type.preAuthentication.call(helpers, credentials);
			if (output[expirable.name] === undefined) return undefined;
			const store = () => {
				stored[typeName] = { ...stored[typeName], ...(output as ICredentialDataDecryptedObject) };
			};
			if (late === undefined) store();
			else late.push(store);
			return Object.assign(credentials, output);
		};
		const credentialsHelper = {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			getDecrypted: async (_data: unknown, _details: unknown, type: string) => ({
				...stored[type],
			}),
			authenticate: async (
				credentials: ICredentialDataDecryptedObject,
				typeName: string,
				request: IHttpRequestOptions,
			) => {
				const { authenticate } = this.credentialType(typeName);
				return typeof authenticate === 'function'
					? await authenticate(credentials, request)
					: request;
			},
			preAuthentication,
		};
		return {
			credentialsHelper,
			currentNodeExecutionIndex: 0,
			restApiUrl: 'http://localhost/',
			instanceBaseUrl: 'http://localhost/',
			formBaseUrl: 'http://localhost/',
			formWaitingBaseUrl: 'http://localhost/',
			formTestBaseUrl: 'http://localhost/',
			webhookBaseUrl: 'http://localhost/',
			webhookWaitingBaseUrl: 'http://localhost/',
			webhookTestBaseUrl: 'http://localhost/',
			mcpBaseUrl: 'http://localhost/',
			mcpTestBaseUrl: 'http://localhost/',
			variables: {},
			timezone,
			logAiEvent: () => undefined,
			hooks: new ExecutionLifecycleHooks('manual', 'engine-test', {
				id: 'engine-test',
				name: 'Engine test',
				nodes: [],
				connections: {},
				active: false,
				isArchived: false,
				createdAt: new Date(0),
				updatedAt: new Date(0),
				versionId: '1',
				activeVersionId: null,
			}),
		} as unknown as IWorkflowExecuteAdditionalData;
	}

	storedCredentials(run: Pick<NodeRun, 'credentials'>) {
		return Object.fromEntries(
			Object.entries(run.credentials).map(([type, values]) => [
				type,
				this.withDefaults(type, values),
			]),
		);
	}

	/** Credentials for many runs, in which each finds the session that another one opened. */
	share(credentials: NodeRun['credentials']): SharedCredentials {
		return { id: this.newWorkflowId(), stored: this.storedCredentials({ credentials }) };
	}

	/** What nodes remember of one workflow or credential is not known in the next. */
	newWorkflowId(): string {
		return `engine-test-${++this.workflows}`;
	}

	workflow(run: NodeRun, id = this.newWorkflowId()): Workflow {
		return new Workflow({
			id,
			name: 'Engine test',
			nodes: [
				{
					id: '1',
					name: 'Items',
					type: `${packageName}.items`,
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: '2',
					name: 'Node',
					type: run.type.includes('.') ? run.type : `${packageName}.${run.type}`,
					typeVersion: run.typeVersion ?? 1,
					position: [200, 0],
					parameters: run.parameters,
					onError: run.onError,
					credentials: Object.fromEntries(
						Object.keys(run.credentials).map((type) => [
							type,
							{ id: `${type} ${run.shared?.id ?? id}`, name: type },
						]),
					),
				},
			],
			connections: { Items: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
			active: false,
			nodeTypes: this.nodeTypes,
			settings: {
				executionOrder: 'v1',
				...(run.timezone === undefined ? {} : { timezone: run.timezone }),
			},
		});
	}

	/**
	 * Runs one node on its items in n8n's engine. Failures are shown as they come; with `requestOptions` among
	 * the parameters, be they empty, calls are repeated as for a person.
	 */
	async run(given: NodeRun): Promise<NodeResult> {
		const parameters = { requestOptions: { maxRetryTime: 0 }, ...given.parameters };
		const run = { ...given, parameters };
		const stored = run.shared?.stored ?? this.storedCredentials(run);
		const workflow = this.workflow(run);
		const items = (run.items ?? [{ json: {} }]).map((item, index) => ({
			...item,
			pairedItem: { item: index },
		}));
		const start = workflow.getNode('Items') as INode;
		const runData = createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: start, data: { main: [items] }, source: null }],
			},
		});
		await workflow.expression.acquireIsolate();
		const late: (() => void)[] | undefined = run.storesLate === true ? [] : undefined;
		const execution = new WorkflowExecute(
			this.additionalData(stored, run.timezone ?? 'America/New_York', late),
			'manual',
			runData,
		).processRunExecutionData(workflow);
		run.cancel?.addEventListener('abort', () => execution.cancel());
		const finished = await execution.finally(
			async () => await workflow.expression.releaseIsolate(),
		);
		late?.forEach((store) => store());
		const task = finished.data.resultData.runData.Node?.at(-1);
		const outputs = (task?.data?.main ?? []).map((output) => output ?? []);
		return {
			run: finished,
			outputs,
			items: outputs[0] ?? [],
			hints: (task?.hints ?? []).map(({ message }) => message),
			error: (task?.error ?? finished.data.resultData.error) as NodeResult['error'],
			stored,
		};
	}

	/** One page of a list that the editor shows for a resource locator. */
	async search(
		run: NodeRun,
		list: string,
		filter?: string,
		page?: string,
	): Promise<INodeListSearchResult> {
		const { type, context } = this.inEditor(run);
		const search = type.methods?.listSearch?.[list];
		if (search === undefined) throw new Error(`${run.type} has no list search ${list}`);
		return await search.call(context, filter, page);
	}

	/** The fields that the editor shows in a resource mapper. */
	async mapperFields(run: NodeRun, method: string): Promise<ResourceMapperFields> {
		const { type, context } = this.inEditor(run);
		const fields = type.methods?.resourceMapping?.[method];
		if (fields === undefined) throw new Error(`${run.type} has no resource mapping ${method}`);
		return await fields.call(context);
	}

	/** A node that is open keeps its credentials, with the session that a list opened. */
	private inEditor(run: NodeRun) {
		const workflow = this.workflow(run);
		const node = workflow.getNode('Node') as INode;
		const stored = this.opened.get(run) ?? this.storedCredentials(run);
		this.opened.set(run, stored);
		const additionalData = this.additionalData(stored, 'UTC');
		// What the editor sends along: the values of the form as it stands.
		additionalData.currentNodeParameters = run.parameters;
		return {
			type: this.nodeTypes.getByNameAndVersion(node.type, 1),
			context: new LoadOptionsContext(workflow, node, additionalData, ''),
		};
	}

	/** A polling trigger that keeps its static data from poll to poll, as an active workflow does. */
	pollingTrigger(run: NodeRun, budgetMs = 300_000) {
		const stored = this.storedCredentials(run);
		const workflow = this.workflow(run);
		const node = workflow.getNode('Node') as INode;
		const type = this.nodeTypes.getByNameAndVersion(node.type, 1);
		const poll = async (mode: 'trigger' | 'manual'): Promise<IDataObject[]> => {
			const context = new PollContext(
				workflow,
				node,
				this.additionalData(stored, run.timezone ?? 'America/New_York'),
				mode,
				mode === 'manual' ? 'manual' : 'activate',
				undefined,
				undefined,
				undefined,
				undefined,
				undefined,
				() => budgetMs,
			);
			const output = await type.poll?.call(context);
			return (output?.[0] ?? []).map((item) => item.json);
		};
		return {
			poll: async () => await poll('trigger'),
			test: async () => await poll('manual'),
			memory: () => workflow.getStaticData('node', node),
		};
	}

	/** n8n's credential test: the test request through the authenticated helper, and its messages. */
	async testCredential(type: string, values: ICredentialDataDecryptedObject): Promise<string> {
		const run: NodeRun = { type: 'items', parameters: {}, credentials: { [type]: values } };
		const workflow = this.workflow(run);
		const stored = this.storedCredentials(run);
		const context = new PollContext(
			workflow,
			workflow.getNode('Node') as INode,
			this.additionalData(stored, 'UTC'),
			'internal',
			'manual',
		);
		const request = structuredClone(this.credentialType(type).test?.request) as IHttpRequestOptions;
		try {
			await context.helpers.httpRequestWithAuthentication.call(context, type, request, {
				credentialsDecrypted: { id: type, name: type, type, data: stored[type] },
			});
			return 'OK';
		} catch (error) {
			const { cause, message } = error as Error & { cause?: { response?: object; code?: string } };
			return cause?.response === undefined ? (cause?.code ?? message) : `HTTP: ${message}`;
		}
	}
}
