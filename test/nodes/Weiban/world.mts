import type { JsonObject } from '../../../lib/json';
import { readListing } from '../../../nodes/Weiban/trigger/listing';
import type { OrderReader } from '../../../nodes/Weiban/trigger/watch';

export type Order = JsonObject & {
	order_no: string;
	status: number;
	handler_id: string;
	last_handler_id: string | null;
	created_at: number;
	updated_at: number;
};

/** One thing that happens; numbers are taken modulo what there is. */
export type Step =
	| { kind: 'create'; late: number }
	| { kind: 'handOver'; order: number; to: number }
	| { kind: 'status'; order: number; to: number }
	| { kind: 'touch'; order: number }
	| { kind: 'delete'; order: number }
	| { kind: 'pass'; seconds: number }
	| { kind: 'poll' }
	/** The memory of the last poll is lost, as in a crash before it was saved. */
	| { kind: 'forget' };

/** What Weiban does not document about its list (sheet weiban §3.2). */
export interface Unknowns {
	timeFilter: 'created_at' | 'updated_at';
	sortedBy: 'created_at' | 'updated_at';
	newestFirst: boolean;
}

const PAGE = 3;

/** A vendor in memory that lists its orders page by page and may change between two pages. */
export class World {
	readonly orders = new Map<string, Order>();
	readonly deleted = new Set<string>();
	now = 1_600_000_000;
	/** Steps to take in the middle of reading, one after each page. */
	readonly meanwhile: Step[] = [];
	private latest = this.now;
	private nextNo = 1;
	private readonly unknowns: Unknowns;

	constructor(unknowns: Unknowns) {
		this.unknowns = unknowns;
	}

	apply(step: Step): void {
		if (step.kind === 'create') this.create(step.late);
		if (step.kind === 'pass') this.pass(step.seconds);
		if (step.kind === 'handOver') {
			this.change(step.order, ({ handler_id }) => {
				const to = `staff${step.to % 3}`;
				return to === handler_id ? {} : { handler_id: to, last_handler_id: handler_id };
			});
		}
		if (step.kind === 'status') this.change(step.order, () => ({ status: 10 * (step.to % 4) }));
		if (step.kind === 'touch') this.change(step.order, () => ({}));
		if (step.kind === 'delete') this.remove(step.order);
	}

	/** The vendor's clock may go back, so far that what is new is still within the trigger's overlap. */
	private pass(seconds: number): void {
		this.now = Math.max(this.now + seconds, this.latest - 100);
		this.latest = Math.max(this.latest, this.now);
	}

	private create(late: number): void {
		const order_no = String(this.nextNo++);
		const time = this.now - late;
		this.orders.set(order_no, {
			order_no,
			title: `Order ${order_no}`,
			status: 10,
			handler_id: 'staff0',
			last_handler_id: null,
			created_at: time,
			updated_at: time,
		});
	}

	private pick(index: number): Order | undefined {
		return [...this.orders.values()][index % Math.max(1, this.orders.size)];
	}

	private change(index: number, patch: (order: Order) => Partial<Order>): void {
		const order = this.pick(index);
		if (order !== undefined) Object.assign(order, { updated_at: this.now }, patch(order));
	}

	private remove(index: number): void {
		const order = this.pick(index);
		if (order === undefined) return;
		this.orders.delete(order.order_no);
		this.deleted.add(order.order_no);
	}

	private page(since: number, offset: number): { rows: Order[]; total: number } {
		const { timeFilter, sortedBy, newestFirst } = this.unknowns;
		const all = [...this.orders.values()]
			.filter((order) => since === 0 || order[timeFilter] >= since)
			.sort(
				(a, b) =>
					(newestFirst ? -1 : 1) *
					(a[sortedBy] - b[sortedBy] || Number(a.order_no) - Number(b.order_no)),
			);
		const rows = all.slice(offset, offset + PAGE).map((order) => ({ ...order }));
		const step = this.meanwhile.shift();
		if (step !== undefined) this.apply(step);
		return { rows, total: all.length };
	}

	readonly reader: OrderReader = {
		since: async (second) => {
			return await readListing(
				async (offset) => this.page(second, offset),
				() => true,
			);
		},
		sample: async () => {
			const first = this.page(0, 0);
			const last = first.total > PAGE ? this.page(0, first.total - PAGE).rows : [];
			return [...first.rows, ...last];
		},
	};
}
