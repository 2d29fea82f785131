import { inspect } from 'node:util';

import type { IDataObject, INodeParameterResourceLocator, INodeParameters } from 'n8n-workflow';

import {
	type Dictionary,
	type DictionaryOption,
	type RecordedRequest,
} from '../../../sandbox/index.mts';
import type { NodeResult, NodeRun } from '../engine.mts';
import { onSandbox, type Started } from '../onSandbox.mts';
import { credentialsFor } from '../vendors.mts';

export const SEED_ID = '75cf1273-042e-a83d-8118-ddfb50af4ac1';
export const UNKNOWN_ID = '24066b93-bbab-4d41-9321-bf7e8ce40bd2';
export const ANY_UUID = expect.stringMatching(
	/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
) as string;

let world: Started;

/** The 7moor node against a sandbox of its own, which every test finds as it was seeded. */
export function useWorld(): void {
	onSandbox((started) => (world = started));
}

export const sandbox = () => world.sandbox;
export const vendor = () => sandbox().sevenMoor;
export const requests = (): RecordedRequest[] => sandbox().requests('sevenMoor');
/** The last part of each path before the account. */
export const calls = () => requests().map(({ path }) => path.split('/').at(3));
export const bodyOf = (index: number) =>
	JSON.parse(requests().at(index)?.body ?? '') as IDataObject;

export type Options = Partial<NodeRun> & { credential?: IDataObject };

function nodeRun(parameters: INodeParameters, { credential = {}, ...more }: Options = {}): NodeRun {
	return {
		type: 'sevenMoor',
		parameters,
		credentials: { sevenMoorApi: { ...credentialsFor(world.sandbox).sevenMoorApi, ...credential } },
		...more,
	};
}

export async function run(parameters: INodeParameters, options?: Options): Promise<NodeResult> {
	return await world.engine.run(nodeRun(parameters, options));
}

export async function search(
	list: string,
	parameters: INodeParameters = {},
	{ filter, page, ...options }: Options & { filter?: string; page?: string } = {},
) {
	return await world.engine.search(nodeRun(parameters, options), list, filter, page);
}

export function jsonOf(result: NodeResult): IDataObject[] {
	if (result.error !== undefined) throw result.error;
	return result.items.map(({ json }) => json);
}

export const located = (mode: 'list' | 'id' | 'name' | 'path', value: unknown) =>
	({ __rl: true, mode, value }) as INodeParameterResourceLocator;

/** Keys are told by one digit each. */
export const keyOf = (digit: string) => `00000000-0000-4000-8000-00000000000${digit}`;

export const option = (
	name: string,
	key: string,
	state = '2',
	options: DictionaryOption[] = [],
): DictionaryOption => ({ name, key: keyOf(key), state, options });

/** 华东 (a): 上海 (b), 杭州 (c, state 1: 西湖 (f)); 华南 (d): 深圳 (e). */
export const regions = () => [
	option('华东', 'a', '2', [
		option('上海', 'b'),
		option('杭州', 'c', '1', [option('西湖', 'f', '1')]),
	]),
	option('华南', 'd', '2', [option('深圳', 'e')]),
];

/** A dictionary of three levels with these options. */
export function createRegions(partial: Partial<Dictionary> = {}): string {
	return vendor().createDictionary({
		name: '地区',
		cascade: '3',
		headers: ['大区', '城市', '区'],
		options: regions(),
		...partial,
	})._id;
}

export const stored = (id: string) =>
	vendor()
		.dictionaries()
		.find(({ _id }) => _id === id);

/** A refusal of the vendor for the next call. */
export function refuse(code: number, message: string, more: object = {}): void {
	sandbox().faults.add({ kind: 'body', body: JSON.stringify({ code, message, ...more }) });
}

/** Everything of an error that a person may see. */
export const seen = (error: unknown) =>
	inspect(error, { depth: Infinity, maxStringLength: Infinity, showHidden: true });
