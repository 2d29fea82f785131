import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import type { CallSite } from './exchange';
import { Fields } from './fields';

/** One input item at work: where calls are made for, and what the person entered. */
export interface Item extends CallSite {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	readonly fields: Fields;
}

/** One operation, whole: what the person sees and what happens. */
export interface Operation<Name extends string = string> {
	/** Its entry in the Operation list. */
	readonly option: INodePropertyOptions & { value: Name; action: string };
	/** Its fields, without display conditions. */
	readonly fields: INodeProperties[];
	/** Works one item; a list answers one output item per entry. */
	readonly run: (item: Item) => Promise<object | object[]>;
}

/** The operations of one resource, by the value of the Operation field. */
export type Operations = Readonly<Record<string, Operation>>;

/** An operation under a name that its vendor's `Names` lists for the resource. */
export type OperationOf<Names, R extends keyof Names, N extends Names[R] & string> = Operation<N>;

/** Has a place for every name in a vendor's `Names`: one without its operation does not compile. */
export type OperationTable<Names> = {
	readonly [R in keyof Names]: { readonly [N in Names[R] & string]: Operation<N> };
};

/** Shows fields only where one resource and operation are chosen. */
function shownFor(resource: string, operation: string, field: INodeProperties): INodeProperties {
	return {
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { resource: [resource], operation: [operation], ...field.displayOptions?.show },
		},
	};
}

/** The Operation list of a resource, followed by the fields of each of its operations. */
export function describeOperations(resource: string, operations: Operations): INodeProperties[] {
	const options = Object.values(operations).map(({ option }) => option);
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: [...options].sort((a, b) => a.name.localeCompare(b.name)),
			default: options[0]?.value ?? '',
		},
		...Object.entries(operations).flatMap(([name, { fields }]) =>
			fields.map((field) => shownFor(resource, name, field)),
		),
	];
}

function failedItem(error: Error, item: number): INodeExecutionData {
	const data = error instanceof NodeApiError ? (error.context.data as IDataObject) : {};
	const description =
		error instanceof NodeApiError || error instanceof NodeOperationError ? error.description : null;
	// n8n takes an item for a failed one when it has no keys but error, message and details.
	return {
		json: { error: error.message, details: { description: description ?? null, ...data } },
		pairedItem: { item },
	};
}

/** Runs the chosen operation on every item; the only item loop of the pack. */
export async function runOperations(
	context: IExecuteFunctions,
	resources: Readonly<Record<string, Operations>>,
): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		try {
			for (const json of await runItem(context, itemIndex, resources)) {
				output.push({ json: json as IDataObject, pairedItem: { item: itemIndex } });
			}
		} catch (error) {
			if (context.continueOnFail()) {
				output.push(failedItem(error as Error, itemIndex));
				continue;
			}
			if (error instanceof NodeApiError) throw new NodeApiError(context.getNode(), error as never);
			throw new NodeOperationError(context.getNode(), error as Error, { itemIndex });
		}
	}
	return [output];
}

async function runItem(
	context: IExecuteFunctions,
	itemIndex: number,
	resources: Readonly<Record<string, Operations>>,
): Promise<object[]> {
	const resource = String(context.getNodeParameter('resource', itemIndex));
	const name = String(context.getNodeParameter('operation', itemIndex));
	const operation = resources[resource]?.[name];
	if (operation === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`Operation "${name}" does not exist for resource "${resource}"`,
			{ itemIndex, description: 'Choose the resource and the operation again.' },
		);
	}
	const fields = new Fields(
		{ node: context.getNode(), itemIndex },
		operation.fields,
		context.getTimezone(),
		(field) => context.getNodeParameter(field, itemIndex, null),
	);
	const answer = await operation.run({ context, itemIndex, fields });
	return Array.isArray(answer) ? (answer as object[]) : [answer];
}
