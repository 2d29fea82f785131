import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { waitFor } from '../src/wait.mts';
import type { Stage } from './stage.mts';

// Whoever takes it for a number ends up with another one.
const WORK_ORDER = '1471808049579561383';

/** weiban-to-kingsoft.json: a new work order becomes one ticket, however often it is pushed. */
export async function weibanToKingsoft(stage: Stage): Promise<string> {
	const { kingsoftCloud, weiban, accounts } = stage.playground.sandbox;
	const { token, encodingAesKey } = accounts.weiban.callback;
	await stage.addCredential({
		name: 'Weiban Callback (sandbox)',
		type: 'weibanCallbackApi',
		data: {
			token,
			aesSecretKey: encodingAesKey,
			corpId: accounts.weiban.corpId,
			receiveIdIs: 'corpId',
		},
	});
	const workflow = await stage.bring('weiban-to-kingsoft');
	await workflow.publish();
	const order = weiban.createWorkOrder({
		order_no: WORK_ORDER,
		title: '小程序无法付款',
		content: { text: '点击付款后白屏', pic: [] },
	});
	const event = { order_no: order.order_no, staff_id: order.creator_id };
	const id = randomUUID();
	const push = async (pushId: string): Promise<void> => {
		const { status } = await weiban.push(workflow.webhook(), 'create', event, { id: pushId });
		assert.equal(status, 200, 'the answer to the push');
	};
	await push(id);
	const tickets = () => kingsoftCloud.tickets().filter(({ title }) => title === order.title);
	await waitFor(() => tickets()[0], { what: 'the ticket', timeoutMs: 30_000, everyMs: 50 });
	return JSON.stringify(tickets().map(({ id: ticketId, detail }) => ({ ticketId, detail })));
}
