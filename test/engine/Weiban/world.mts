import type { RecordedRequest, Sandbox } from '../../../sandbox/index.mts';
import type { Engine, NodeResult, NodeRun } from '../engine.mts';
import { onSandbox } from '../onSandbox.mts';
import { credentialsFor } from '../vendors.mts';

export const seedOrder = '1471808049579560960';
export const seedCustomer = 'wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg';

type Options = Partial<Pick<NodeRun, 'items' | 'onError' | 'credentials' | 'timezone'>>;

/** The Weiban node on n8n's engine, beside a fresh sandbox for each test of the file. */
export function useWorld() {
	let engine: Engine;
	let sandbox: Sandbox;
	onSandbox((started) => ({ engine, sandbox } = started));

	const nodeRun = (parameters: object, options: Options = {}): NodeRun => ({
		type: 'weiban',
		parameters: parameters as NodeRun['parameters'],
		credentials: { weibanApi: credentialsFor(sandbox).weibanApi },
		...options,
	});
	return {
		get sandbox() {
			return sandbox;
		},
		get weiban() {
			return sandbox.weiban;
		},
		run: async (
			resource: string,
			operation: string,
			parameters: object,
			options?: Options,
		): Promise<NodeResult> =>
			await engine.run(nodeRun({ resource, operation, ...parameters }, options)),
		search: async (list: string, filter?: string, page?: string) =>
			await engine.search(nodeRun({}), list, filter, page),
		mapperFields: async (method: string, parameters: object) =>
			await engine.mapperFields(nodeRun(parameters), method),
		/** The calls after the log-in. */
		calls: (): RecordedRequest[] =>
			sandbox.requests('weiban').filter(({ path }) => !path.includes('access_token')),
		order: (orderNo: string) => {
			const order = sandbox.weiban.workOrders().find(({ order_no }) => order_no === orderNo);
			if (order === undefined) throw new Error(`No work order ${orderNo}`);
			return order;
		},
	};
}

export const jsonOf = (result: NodeResult) => result.items.map(({ json }) => json);

/** A resource locator's value as the editor stores it. */
export const located = (value: string, mode = 'list') => ({ __rl: true, mode, value });

/** A resource mapper's value as the editor stores it. */
export const mapped = (
	value: object | null,
	{ mode = 'defineBelow', schema = [] }: { mode?: string; schema?: object[] } = {},
) => ({
	mappingMode: mode,
	value,
	matchingColumns: [],
	schema: schema.map((field) => ({
		displayName: '',
		required: false,
		defaultMatch: false,
		display: true,
		type: 'string',
		...field,
	})),
	attemptToConvertTypes: false,
	convertFieldsToString: false,
});
