import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Ticket, WeibanWorkOrder } from '../../sandbox/index.mts';
import { waitFor } from '../src/wait.mts';
import type { Stage } from './stage.mts';

/** weiban-to-kingsoft.json: a new work order becomes one ticket, however often it is pushed. */
export async function weibanToKingsoft(stage: Stage): Promise<string> {
	const { kingsoftCloud, weiban } = stage.playground.sandbox;
	const workflow = await stage.bring('weiban-to-kingsoft');
	await workflow.publish();

	const order = (partial: Partial<WeibanWorkOrder>): WeibanWorkOrder =>
		weiban.createWorkOrder({ content: { text: '点击付款后白屏', pic: [] }, ...partial });
	const push = async ({ order_no, creator_id }: WeibanWorkOrder, id: string): Promise<void> => {
		const event = { order_no, staff_id: creator_id };
		const { status } = await weiban.push(workflow.webhook(), 'create', event, { id });
		assert.equal(status, 200, 'the answer to a push');
	};
	const ticketsOf = ({ order_no }: WeibanWorkOrder): Ticket[] =>
		kingsoftCloud.tickets().filter(({ detail }) => detail.includes(order_no));
	const commentsOf = ({ processing_flows: flows }: WeibanWorkOrder): string[] =>
		flows.map(({ content }) => content.text).filter((text) => text.startsWith('Passed on'));
	const passedOn = async (which: WeibanWorkOrder): Promise<void> => {
		const commented = (): true | undefined => (commentsOf(which).length > 0 ? true : undefined);
		const what = `a comment at the work order ${which.order_no}`;
		await waitFor(commented, { what, timeoutMs: 30_000, everyMs: 50, signal: stage.signal });
	};

	// Whoever takes the number for a number ends up with another one.
	const first = order({ order_no: '1471808049579561383', title: '小程序无法付款' });
	const id = randomUUID();
	await push(first, id);
	await passedOn(first);
	// Weiban's own repetition has the id of the event; the same order may also come under another one.
	await push(first, id);
	await push(first, randomUUID());
	// When this one has gone all the way, the pushes before it have too.
	const second = order({ title: '优惠券不可用' });
	await push(second, randomUUID());
	await passedOn(second);
	await workflow.settled();

	for (const which of [first, second]) {
		const [ticket, ...more] = ticketsOf(which);
		assert(ticket, `a ticket for the work order ${which.order_no}`);
		assert.equal(more.length, 0, `more tickets for the work order ${which.order_no}`);
		assert.equal(ticket.title, which.title);
		assert.deepEqual(commentsOf(which), [`Passed on as Kingsoft Cloud ticket ${ticket.id}`]);
	}
	return 'two work orders became a ticket each, named in a comment; the first came three times';
}
