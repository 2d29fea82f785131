import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { workflowsFolder } from './paths.mts';
import type { WorkflowJson, WorkflowNode } from './rest.mts';

/** The sub-workflow that the others call; it has to be there first. */
const SHARED = 'notify';

/** Names of the templates, the shared one first. */
export function templateNames(): string[] {
	const names = readdirSync(workflowsFolder)
		.filter((file) => file.endsWith('.json'))
		.map((file) => basename(file, '.json'));
	return [SHARED, ...names.filter((name) => name !== SHARED).sort()];
}

export function readTemplate(name: string): WorkflowJson {
	return JSON.parse(readFileSync(join(workflowsFolder, `${name}.json`), 'utf8')) as WorkflowJson;
}

export interface Fitting {
	/** Credential type to the credential to use. */
	credentials: Record<string, { id: string; name: string }>;
	/** Values for the fields of the node "Settings". */
	settings?: Record<string, string>;
	/** Makes polling triggers ask every so many seconds; a divisor of 60. */
	pollEverySeconds?: number;
}

interface Assignment {
	name: string;
	value: unknown;
}

function withSettings(node: WorkflowNode, settings: Record<string, string>): WorkflowNode {
	const held = node.parameters['assignments'] as { assignments: Assignment[] };
	const assignments = held.assignments.map((assignment) => ({
		...assignment,
		value: settings[assignment.name] ?? assignment.value,
	}));
	return { ...node, parameters: { ...node.parameters, assignments: { assignments } } };
}

/** n8n refuses one expression that fires more than once a minute, but takes several. */
export function pollTimes(everySeconds: number): Record<string, unknown> {
	const seconds = Array.from({ length: 60 / everySeconds }, (_, index) => index * everySeconds);
	return {
		item: seconds.map((second) => ({
			mode: 'custom',
			cronExpression: `${second} * * * * *`,
		})),
	};
}

/** A template made ready for one n8n: its credentials, its addresses and how often it polls. */
export function fit(template: WorkflowJson, fitting: Fitting): WorkflowJson {
	const { credentials, settings = {}, pollEverySeconds } = fitting;
	const nodes = template.nodes.map((original) => {
		let node = original;
		if (node.name === 'Settings') node = withSettings(node, settings);
		if (node.type.endsWith('Trigger') && 'pollTimes' in node.parameters && pollEverySeconds) {
			const parameters = { ...node.parameters, pollTimes: pollTimes(pollEverySeconds) };
			node = { ...node, parameters };
		}
		if (node.credentials === undefined) return node;
		const entries = Object.entries(node.credentials).map(([type, wanted]) => {
			const credential = credentials[type];
			if (credential === undefined) throw new Error(`No ${type} credential for "${node.name}"`);
			return [type, { ...wanted, id: credential.id, name: credential.name }];
		});
		return { ...node, credentials: Object.fromEntries(entries) as WorkflowNode['credentials'] };
	});
	return { ...template, nodes };
}

/** Where the webhook of a saved workflow listens, below n8n's /webhook/; undefined without one. */
export function webhookPath({ nodes }: WorkflowJson): string | undefined {
	for (const { type, parameters, webhookId } of nodes) {
		const path = String(parameters['path'] ?? '');
		if (type === 'n8n-nodes-base.webhook') return path;
		if (type.endsWith('.sevenMoorTrigger')) return path === '' ? String(webhookId) : path;
		if (type.endsWith('.weibanTrigger') || type === 'CUSTOM.floorTrigger')
			return `${String(webhookId)}/webhook`;
	}
	return undefined;
}
