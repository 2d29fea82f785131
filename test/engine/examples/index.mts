import type { RecordedRequest, Sandbox, Vendor } from '../../../sandbox/index.mts';
import { beginAnew, type Engine } from '../engine.mts';
import { credentialsFor } from '../vendors.mts';
import type { Example, Examples } from './example.mts';
import { kingdee } from './kingdee.mts';
import { kingsoftCloud } from './kingsoftCloud.mts';
import { sevenMoor } from './sevenMoor.mts';
import { weiban } from './weiban.mts';

/** A working use of every operation, by the name of its node. */
export const examples: Readonly<Record<Vendor, Examples>> = {
	kingdee,
	kingsoftCloud,
	sevenMoor,
	weiban,
};

/** The first call of each vendor's session; what it costs is no part of an operation. */
const openers: Readonly<Record<Vendor, string>> = {
	kingdee: 'workOrder.process',
	kingsoftCloud: 'ticket.get',
	sevenMoor: 'dictionary.getAll',
	weiban: 'workOrder.get',
};

/**
 * Runs the example in n8n's engine against the sandbox, in a session that is open already; answers what
 * came out and the requests that the vendor got for it.
 */
export async function runExample(
	engine: Engine,
	sandbox: Sandbox,
	vendor: Vendor,
	name: string,
): Promise<{ items: object[]; requests: RecordedRequest[] }> {
	const credentialType = `${vendor}Api` as const;
	let credentials = { [credentialType]: credentialsFor(sandbox)[credentialType] };
	const run = async (key: string, { parameters, item }: Example) => {
		const [resource = '', operation = ''] = key.split('.');
		const result = await engine.run({
			type: vendor,
			parameters: { resource, operation, ...parameters },
			credentials,
			...(item === undefined ? {} : { items: [item] }),
		});
		if (result.error !== undefined) throw result.error;
		return result;
	};
	const example = examples[vendor][name];
	const opener = examples[vendor][openers[vendor]];
	if (example === undefined || opener === undefined) {
		throw new Error(`There is no example of ${vendor} ${name} in test/engine/examples`);
	}
	sandbox.reset();
	beginAnew();
	credentials = (await run(openers[vendor], opener)).stored;
	example.prepare?.(sandbox);
	sandbox.clearRequests();
	const { items } = await run(name, example);
	return { items: items.map(({ json }) => json), requests: sandbox.requests(vendor) };
}
