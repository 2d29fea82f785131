import assert from 'node:assert/strict';
import type { KingdeeWorkOrder } from '../../../sandbox/index.mts';
import type { Bench } from '../bench.mts';
import type { Checks } from '../checks.mts';
import { handling } from '../operations.mts';
import { brief, workOrderOf } from './listener.mts';
import { checkPollingTrigger } from './polling.mts';

/** Orders that are created, worked on with the pack's own node, done and given up. */
export async function checkKingdeeTrigger(checks: Checks, bench: Bench): Promise<void> {
	const name = 'Kingdee Trigger';
	const { kingdee } = bench.sandbox;
	const credential = bench.credential('Kingdee app');
	const kinds = ['created', 'statusChanged', 'done', 'cannotBeHandled', 'processingRecordAdded'];
	const process = async ({ id, billno }: KingdeeWorkOrder, status: string): Promise<void> => {
		const parameters = { ...handling, id, orderNo: billno, status };
		await bench.answerOne({ type: 'kingdee', parameters, credential });
	};
	await checkPollingTrigger(checks, bench, {
		name,
		vendor: 'kingdee',
		type: 'kingdeeTrigger',
		parameters: { events: kinds, options: {} },
		credentials: [credential],
		pollEverySeconds: 3,
		events: async (listener) => {
			const order = kingdee.createWorkOrder({ promble: '打印机卡纸' });
			const hopeless = kingdee.createWorkOrder({ promble: '设备报废' });
			const [mine, other] = [order.id, hopeless.id];

			await checks.check(`${name}: each new order is one event`, async () => {
				const events = await listener.next(2);
				assert.deepEqual(events.map(brief), [`created ${mine}`, `created ${other}`]);
				const [event] = events;
				assert(event);
				assert.equal(event['id'], `kingdee:${mine}:created`);
				assert.equal(workOrderOf(event)['number'], order.billno);
				assert.equal(workOrderOf(event)['title'], '打印机卡纸');
				assert.equal(workOrderOf(event)['status'], 'open');
			});
			await checks.check(`${name}: a processing record and a change of status`, async () => {
				await process(order, 'F');
				const events = await listener.next(2);
				assert.deepEqual(
					events.map(brief).sort(),
					[`processingRecordAdded ${mine}`, `statusChanged ${mine}`].sort(),
				);
				const record = events.find(({ event }) => event === 'processingRecordAdded');
				const { id } =
					kingdee.dealRecords().find((entry) => entry.sourcebillno === order.billno) ?? {};
				assert.equal(record?.['id'], `kingdee:${mine}:record:${id}`);
				const change = events.find(({ event }) => event === 'statusChanged');
				assert.deepEqual(change?.['changes'], {
					status: { from: 'open', to: 'inProgress' },
					vendorStatus: { from: 'C', to: 'F' },
				});
			});
			await checks.check(`${name}: done, with its record, and cannot be handled`, async () => {
				await process(order, 'H');
				kingdee.changeWorkOrder(other, { billstatus: 'G' });
				const events = await listener.next(3);
				assert.deepEqual(
					events.map(brief).sort(),
					[`done ${mine}`, `processingRecordAdded ${mine}`, `cannotBeHandled ${other}`].sort(),
				);
				const done = events.find(({ event }) => event === 'done');
				assert.equal(done?.['id'], `kingdee:${mine}:H:20250717181141`);
				assert.equal(done['occurredAt'], '2025-07-17T18:11:41+08:00');
				assert.equal(workOrderOf(done)['status'], 'resolved');
			});
		},
	});
}
