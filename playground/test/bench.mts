import { randomUUID } from 'node:crypto';
import type { Playground } from '../src/playground.mts';
import type { Credential, Execution, NodeRun, WorkflowJson, WorkflowNode } from '../src/rest.mts';

export const PACKAGE = 'n8n-nodes-gongdan';
const START = 'Start';
/** The node under test in the workflows made here. */
export const NODE = 'Node';

export type Json = Record<string, unknown>;

export interface NodePlan {
	/** `kingdee`, or a full name such as `n8n-nodes-base.httpRequest`. */
	type: string;
	typeVersion?: number;
	parameters: Json;
	credential?: Credential;
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
}

export interface Outcome {
	execution: Execution;
	/** Items of the first output. */
	items: Json[];
	/** Items of each output. */
	outputs: Json[][];
	error: string;
}

export function makeNode(name: string, column: number, plan: NodePlan): WorkflowNode {
	const { type, typeVersion = 1, parameters, credential, onError } = plan;
	return {
		id: randomUUID(),
		name,
		type: type.includes('.') ? type : `${PACKAGE}.${type}`,
		typeVersion,
		position: [column * 220, 0],
		parameters,
		...(onError === undefined ? {} : { onError }),
		...(credential === undefined
			? {}
			: { credentials: { [credential.type]: { id: credential.id, name: credential.name } } }),
	};
}

/** A workflow whose nodes stand one behind the other. */
export function chain(name: string, nodes: WorkflowNode[]): WorkflowJson {
	const connections = Object.fromEntries(
		nodes.slice(1).map((node, index) => {
			const from = nodes[index]?.name ?? '';
			return [from, { main: [[{ node: node.name, type: 'main', index: 0 }]] }];
		}),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1', timezone: 'UTC' } };
}

function itemsOf(run: NodeRun | undefined): Json[][] {
	return (run?.data?.main ?? []).map((output) => (output ?? []).map(({ json }) => json));
}

/** What a node of a finished execution answered, as n8n stored it. */
export function outcomeOf(execution: Execution, node: string): Outcome {
	const { error, runData } = execution.data.resultData;
	const run = runData[node]?.at(-1);
	const outputs = itemsOf(run);
	const problem = run?.error ?? error;
	const texts = [problem?.message, problem?.description].filter(Boolean);
	return { execution, outputs, items: outputs[0] ?? [], error: texts.join(' – ') };
}

/** The playground, with what the checks need besides. */
export class Bench {
	readonly playground: Playground;
	/** Every secret that was entered anywhere; the last check looks for them. */
	readonly secrets = new Set<string>();
	/** What n8n told over its API and told the editor, each with what it answered. */
	readonly answers: Array<readonly [what: string, text: string]> = [];
	readonly #credentials = new Map<string, Credential>();
	#count = 0;

	constructor(playground: Playground) {
		this.playground = playground;
		this.rest.onAnswer = (request, text) => this.answers.push([`API, ${request}`, text]);
	}

	get rest(): Playground['n8n']['rest'] {
		return this.playground.n8n.rest;
	}

	get sandbox(): Playground['sandbox'] {
		return this.playground.sandbox;
	}

	/** The credential of a vendor with the right values; Kingdee's in its two modes. */
	credential(name: string): Credential {
		const credential = this.#credentials.get(name);
		if (credential === undefined) throw new Error(`No credential ${name}`);
		return credential;
	}

	async addCredential(name: string, type: string, data: Json): Promise<Credential> {
		const credential = await this.rest.createCredential(name, type, data);
		this.#credentials.set(name, credential);
		return credential;
	}

	/** Runs one node by hand on the given items and reads back what n8n stored. */
	async run(plan: NodePlan, items: Json[] = [{}]): Promise<Outcome> {
		const start = makeNode(START, 0, { type: 'n8n-nodes-base.manualTrigger', parameters: {} });
		const name = `Check ${++this.#count}: ${plan.type}`;
		const workflow = chain(name, [start, makeNode(NODE, 1, plan)]);
		const saved = await this.rest.createWorkflow({
			...workflow,
			pinData: { [START]: items.map((json) => ({ json })) },
		});
		return outcomeOf(await this.rest.runManually(saved.id, START), NODE);
	}

	/** Like `run`; a failure of the workflow is thrown. */
	async answer(plan: NodePlan, items?: Json[]): Promise<Json[]> {
		const outcome = await this.run(plan, items);
		if (outcome.execution.status !== 'success') throw new Error(outcome.error);
		return outcome.items;
	}

	async answerOne(plan: NodePlan): Promise<Json> {
		const [item] = await this.answer(plan);
		if (item === undefined) throw new Error('The node answered no item');
		return item;
	}
}
