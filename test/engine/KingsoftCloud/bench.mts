import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startSandbox, type RecordedRequest, type Sandbox } from '../../../sandbox/index.mts';
import { Engine, type NodeResult, type NodeRun } from '../engine.mts';
import { credentialsFor } from '../vendors.mts';

let sandbox: Sandbox;
let engine: Engine;

/** The Kingsoft Cloud node against a sandbox of its own, which every test finds as it was seeded. */
export function openBench(): void {
	beforeAll(async () => {
		sandbox = await startSandbox();
		engine = await Engine.load();
	}, 60_000);
	beforeEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());
}

export const world = () => sandbox;
export const vendor = () => sandbox.kingsoftCloud;
export const requests = (): RecordedRequest[] => sandbox.requests('kingsoftCloud');

function nodeRun(parameters: INodeParameters, { credential = {}, ...more }: Options = {}): NodeRun {
	return {
		type: 'kingsoftCloud',
		parameters,
		credentials: {
			kingsoftCloudApi: { ...credentialsFor(sandbox).kingsoftCloudApi, ...credential },
		},
		...more,
	};
}

export type Options = Partial<NodeRun> & { credential?: IDataObject };

export async function run(parameters: INodeParameters, options?: Options): Promise<NodeResult> {
	return await engine.run(nodeRun(parameters, options));
}

export async function search(list: string, filter?: string, page?: string, options?: Options) {
	return await engine.search(nodeRun({}, options), list, filter, page);
}

export function jsonOf(result: NodeResult): IDataObject[] {
	if (result.error !== undefined) throw result.error;
	return result.items.map(({ json }) => json);
}
