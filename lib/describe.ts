import type { INodeProperties } from 'n8n-workflow';

import { compareTexts } from './compareTexts';
import type { Operations, Resources } from './operation';
import { requestOptionsField } from './requestOptions';
import { titleOf } from './titles';

/** Shows a field only where one resource and operation are chosen. */
function shownFor(resource: string, operation: string, field: INodeProperties): INodeProperties {
	return {
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { resource: [resource], operation: [operation], ...field.displayOptions?.show },
		},
	};
}

/** A node that is dropped on the canvas shall do no harm: it reads where it can. */
function usualOperation(operations: Operations): string {
	return ['getAll', 'get'].find((name) => name in operations) ?? Object.keys(operations)[0] ?? '';
}

function operationProperties(resource: string, operations: Operations): INodeProperties[] {
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: Object.entries(operations)
				.map(([value, { option }]) => ({ ...option, value }))
				.sort((a, b) => compareTexts(a.name, b.name)),
			default: usualOperation(operations),
		},
		...Object.entries(operations).flatMap(([name, { fields }]) =>
			fields.map((field) => shownFor(resource, name, field)),
		),
	];
}

/**
 * The Resource list, for each resource its Operation list with the fields of every operation, and last
 * what all operations have.
 */
export function describeResources<R extends Resources>(
	resources: R,
	usual: keyof R & string,
): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: Object.keys(resources)
				.map((value) => ({ name: titleOf(value), value }))
				.sort((a, b) => compareTexts(a.name, b.name)),
			default: usual,
		},
		...Object.entries(resources).flatMap(([resource, operations]) =>
			operationProperties(resource, operations),
		),
		requestOptionsField,
	];
}
