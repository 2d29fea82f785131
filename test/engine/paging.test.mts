import type { Sandbox, Vendor } from '../../sandbox/index.mts';
import type { Engine, NodeRun } from './engine.mts';
import { onSandbox } from './onSandbox.mts';
import { credentialsFor } from './vendors.mts';

let engine: Engine;
let sandbox: Sandbox;

onSandbox((started) => ({ engine, sandbox } = started));

const rows = (id: string) =>
	Array.from({ length: 100 }, (_, n) => ({ [id]: `row-${n}`, name: 'x', options: [] }));
const all = (resource: string) => ({ resource, operation: 'getAll', returnAll: true });

test.each<[string, Vendor, string, Pick<NodeRun, 'type' | 'parameters'>, object]>([
	[
		'7moor',
		'sevenMoor',
		'queryDictionary',
		{ type: 'sevenMoor', parameters: all('dictionary') },
		{ code: 200, success: true, list: rows('_id') },
	],
	[
		'Kingdee',
		'kingdee',
		'/jdy/v2/bd/customer',
		{ type: 'kingdee', parameters: all('customer') },
		{ errcode: 0, data: { rows: rows('id') } },
	],
	[
		'Kingsoft Cloud',
		'kingsoftCloud',
		'list_tickets',
		{ type: 'kingsoftCloud', parameters: all('ticket') },
		{ errno: 10000, data: { tickets: rows('id') } },
	],
	[
		'Weiban',
		'weiban',
		'workorder/list',
		{ type: 'weiban', parameters: all('workOrder') },
		{ errcode: 0, workorder_list: rows('order_no') },
	],
])(
	'%s may show one page for ever: it is not asked for ever',
	async (_name, vendor, path, run, page) => {
		const body = JSON.stringify(page);
		sandbox.faults.add({ vendor, path, kind: 'body', body, times: 9 });
		const { items, error } = await engine.run({ ...run, credentials: credentialsFor(sandbox) });
		expect(error).toBeUndefined();
		expect(sandbox.requests().filter((request) => request.path.includes(path))).toHaveLength(2);
		expect(items).toHaveLength(100);
	},
);
