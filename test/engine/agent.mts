import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';

import { packageName, type Engine } from './engine.mts';

/** A node of the package that an agent may call; its parameters hold `$fromAI` expressions. */
export interface ToolNode {
	/** As the model sees it: letters, digits and underscores. */
	name: string;
	/** Name of the node without the package: "weiban". */
	type: string;
	parameters: INodeParameters;
}

/** What the model wants. */
export interface ToolCall {
	tool: string;
	args: IDataObject;
}

interface Tool {
	name: string;
	description: string;
	invoke(args: IDataObject): Promise<string>;
}

/** An agent whose model is a script: it makes the calls one after the other and hands on what came back. */
function scriptedAgent(calls: readonly ToolCall[]): INodeType {
	return {
		description: {
			displayName: 'Agent',
			name: 'agent',
			group: ['transform'],
			version: 1,
			description: 'Calls tools by a script',
			defaults: { name: 'Agent' },
			inputs: [
				{ type: NodeConnectionTypes.Main },
				{ type: NodeConnectionTypes.AiTool, displayName: 'Tool' },
			],
			outputs: ['main'],
			properties: [],
		},
		async execute() {
			const tools = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
			const answers: IDataObject[] = [];
			for (const { tool: name, args } of calls) {
				const tool = tools.find((one) => one.name === name);
				if (tool === undefined) throw new Error(`The agent has no tool ${name}`);
				answers.push({ name, about: tool.description, answer: await tool.invoke(args) });
			}
			return [answers.map((json) => ({ json }))];
		},
	};
}

/** As n8n makes a tool of a node that is usable as one: no inputs, and its output is the tool. */
function asTool(type: INodeType): INodeType {
	const tool = Object.create(type) as INodeType;
	tool.description = {
		...type.description,
		name: `${type.description.name}Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
	};
	return tool;
}

export interface ToolAnswer {
	name: string;
	/** What the model reads of the tool. */
	about: string;
	/** JSON text of the list of output items. */
	answer: string;
}

/** Runs an agent with the tools in n8n's engine; answers what each call of the script came back with. */
export async function runAgent(
	engine: Engine,
	tools: readonly ToolNode[],
	credentials: Record<string, ICredentialDataDecryptedObject>,
	calls: readonly ToolCall[],
): Promise<{ answers: ToolAnswer[]; error: Error | undefined }> {
	const agent = scriptedAgent(calls);
	const find = (type: string): INodeType => {
		const name = type.split('.').at(-1) ?? type;
		if (name === 'agent') return agent;
		if (!name.endsWith('Tool')) return engine.nodeTypes.getByNameAndVersion(type, 1);
		const plain = engine.nodeTypes.getByNameAndVersion(type.replace(/Tool$/, ''), 1);
		if (plain.description.usableAsTool === undefined) throw new Error(`${type} is no tool`);
		return asTool(plain);
	};
	const nodeTypes: INodeTypes = {
		...engine.nodeTypes,
		getByName: find,
		getByNameAndVersion: find,
	};
	const node = (
		name: string,
		type: string,
		parameters: INodeParameters,
		used: string[] = [],
	): INode => ({
		id: name,
		name,
		type: `${packageName}.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: Object.fromEntries(used.map((id) => [id, { id, name: id }])),
	});
	const stored = engine.storedCredentials({ credentials });
	const workflow = new Workflow({
		id: 'agent-test',
		nodes: [
			node('Items', 'items', {}),
			node('Agent', 'agent', {}),
			...tools.map(({ name, type, parameters }) =>
				node(name, `${type}Tool`, parameters, Object.keys(credentials)),
			),
		],
		connections: {
			Items: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			...Object.fromEntries(
				tools.map(({ name }) => [
					name,
					{ ai_tool: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]] },
				]),
			),
		},
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	await workflow.expression.acquireIsolate();
	const finished = await new WorkflowExecute(
		engine.additionalData(stored, 'UTC'),
		'manual',
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: [
					{
						node: workflow.getNode('Items') as INode,
						data: { main: [[{ json: {} }]] },
						source: null,
					},
				],
			},
		}),
	)
		.processRunExecutionData(workflow)
		.finally(async () => await workflow.expression.releaseIsolate());
	const task = finished.data.resultData.runData.Agent?.at(-1);
	return {
		answers: (task?.data?.main?.[0] ?? []).map(({ json }) => json as unknown as ToolAnswer),
		error: task?.error ?? finished.data.resultData.error,
	};
}
