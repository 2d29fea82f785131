import { createRequire } from 'node:module';
import { join } from 'node:path';

import type {
	INodeProperties,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

const root = process.cwd();
const load = createRequire(join(root, 'package.json'));

/** Descriptions of the built nodes, in the order of package.json. */
export function nodeDescriptions(): INodeTypeDescription[] {
	const manifest = load('./package.json') as { n8n: { nodes: string[] } };
	return manifest.n8n.nodes.map((path) => {
		const exported = load(join(root, path)) as Record<string, new () => INodeType>;
		const [NodeClass] = Object.values(exported);
		if (NodeClass === undefined) throw new Error(`${path} exports no node`);
		return new NodeClass().description;
	});
}

export const optionsOf = (property: INodeProperties | undefined) =>
	(property?.options ?? []) as INodePropertyOptions[];

export interface DescribedOperation {
	/** Name of the node: "kingsoftCloud". */
	node: string;
	/** "ticket.getAll" */
	name: string;
	/** As people see them. */
	labels: { node: string; resource: string; operation: string };
	description: string;
}

/** The operations of all action nodes, in the order in which the editor lists them. */
export function describedOperations(): DescribedOperation[] {
	return nodeDescriptions().flatMap(({ name: node, displayName, properties }) =>
		optionsOf(properties.find(({ name }) => name === 'resource')).flatMap((resource) => {
			const operation = properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource.value),
			);
			return optionsOf(operation).map(({ name, value, description = '' }) => ({
				node,
				name: `${String(resource.value)}.${String(value)}`,
				labels: { node: displayName, resource: resource.name, operation: name },
				description,
			}));
		}),
	);
}
