import type { Credential, WorkflowJson, WorkflowNode } from '../src/rest.mts';
import { deliveryNode } from './collector.mts';
import { TRIGGER } from './names.mts';

/** A trigger node of this pack. */
export interface TriggerPlan {
	/** Without the name of the package. */
	type: string;
	parameters: Record<string, unknown>;
	/** The type of its credential, if it has one. */
	credential?: string;
	/** Part of the address of a webhook. */
	webhookId?: string;
}

function credentialsOf(
	{ credential: type }: TriggerPlan,
	credentials: Record<string, Credential>,
): Pick<WorkflowNode, 'credentials'> {
	if (type === undefined) return {};
	const credential = credentials[type];
	if (credential === undefined) throw new Error(`No ${type} credential`);
	return { credentials: { [type]: { id: credential.id, name: credential.name } } };
}

/** The trigger, and the node that posts the ids of its events to the collector. */
export function triggerWorkflow(
	name: string,
	plan: TriggerPlan,
	credentials: Record<string, Credential>,
	collector: string,
): WorkflowJson {
	const { type, parameters, webhookId } = plan;
	const delivery = deliveryNode(collector);
	return {
		name: `Kill test: ${name}`,
		nodes: [
			{
				id: 'f3a1a1d0-0000-4000-8000-000000000001',
				name: TRIGGER,
				type: `n8n-nodes-gongdan.${type}`,
				typeVersion: 1,
				position: [0, 0],
				parameters,
				...(webhookId === undefined ? {} : { webhookId }),
				...credentialsOf(plan, credentials),
			},
			delivery,
		],
		connections: { [TRIGGER]: { main: [[{ node: delivery.name, type: 'main', index: 0 }]] } },
		settings: {},
	};
}
