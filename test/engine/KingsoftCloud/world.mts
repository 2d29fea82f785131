import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { RecordedRequest } from '../../../sandbox/index.mts';
import type { NodeResult, NodeRun } from '../engine.mts';
import { onSandbox, type Started } from '../onSandbox.mts';
import { credentialsFor } from '../vendors.mts';

let world: Started;

/** The Kingsoft Cloud node against a sandbox of its own, which every test finds as it was seeded. */
export function useWorld(): void {
	onSandbox((started) => (world = started));
}

export const sandbox = () => world.sandbox;
export const vendor = () => sandbox().kingsoftCloud;
export const requests = (): RecordedRequest[] => sandbox().requests('kingsoftCloud');

function nodeRun(parameters: INodeParameters, { credential = {}, ...more }: Options = {}): NodeRun {
	return {
		type: 'kingsoftCloud',
		parameters,
		credentials: {
			kingsoftCloudApi: { ...credentialsFor(world.sandbox).kingsoftCloudApi, ...credential },
		},
		...more,
	};
}

export type Options = Partial<NodeRun> & { credential?: IDataObject };

export async function run(parameters: INodeParameters, options?: Options): Promise<NodeResult> {
	return await world.engine.run(nodeRun(parameters, options));
}

export async function search(list: string, filter?: string, page?: string, options?: Options) {
	return await world.engine.search(nodeRun({}, options), list, filter, page);
}

export function jsonOf(result: NodeResult): IDataObject[] {
	if (result.error !== undefined) throw result.error;
	return result.items.map(({ json }) => json);
}
