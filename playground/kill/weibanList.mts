import type { Sandbox, WeibanWorkOrder } from '../../sandbox/index.mts';
import type { Desk } from './polled.mts';
import type { Polling } from './source.mts';

const STAFF = ['LiuYang', 'WangFang', 'ZhaoLiu'] as const;
/** Part of the changes that hand the order over; the others only move its time of change. */
const HAND_OVERS = 0.7;

/** What the list shows of an order, and what tells its versions apart. */
function version(row: Pick<WeibanWorkOrder, 'updated_at' | 'handler_id'>): string {
	return `${row.updated_at} ${row.handler_id}`;
}

const lists: Polling['lists'] = ({ path, query }) => {
	if (!path.endsWith('/workorder/list')) return undefined;
	return query['offset'] === '0' ? 'first' : 'next';
};

/** Work orders in Weiban's list. */
export function weibanDesk({ weiban }: Sandbox): Desk {
	return {
		name: 'Weiban, polled',
		polling: { vendor: 'weiban', lists },
		trigger: {
			type: 'weibanPollingTrigger',
			parameters: { events: ['created', 'handedOver', 'other'] },
			credential: 'weibanApi',
		},
		ended: new Set(),
		create: () => {
			const order = weiban.createWorkOrder({ title: '设备无法启动' });
			return { id: order.order_no, state: version(order) };
		},
		change: (id, state, random) => {
			const [, handler] = state.split(' ');
			const handsOver = random.next() < HAND_OVERS;
			const patch = { handler_id: random.pick(STAFF), last_handler_id: handler };
			return version(weiban.changeWorkOrder(id, handsOver ? patch : {}));
		},
		stateOf: (json) => version(json['raw'] as WeibanWorkOrder),
	};
}
