import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { Fields } from './fields';
import {
	OutputItem,
	type Item,
	type Operation,
	type OperationOnAll,
	type Resources,
} from './operation';

type Hint = (remark: string) => void;

/** Every item may choose its operation by an expression. */
function operationOf(
	context: IExecuteFunctions,
	itemIndex: number,
	resources: Resources,
): Operation | NodeOperationError {
	const resource = String(context.getNodeParameter('resource', itemIndex));
	const name = String(context.getNodeParameter('operation', itemIndex));
	return (
		resources[resource]?.[name] ??
		new NodeOperationError(
			context.getNode(),
			`Operation "${name}" does not exist for resource "${resource}"`,
			{ itemIndex, description: 'Choose the resource and the operation again.' },
		)
	);
}

function itemAt(
	context: IExecuteFunctions,
	itemIndex: number,
	operation: Operation,
	hint: Hint,
): Item {
	const fields = new Fields(
		{ node: context.getNode(), itemIndex },
		operation.fields,
		context.getTimezone(),
		(field) => context.getNodeParameter(field, itemIndex, null),
	);
	return { context, itemIndex, fields, hint };
}

function executionData(output: object, itemIndex: number): INodeExecutionData {
	if (!(output instanceof OutputItem)) {
		return { json: output as IDataObject, pairedItem: { item: itemIndex } };
	}
	const { json, binary, from = [itemIndex] } = output;
	const pairs = from.map((item) => ({ item }));
	return {
		json: json as IDataObject,
		...(binary === undefined ? {} : { binary }),
		pairedItem: pairs.length === 1 ? pairs[0] : pairs,
	};
}

function failedItem(error: Error, from: readonly number[]): INodeExecutionData {
	const data = error instanceof NodeApiError ? (error.context.data as IDataObject) : {};
	const description =
		error instanceof NodeApiError || error instanceof NodeOperationError ? error.description : null;
	// n8n takes an item for a failed one when it has no keys but error, message and details.
	const json = { error: error.message, details: { description: description ?? null, ...data } };
	return executionData(new OutputItem(json, { from }), 0);
}

function thrownFor(context: IExecuteFunctions, error: unknown, itemIndex: number): Error {
	return error instanceof NodeApiError
		? new NodeApiError(context.getNode(), error as never)
		: new NodeOperationError(context.getNode(), error as Error, { itemIndex });
}

async function runEach(
	context: IExecuteFunctions,
	resources: Resources,
	hint: Hint,
): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		try {
			const operation = operationOf(context, itemIndex, resources);
			if (operation instanceof NodeOperationError) throw operation;
			const item = itemAt(context, itemIndex, operation, hint);
			const output =
				'run' in operation ? await operation.run(item) : await operation.runAll([item]);
			for (const entry of Array.isArray(output) ? (output as object[]) : [output]) {
				results.push(executionData(entry, itemIndex));
			}
		} catch (error) {
			if (!context.continueOnFail()) throw thrownFor(context, error, itemIndex);
			results.push(failedItem(error as Error, [itemIndex]));
		}
	}
	return results;
}

async function runTogether(
	context: IExecuteFunctions,
	operation: OperationOnAll,
	hint: Hint,
): Promise<INodeExecutionData[]> {
	const indexes = context.getInputData().map((_entry, index) => index);
	try {
		const items = indexes.map((index) => itemAt(context, index, operation, hint));
		return (await operation.runAll(items)).map((entry) => executionData(entry, 0));
	} catch (error) {
		if (!context.continueOnFail()) throw thrownFor(context, error, 0);
		return [failedItem(error as Error, indexes)];
	}
}

/** Runs the operation that is chosen for the items; the only item loop of the pack. */
export async function runOperations(
	context: IExecuteFunctions,
	resources: Resources,
): Promise<INodeExecutionData[][]> {
	if (context.getInputData().length === 0) return [[]];
	const remarks = new Set<string>();
	const hint: Hint = (remark) => void remarks.add(remark);
	const first = operationOf(context, 0, resources);
	const results =
		'runAll' in first
			? await runTogether(context, first, hint)
			: await runEach(context, resources, hint);
	for (const message of remarks) {
		context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
	}
	return [results];
}
