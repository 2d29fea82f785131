import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../../sandbox/index.mts';
import type { Sender } from './pushed.mts';

/** Part of the address; a trigger that checks nothing else wants it long. */
const PATH = 'kill-test-7moor-steps';

/** Steps of work orders that 7moor pushes. */
export function sevenMoorSender({ sevenMoor, clock }: Sandbox): Sender {
	return {
		name: '7moor',
		trigger: {
			type: 'sevenMoorTrigger',
			parameters: { events: ['stepReached'], path: PATH },
			webhookId: 'f3a1a1d0-0000-4000-8000-000000000004',
		},
		path: PATH,
		make: (count) => {
			const step = {
				_id: randomUUID(),
				businessNumber: `20261122${String(count).padStart(6, '0')}`,
				createTime: '2026-11-22 09:00:00',
				createTimestamp: clock.now(),
			};
			return {
				id: step._id,
				event: 'stepReached',
				send: async (url) => await sevenMoor.push(url, step),
			};
		},
		answer: '"success":true',
		idOf: (json) => String((json['raw'] as Record<string, unknown>)['_id']),
	};
}
