import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type {
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IVersionedNodeType,
} from 'n8n-workflow';

import type { Engine, Guests, NodeRun } from '../../test/engine/engine.mts';
import { playground } from '../../playground/src/paths.mts';

export type { NodeRun };

const load = createRequire(import.meta.url);

const builtIn = join(playground, 'node_modules', 'n8n-nodes-base');

/** n8n's own nodes come with the playground's n8n. */
const hasBuiltIn = () => existsSync(builtIn);

function made<T>(file: string): T {
	const exported = load(join(builtIn, 'dist', file)) as Record<string, new () => T>;
	const [Type] = Object.values(exported);
	if (Type === undefined) throw new Error(`${file} exports nothing`);
	return new Type();
}

/** What a node can't do without: one field read, one call through n8n's helper, `width` at a time. */
class BareCalls implements INodeType {
	description = {
		displayName: 'Bare Calls',
		name: 'bareCalls',
		group: ['transform'],
		version: 1,
		description: "Nothing but n8n's helper",
		defaults: { name: 'Bare Calls' },
		inputs: ['main'],
		outputs: ['main'],
		properties: ['ticketId', 'width', 'kind'].map((name) => ({
			displayName: name,
			name,
			type: 'string',
			default: '',
		})),
		credentials: [{ name: 'kingsoftCloudApi', required: true }],
	} satisfies INodeTypeDescription as INodeTypeDescription;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { length } = this.getInputData();
		const output: INodeExecutionData[] = [];
		const call = async (options: IHttpRequestOptions) =>
			(await this.helpers.httpRequestWithAuthentication.call(this, 'kingsoftCloudApi', {
				json: true,
				...options,
			})) as IDataObject;
		const kind = this.getNodeParameter('kind', 0) as 'read' | 'write';
		const calls = {
			read: async (id: string) =>
				await call({ method: 'GET', url: '/workorder/api/ticket/base', qs: { id } }),
			write: async (id: string) => {
				const body = { detail: '处理中', id: Number(id) };
				return await call({ method: 'POST', url: '/workorder/api/ticket/comment_ticket', body });
			},
		};
		let next = 0;
		const worker = async () => {
			while (next < length) {
				const item = next++;
				const id = this.getNodeParameter('ticketId', item) as string;
				output[item] = { json: await calls[kind](id), pairedItem: { item } };
			}
		};
		const width = Number(this.getNodeParameter('width', 0));
		await Promise.all(Array.from({ length: width }, worker));
		return [output];
	}
}

const BARE_CALLS = 'bench.bareCalls';

/** A node that does nothing but call n8n's helper. */
export const bareCalls = (address: string, kind: 'read' | 'write', width: number): NodeRun => ({
	type: BARE_CALLS,
	parameters: { ticketId: '={{ $json.id }}', width: String(width), kind },
	credentials: kingsoftCredential(address),
});

const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';
export const JIRA = 'n8n-nodes-base.jira';

function builtInGuests(): Guests {
	type Node = INodeType | IVersionedNodeType;
	const jira = 'credentials/JiraSoftwareCloudApi.credentials.js';
	return {
		nodes: {
			[HTTP_REQUEST]: made<Node>('nodes/HttpRequest/HttpRequest.node.js'),
			[JIRA]: made<Node>('nodes/Jira/Jira.node.js'),
		},
		credentials: { jiraSoftwareCloudApi: made<ICredentialType>(jira) },
	};
}

/** n8n's engine with the built pack, and HTTP Request and Jira beside it where n8n is installed. */
export async function loadEngine(): Promise<Engine> {
	await import('../../scripts/n8nWorkflow.mts');
	const engine = await import('../../test/engine/engine.mts');
	const guests = hasBuiltIn() ? builtInGuests() : { nodes: {}, credentials: {} };
	return await engine.Engine.load({
		...guests,
		nodes: { ...guests.nodes, [BARE_CALLS]: new BareCalls() },
	});
}

const HTTP_REQUEST_VERSION = 4.5;

/** The log-in for the stub, which checks no signature. */
const kingsoftCredential = (address: string): NodeRun['credentials'] => ({
	kingsoftCloudApi: {
		environment: 'custom',
		apiAddress: address,
		appId: 'bench',
		appSecret: '7c2e9f40-51d8-11ec-9b6e-3d2f5a8c1e77',
	},
});

/** An HTTP Request node as a person sets it up with the credential of Kingsoft Cloud. */
export function httpRequest(address: string, parameters: NodeRun['parameters']): NodeRun {
	return {
		type: HTTP_REQUEST,
		typeVersion: HTTP_REQUEST_VERSION,
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'kingsoftCloudApi',
			...parameters,
		},
		credentials: kingsoftCredential(address),
	};
}

/** A ticket operation of the pack. */
export function ticketNode(
	address: string,
	operation: string,
	parameters: NodeRun['parameters'],
): NodeRun {
	return {
		type: 'kingsoftCloud',
		parameters: { resource: 'ticket', operation, requestOptions: {}, ...parameters },
		credentials: kingsoftCredential(address),
	};
}

export const items = (count: number) =>
	Array.from({ length: count }, (_value, at) => ({ json: { id: String(40_001 + at) } }));

/** Runs a node and takes care that it did its work. */
export async function runWell(engine: Engine, run: NodeRun, wanted: number): Promise<object[]> {
	const result = await engine.run(run);
	if (result.error !== undefined) throw result.error;
	if (result.items.length !== wanted) {
		throw new Error(`${run.type} answered ${result.items.length} items and not ${wanted}`);
	}
	return result.items;
}
