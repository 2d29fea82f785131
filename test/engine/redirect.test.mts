import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startSandbox, type Sandbox, type Vendor } from '../../sandbox/index.mts';
import { Engine } from './engine.mts';
import { examples } from './examples/index.mts';
import { credentialsFor } from './vendors.mts';

let engine: Engine;
let sandbox: Sandbox;
let elsewhere: Server;
let visits = 0;

beforeAll(async () => {
	engine = await Engine.load();
	sandbox = await startSandbox();
	elsewhere = createServer((_request, response) => {
		visits++;
		response.end('{}');
	});
	await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
}, 60_000);
afterAll(async () => {
	await sandbox.close();
	elsewhere.close();
});

const calls: [Vendor, string][] = [
	['kingdee', 'workOrder.get'],
	['kingsoftCloud', 'ticket.get'],
	['sevenMoor', 'dictionary.get'],
	['weiban', 'workOrder.get'],
];

test.each(calls)('where %s redirects to, no signature or token goes', async (vendor, name) => {
	const [resource = '', operation = ''] = name.split('.');
	const { port } = elsewhere.address() as AddressInfo;
	const credentialType = `${vendor}Api` as const;
	const run = {
		type: vendor,
		parameters: { resource, operation, ...examples[vendor][name]?.parameters },
		credentials: { [credentialType]: credentialsFor(sandbox)[credentialType] },
	};
	sandbox.reset();
	visits = 0;
	const first = await engine.run(run);
	expect(first.error).toBeUndefined();
	const headers = { location: `http://127.0.0.1:${port}/` };
	sandbox.faults.add({ vendor, kind: 'status', status: 302, headers, times: Infinity });
	const { error } = await engine.run({ ...run, credentials: first.stored });
	expect(error?.message).toMatch(/HTTP 302/);
	expect(visits).toBe(0);
});
