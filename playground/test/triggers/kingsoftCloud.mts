import assert from 'node:assert/strict';
import type { Bench } from '../bench.mts';
import type { Checks } from '../checks.mts';
import { brief, workOrderOf } from './listener.mts';
import { checkPollingTrigger } from './polling.mts';

/** An id that no JavaScript number holds. */
const LONG_ID = '9007199254740997';

/** Tickets that are created, taken up, closed and cancelled. */
export async function checkKingsoftTrigger(checks: Checks, bench: Bench): Promise<void> {
	const name = 'Kingsoft Cloud Trigger';
	const { kingsoftCloud, clock } = bench.sandbox;
	await checkPollingTrigger(checks, bench, {
		name,
		vendor: 'kingsoftCloud',
		type: 'kingsoftCloudTrigger',
		parameters: { events: ['created', 'statusChanged', 'closed', 'cancelled'], options: {} },
		credentials: [bench.credential('Kingsoft Cloud')],
		pollEverySeconds: 3,
		events: async (listener) => {
			let other = '';
			await checks.check(`${name}: each new ticket is one event`, async () => {
				kingsoftCloud.createTicket({ id: LONG_ID, title: '夜间告警' });
				other = kingsoftCloud.createTicket({ title: '误报' }).id;
				const events = await listener.next(2);
				assert.deepEqual(
					events.map(brief).sort(),
					[`created ${LONG_ID}`, `created ${other}`].sort(),
				);
				const event = events.find(({ id }) => id === `kingsoftCloud:${LONG_ID}:created`);
				assert(event, 'the id of the event is another one');
				assert.equal(workOrderOf(event)['title'], '夜间告警');
				assert.equal(workOrderOf(event)['status'], 'open');
				assert.equal(event['occurredAt'], workOrderOf(event)['createdAt']);
			});
			await checks.check(`${name}: a change of status is one event`, async () => {
				kingsoftCloud.changeTicket(LONG_ID, { status: 2 });
				const event = await listener.nextOne();
				assert.equal(brief(event), `statusChanged ${LONG_ID}`);
				assert.deepEqual(event['changes'], { status: { from: 'open', to: 'inProgress' } });
			});
			await checks.check(`${name}: closing and cancelling are one event each`, async () => {
				const now = Math.floor(clock.now() / 1000);
				kingsoftCloud.changeTicket(LONG_ID, { status: 3, closed_time: now });
				kingsoftCloud.changeTicket(other, { status: 4 });
				const events = await listener.next(2);
				assert.deepEqual(
					events.map(brief).sort(),
					[`closed ${LONG_ID}`, `cancelled ${other}`].sort(),
				);
				const closed = events.find(({ event }) => event === 'closed');
				assert.equal(closed?.['id'], `kingsoftCloud:${LONG_ID}:closed:${now}`);
				assert.deepEqual(closed['changes'], { status: { from: 'inProgress', to: 'closed' } });
			});
		},
	});
}
