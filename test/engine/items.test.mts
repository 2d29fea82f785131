import type { Sandbox } from '../../sandbox/index.mts';
import type { Engine, NodeRun } from './engine.mts';
import { onSandbox } from './onSandbox.mts';
import { credentialsFor } from './vendors.mts';

let engine: Engine;
let sandbox: Sandbox;
onSandbox((started) => ({ engine, sandbox } = started));

const KNOWN = 'wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg';
const customer = async (operation: string, count: number, more: Partial<NodeRun> = {}) =>
	await engine.run({
		type: 'weiban',
		parameters: {
			resource: 'customer',
			operation,
			findBy: 'id',
			customerId: { __rl: true, mode: 'id', value: KNOWN },
			ids: KNOWN,
		},
		credentials: { weibanApi: credentialsFor(sandbox).weibanApi },
		items: Array.from({ length: count }, () => ({ json: { operation: 'get' } })),
		...more,
	});

describe.each(['nothing', '={{ $json.operation }}', 'toString'])('the operation %s', (name) => {
	it('is refused by name, for each item where it may fail', async () => {
		const message = `Operation "${name.replace('=', '')}" does not exist for resource "customer"`;
		const { error, items: none } = await customer(name, 2);
		expect(error).toMatchObject({
			message,
			description: 'Choose the resource and the operation again.',
		});
		expect(none).toEqual([]);
		const { items } = await customer(name, 2, { onError: 'continueRegularOutput' });
		expect(items.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[message, { item: 0 }],
			[message, { item: 1 }],
		]);
		expect(sandbox.requests()).toEqual([]);
	});
});

test('no items make no call and no output', async () => {
	const { items, error } = await customer('get', 0);
	expect([items, error]).toEqual([[], undefined]);
	expect(sandbox.requests()).toEqual([]);
});

test('what fails for all items together names all of them', async () => {
	sandbox.faults.add({ vendor: 'weiban', path: 'batch_get', kind: 'html', status: 500 });
	const { items } = await customer('getSeveral', 2, {
		onError: 'continueRegularOutput',
	});
	expect(items).toMatchObject([
		{
			json: {
				error: expect.stringMatching(/^Weiban sent a web page with HTTP 500/),
				details: { description: expect.stringMatching(/Nothing was changed/), httpStatus: 500 },
			},
			pairedItem: [{ item: 0 }, { item: 1 }],
		},
	]);
});
