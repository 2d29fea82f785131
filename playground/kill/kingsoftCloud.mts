import type { Sandbox } from '../../sandbox/index.mts';
import type { Desk } from './polled.mts';
import type { Polling } from './source.mts';

const OPEN = 1;
const IN_PROGRESS = 2;
const CLOSED = 3;
const CANCELLED = 4;

/** The vendor's number of each status, as an event names it. */
const numbers: Record<string, number> = {
	open: OPEN,
	inProgress: IN_PROGRESS,
	closed: CLOSED,
	cancelled: CANCELLED,
};

/** Where a ticket may go from each status; what stands twice is twice as likely. */
const ways: Record<string, readonly string[]> = {
	open: ['inProgress', 'inProgress', 'inProgress', 'closed', 'cancelled'],
	inProgress: ['closed', 'closed', 'closed', 'open', 'cancelled'],
	closed: ['inProgress', 'open'],
	cancelled: ['open'],
};

/** Part of the changes that touch something else than the status. */
const EDITS = 0.1;

/** The open tickets are read first, then those in progress. */
const lists: Polling['lists'] = ({ path, body }) => {
	if (!path.endsWith('/list_tickets')) return undefined;
	const { status, page } = JSON.parse(body) as { status?: number; page: number };
	if (status === undefined) return undefined;
	return status === OPEN && page === 1 ? 'first' : 'next';
};

/** Tickets in Kingsoft Cloud. */
export function kingsoftDesk({ kingsoftCloud, clock }: Sandbox): Desk {
	return {
		name: 'Kingsoft Cloud',
		polling: { vendor: 'kingsoftCloud', lists },
		trigger: {
			type: 'kingsoftCloudTrigger',
			parameters: { events: ['created', 'statusChanged', 'closed', 'cancelled'] },
			credential: 'kingsoftCloudApi',
		},
		ended: new Set(['closed', 'cancelled']),
		create: () => {
			const { id } = kingsoftCloud.createTicket({ title: '云主机无法启动' });
			return { id, state: 'open' };
		},
		change: (id, state, random) => {
			if (random.next() < EDITS) {
				kingsoftCloud.changeTicket(id, { priority: random.pick([1, 2, 3]) });
				return state;
			}
			const next = random.pick(ways[state] ?? ['open']);
			const now = Math.floor(clock.now() / 1000);
			kingsoftCloud.changeTicket(id, {
				status: numbers[next],
				closed_time: next === 'closed' ? now : 0,
			});
			return next;
		},
		stateOf: (json) => (json['workOrder'] as { status: string }).status,
	};
}
