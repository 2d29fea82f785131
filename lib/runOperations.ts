import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IPairedItemData,
} from 'n8n-workflow';

import { Fields } from './fields';
import { inOrder } from './inOrder';
import {
	OutputItem,
	type Item,
	type Operation,
	type OperationOnAll,
	type OperationOnItem,
	type Resources,
} from './operation';
import { cancelSignal } from './patience';
import { concurrency, requestOptionsField, requestOptionsIn } from './requestOptions';
import { shown } from './shown';

/** One run of a node. */
interface Run {
	readonly context: IExecuteFunctions;
	readonly hint: (remark: string) => void;
	/** Tells that the execution was cancelled or that an item ended the run. */
	readonly signal: AbortSignal;
	readonly stop: () => void;
}

function chosen<T>(among: Readonly<Record<string, T>>, name: unknown): T | undefined {
	return typeof name === 'string' && Object.hasOwn(among, name) ? among[name] : undefined;
}

/** The same for all items: n8n resolves no expression in a field of resources or operations. */
function operationOf(
	context: IExecuteFunctions,
	resources: Resources,
): Operation | NodeOperationError {
	const resource = context.getNodeParameter('resource', 0, null);
	const name = context.getNodeParameter('operation', 0, null);
	const operations = chosen(resources, resource);
	const operation = operations && chosen(operations, name);
	return (
		operation ??
		new NodeOperationError(
			context.getNode(),
			`Operation "${shown(name)}" does not exist for resource "${shown(resource)}"`,
			{ itemIndex: 0, description: 'Choose the resource and the operation again.' },
		)
	);
}

function itemAt(run: Run, itemIndex: number, operation: Operation): Item {
	const { context, hint, signal } = run;
	const fields = new Fields(
		{ node: context.getNode(), itemIndex },
		[...operation.fields, requestOptionsField],
		context.getTimezone(),
		(field) => context.getNodeParameter(field, itemIndex, null),
	);
	const requestOptions = requestOptionsIn(fields);
	return { context, itemIndex, fields, hint, requestOptions, signal };
}

function executionData(output: object, pairedItem: IPairedItemData): INodeExecutionData {
	if (!(output instanceof OutputItem)) return { json: output as IDataObject, pairedItem };
	const { json, binary, from } = output;
	const pairs = from?.map((item) => ({ item })) ?? [pairedItem];
	return {
		json: json as IDataObject,
		...(binary === undefined ? {} : { binary }),
		pairedItem: pairs.length === 1 ? pairs[0] : pairs,
	};
}

/** Makes n8n's items of outputs, in the same list: one of 100,000 is not to be held twice. */
function asExecutionData(outputs: object[], itemIndex: number): INodeExecutionData[] {
	// All share it, as with n8n's own constructExecutionMetaData.
	const pairedItem = { item: itemIndex };
	outputs.forEach((output, at) => (outputs[at] = executionData(output, pairedItem)));
	return outputs as INodeExecutionData[];
}

function failedItem(error: Error, from: readonly number[]): INodeExecutionData {
	const data = error instanceof NodeApiError ? (error.context.data as IDataObject) : {};
	const description =
		error instanceof NodeApiError || error instanceof NodeOperationError ? error.description : null;
	// n8n takes an item for a failed one when it has no keys but error, message and details.
	const json = { error: error.message, details: { description: description ?? null, ...data } };
	return executionData(new OutputItem(json, { from }), { item: 0 });
}

function thrownFor(context: IExecuteFunctions, error: unknown, itemIndex: number): Error {
	return error instanceof NodeApiError
		? error
		: new NodeOperationError(context.getNode(), error as Error, { itemIndex });
}

async function runItem(
	run: Run,
	itemIndex: number,
	operation: OperationOnItem,
): Promise<INodeExecutionData[]> {
	const { context } = run;
	try {
		const output = await operation.run(itemAt(run, itemIndex, operation));
		return asExecutionData(Array.isArray(output) ? (output as object[]) : [output], itemIndex);
	} catch (error) {
		if (!context.continueOnFail()) throw thrownFor(context, error, itemIndex);
		return [failedItem(error as Error, [itemIndex])];
	}
}

/** Several at a time where they only read, or where the person wants it. */
function widthOf(run: Run, operation: OperationOnItem): number {
	try {
		return concurrency(itemAt(run, 0, operation).requestOptions ?? {}, operation.reads === true);
	} catch {
		// The item says what is wrong with the option.
		return 1;
	}
}

async function runEach(run: Run, operation: OperationOnItem): Promise<INodeExecutionData[]> {
	const { context, stop, signal } = run;
	const { length } = context.getInputData();
	const width = widthOf(run, operation);
	const outputs = await inOrder(
		length,
		width,
		stop,
		signal,
		async (index) => await runItem(run, index, operation),
	);
	return length === 1 ? (outputs[0] ?? []) : outputs.flat();
}

async function runTogether(run: Run, operation: OperationOnAll): Promise<INodeExecutionData[]> {
	const { context } = run;
	const indexes = context.getInputData().map((_entry, index) => index);
	try {
		const items = indexes.map((index) => itemAt(run, index, operation));
		return asExecutionData(await operation.runAll(items), 0);
	} catch (error) {
		if (!context.continueOnFail()) throw thrownFor(context, error, 0);
		return [failedItem(error as Error, indexes)];
	}
}

async function runAny(run: Run, resources: Resources): Promise<INodeExecutionData[]> {
	const { context } = run;
	const operation = operationOf(context, resources);
	if (operation instanceof NodeOperationError) {
		if (!context.continueOnFail()) throw operation;
		return context.getInputData().map((_entry, index) => failedItem(operation, [index]));
	}
	return 'runAll' in operation ? await runTogether(run, operation) : await runEach(run, operation);
}

/** Runs the operation that is chosen for the items; the only item loop of the pack. */
export async function runOperations(
	context: IExecuteFunctions,
	resources: Resources,
): Promise<INodeExecutionData[][]> {
	if (context.getInputData().length === 0) return [[]];
	const remarks = new Set<string>();
	const ended = new AbortController();
	const cancelled = cancelSignal(context);
	const run: Run = {
		context,
		hint: (remark) => void remarks.add(remark),
		signal: AbortSignal.any([ended.signal, ...(cancelled === undefined ? [] : [cancelled])]),
		stop: () => ended.abort(),
	};
	const results = await runAny(run, resources);
	if (run.signal.aborted) {
		// The word that n8n looks for.
		throw new NodeOperationError(context.getNode(), 'The execution was canceled');
	}
	for (const message of remarks) {
		context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
	}
	return [results];
}
