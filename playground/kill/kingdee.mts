import type { Sandbox } from '../../sandbox/index.mts';
import type { Desk } from './polled.mts';
import type { Polling } from './source.mts';

/** Where an order may go from each state; what stands twice is twice as likely. */
const ways: Record<string, readonly string[]> = {
	C: ['B', 'F', 'F', 'F', 'G'],
	B: ['F', 'C'],
	F: ['H', 'H', 'H', 'C', 'G'],
	H: ['F', 'C'],
	G: ['F'],
};

/** Part of the changes that touch something else than the state. */
const EDITS = 0.1;

const chinaTime = (epochMs: number): string =>
	new Date(epochMs + 8 * 3600 * 1000).toISOString().slice(0, 19).replace('T', ' ');

interface ListBody {
	andQfilters: Array<{ property: string; value: string }>;
	pageindex: number;
}

/** The orders in each unfinished state are read in turn, the new ones (A) first. */
const lists: Polling['lists'] = ({ path, body }) => {
	if (!path.endsWith('/loadList')) return undefined;
	const { andQfilters, pageindex } = JSON.parse(body) as ListBody;
	const letter = andQfilters.find(({ property }) => property === 'billstatus')?.value;
	if (letter === undefined) return undefined;
	return letter === 'A' && pageindex === 1 ? 'first' : 'next';
};

/** Service work orders in Kingdee. */
export function kingdeeDesk({ kingdee, clock }: Sandbox): Desk {
	return {
		name: 'Kingdee',
		polling: { vendor: 'kingdee', lists },
		trigger: {
			type: 'kingdeeTrigger',
			parameters: { events: ['created', 'statusChanged', 'done', 'cannotBeHandled'] },
			credential: 'kingdeeApi',
		},
		ended: new Set(['H', 'G']),
		create: () => {
			const { id, billstatus } = kingdee.createWorkOrder({ promble: '设备无法启动' });
			return { id, state: billstatus };
		},
		change: (id, state, random) => {
			if (random.next() < EDITS) {
				kingdee.changeWorkOrder(id, { comment: '客户催单' });
				return state;
			}
			const next = random.pick(ways[state] ?? ['C']);
			kingdee.changeWorkOrder(id, {
				billstatus: next,
				...(next === 'H' ? { actualcompletiontime: chinaTime(clock.now()) } : {}),
			});
			return next;
		},
		stateOf: (json) => (json['workOrder'] as { vendorStatus: string }).vendorStatus,
	};
}
