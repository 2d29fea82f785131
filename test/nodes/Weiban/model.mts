import type { ListedEventName } from '../../../nodes/Weiban/trigger/rowEvents';
import type { Order, World } from './world.mts';

interface Known {
	state: string;
	handler: string;
	outside: boolean;
}

export interface ModelOptions {
	wanted: ReadonlySet<ListedEventName>;
	cap: number;
	/** Handlers that pass; all of them where undefined. */
	handlers: readonly string[] | undefined;
}

/** All that a list shows of a change. */
export const stateOf = ({ status, handler_id, updated_at, created_at }: Order) =>
	`${Math.max(created_at, updated_at)} ${status} ${handler_id}`;

/** Knows everything at once: what a perfect observer would say at each poll. */
export class Model {
	known: ReadonlyMap<string, Known> = new Map();
	private readonly world: World;
	private readonly options: ModelOptions;

	constructor(world: World, options: ModelOptions) {
		this.world = world;
		this.options = options;
	}

	private passes({ handler_id }: Order): boolean {
		return this.options.handlers?.includes(handler_id) ?? true;
	}

	private knownFrom(order: Order): Known {
		return {
			state: stateOf(order),
			handler: order.handler_id,
			outside: !this.passes(order),
		};
	}

	seed(): void {
		this.known = new Map([...this.world.orders].map(([no, order]) => [no, this.knownFrom(order)]));
	}

	poll(): string[] {
		const news = [...this.world.orders.values()]
			.filter((order) => this.known.get(order.order_no)?.state !== stateOf(order))
			.map((order) => ({
				order,
				time: this.known.has(order.order_no)
					? Math.max(order.created_at, order.updated_at)
					: order.created_at,
				tells: this.passes(order) ? this.tell(order) : [],
			}))
			.sort((a, b) => a.time - b.time || a.order.order_no.localeCompare(b.order.order_no));
		const told: string[] = [];
		const known = new Map(this.known);
		let full = false;
		for (const { order, tells } of news) {
			full ||= tells.length > 0 && told.length > 0 && told.length + tells.length > this.options.cap;
			if (full && tells.length > 0) continue;
			told.push(...tells);
			known.set(order.order_no, this.knownFrom(order));
		}
		this.known = known;
		return told;
	}

	private tell(order: Order): string[] {
		const { wanted, handlers } = this.options;
		const { order_no: no, handler_id: handler, last_handler_id: last } = order;
		const change = (kind: 'handedOver' | 'other') => {
			const event = wanted.has(kind) ? kind : 'other';
			return wanted.has(event) ? [`${event} ${no} ${stateOf(order)}`] : [];
		};
		const known = this.known.get(no);
		const created = wanted.has('created') ? [`created ${no}`] : [];
		if (known === undefined) {
			return [...created, ...(last !== null && last !== handler ? change('handedOver') : [])];
		}
		const watches = wanted.has('handedOver') || wanted.has('other') || handlers !== undefined;
		if (!watches) return [];
		const changes = change(known.handler === handler ? 'other' : 'handedOver');
		return changes.length === 0 && known.outside ? created : changes;
	}
}
