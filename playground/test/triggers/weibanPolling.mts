import assert from 'node:assert/strict';
import type { Bench } from '../bench.mts';
import type { Checks } from '../checks.mts';
import { brief, workOrderOf } from './listener.mts';
import { checkPollingTrigger } from './polling.mts';

/** Work orders that are created, handed over and changed, as the list shows them. */
export async function checkWeibanPollingTrigger(checks: Checks, bench: Bench): Promise<void> {
	const name = 'Weiban Polling Trigger';
	const { weiban } = bench.sandbox;
	await checkPollingTrigger(checks, bench, {
		name,
		vendor: 'weiban',
		type: 'weibanPollingTrigger',
		parameters: { events: ['created', 'handedOver', 'other'], filters: {}, options: {} },
		credentials: [bench.credential('Weiban')],
		pollEverySeconds: 3,
		events: async (listener) => {
			let id = '';
			await checks.check(`${name}: a new work order is one event`, async () => {
				id = weiban.createWorkOrder({ title: '收不到消息' }).order_no;
				const event = await listener.nextOne();
				assert.equal(brief(event), `created ${id}`);
				assert.equal(event['id'], `weiban:${id}:created`);
				assert.equal(workOrderOf(event)['title'], '收不到消息');
			});
			await checks.check(`${name}: a hand-over is one event`, async () => {
				weiban.changeWorkOrder(id, { handler_id: 'WangFang', last_handler_id: 'LiuYang' });
				const event = await listener.nextOne();
				assert.equal(brief(event), `handedOver ${id}`);
				const { assignee } = event['changes'] as { assignee?: unknown };
				assert.deepEqual(assignee, { from: 'LiuYang', to: 'WangFang' });
			});
			await checks.check(`${name}: another change is one event`, async () => {
				weiban.changeWorkOrder(id, { status: 20 });
				const event = await listener.nextOne();
				assert.equal(brief(event), `other ${id}`);
				const { status } = event['changes'] as { status?: unknown };
				assert.deepEqual(status, { from: '10', to: '20' });
				assert.equal(workOrderOf(event)['vendorStatus'], '20');
			});
		},
	});
}
