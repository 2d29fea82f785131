import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../../sandbox/index.mts';
import type { Sender } from './pushed.mts';
import type { Random } from '../../sandbox/random.mts';

const WEBHOOK_ID = 'f3a1a1d0-0000-4000-8000-000000000005';

/** Weiban's kinds of happening and the trigger's. */
const kinds = [
	['create', 'created'],
	['switch', 'handedOver'],
	['reply', 'commented'],
	['close', 'closed'],
	['reopen', 'reopened'],
] as const;

/** Events of work orders that Weiban seals and pushes. */
export function weibanSender({ weiban, clock }: Sandbox, random: Random): Sender {
	return {
		name: 'Weiban',
		trigger: {
			type: 'weibanTrigger',
			parameters: { events: kinds.map(([, event]) => event) },
			credential: 'weibanCallbackApi',
			webhookId: WEBHOOK_ID,
		},
		path: `${WEBHOOK_ID}/webhook`,
		make: (count) => {
			const id = randomUUID();
			const [status, event] = random.pick(kinds);
			const data = {
				order_no: `147180804957${String(count).padStart(7, '0')}`,
				staff_id: 'LiuYang',
				...(status === 'switch' ? { handler_id: 'WangFang' } : {}),
			};
			const createTime = clock.now() / 1000;
			return {
				id,
				event,
				// Each attempt is signed anew and says how many there were.
				send: async (url, retryCount) =>
					await weiban.push(url, status, data, { id, createTime, retryCount }),
			};
		},
		answer: '"errcode":0',
		idOf: (json) => String((json['raw'] as Record<string, unknown>)['id']),
	};
}
