import type { JsonObject } from '../../../lib/json';
import type { Listing, TicketReader } from '../../../nodes/KingsoftCloud/trigger/listing';

export type Status = 'open' | 'inProgress' | 'closed' | 'cancelled';

export type Ticket = JsonObject & {
	id: string;
	status: number;
	priority: number;
	created_time: number;
	updated_time: number;
	closed_time: number;
};

/** One thing that happens; tickets are numbers modulo what there is. */
export type Step =
	| { kind: 'create'; late: number; urgent: boolean }
	| { kind: 'status'; ticket: number; to: Status }
	/** Another priority: moves the time of update and nothing else. */
	| { kind: 'edit'; ticket: number }
	| { kind: 'delete'; ticket: number }
	/** The vendor's clock goes on or back. */
	| { kind: 'pass'; seconds: number };

/** What Kingsoft Cloud does not document (sheet kingsoft §3.1). */
export interface Unknowns {
	sortedBy: 'newest' | 'oldest' | 'lastUpdated';
	/** What becomes of the time of closing when a ticket is taken up again and closed again. */
	closingTime: 'latest' | 'resetOnReopening' | 'first';
}

const URGENT = 1;
const NORMAL = 3;
/** Seconds that a ticket may show up late; the trigger's overlap. */
const LATEST = 300;
const PAGE = 3;
const codes: Record<Status, number> = { open: 1, inProgress: 2, closed: 3, cancelled: 4 };
const places: Record<Status, number> = { open: 0, inProgress: 1, closed: 2, cancelled: 2 };

export const statusOf = ({ status }: Ticket): Status =>
	(Object.keys(codes) as Status[])[status - 1] ?? 'open';
export const isFinished = (status: Status): status is 'closed' | 'cancelled' =>
	status === 'closed' || status === 'cancelled';
export const isUrgent = ({ priority }: JsonObject) => Number(priority) === URGENT;

/** A vendor in memory that lists its tickets page by page and may change between two pages. */
export class World {
	readonly tickets = new Map<string, Ticket>();
	/** The statuses that each ticket has had, deleted ones too. */
	readonly histories = new Map<string, Status[]>();
	/** When each ticket was closed, by the vendor's clock. */
	private readonly closings = new Map<string, number[]>();
	now = 1_600_000_000;
	/** Steps to take in the middle of reading, one after each answer. */
	readonly meanwhile: Step[] = [];
	private readonly unknowns: Unknowns;
	private newest = 0;

	constructor(unknowns: Unknowns) {
		this.unknowns = unknowns;
	}

	apply(step: Step): void {
		if (step.kind === 'create') this.create(step.late, step.urgent);
		if (step.kind === 'pass') this.now += step.seconds;
		if (step.kind === 'status') this.setStatus(this.pick(step.ticket), step.to);
		if (step.kind === 'edit') this.edit(this.pick(step.ticket));
		if (step.kind === 'delete') this.tickets.delete(this.pick(step.ticket)?.id ?? '');
	}

	private create(late: number, urgent: boolean): void {
		const id = String(this.histories.size + 1);
		const time = Math.max(this.now - late, this.newest - LATEST);
		this.newest = Math.max(this.newest, time);
		this.tickets.set(id, {
			id,
			status: codes.open,
			priority: urgent ? URGENT : NORMAL,
			created_time: time,
			updated_time: time,
			closed_time: 0,
		});
		this.histories.set(id, ['open']);
	}

	/** The number that a step calls a ticket by. */
	placeOf(id: string): number {
		return [...this.tickets.keys()].indexOf(id);
	}

	private pick(index: number): Ticket | undefined {
		return [...this.tickets.values()][index % Math.max(1, this.tickets.size)];
	}

	private setStatus(ticket: Ticket | undefined, to: Status): void {
		if (ticket === undefined || statusOf(ticket) === to) return;
		// A finished ticket can only be taken up again.
		if (isFinished(statusOf(ticket)) && isFinished(to)) return;
		const { closingTime } = this.unknowns;
		ticket.status = codes[to];
		ticket.updated_time = this.now;
		if (to === 'closed' && !(closingTime === 'first' && ticket.closed_time > 0)) {
			ticket.closed_time = this.now;
		}
		if (to === 'closed')
			this.closings.set(ticket.id, [...(this.closings.get(ticket.id) ?? []), this.now]);
		if (!isFinished(to) && closingTime === 'resetOnReopening') ticket.closed_time = 0;
		this.histories.get(ticket.id)?.push(to);
	}

	private edit(ticket: Ticket | undefined): void {
		if (ticket === undefined) return;
		ticket.priority = isUrgent(ticket) ? NORMAL : URGENT;
		ticket.updated_time = this.now;
	}

	/**
	 * Whether what the vendor shows tells a happening from all others of the ticket: it has never gone back,
	 * or was closed later than ever before.
	 */
	tellsItself({ ticket, to }: { ticket: string; to: Status }): boolean {
		const history = this.histories.get(ticket) ?? [];
		const goesBack = history.some(
			(status, i) => i > 0 && places[status] <= places[history[i - 1] ?? 'open'],
		);
		const times = this.closings.get(ticket) ?? [];
		const isLater = times.every((time, i) => i === times.length - 1 || time < (times.at(-1) ?? 0));
		return !goesBack || (to === 'closed' && isLater && this.unknowns.closingTime !== 'first');
	}

	private answer<T>(value: T): T {
		const step = this.meanwhile.shift();
		if (step !== undefined) this.apply(step);
		return value;
	}

	private page(number: number, matches: (ticket: Ticket) => boolean) {
		const { sortedBy } = this.unknowns;
		const key = sortedBy === 'lastUpdated' ? 'updated_time' : 'created_time';
		const all = [...this.tickets.values()]
			.filter(matches)
			.sort((a, b) => a[key] - b[key] || Number(a.id) - Number(b.id));
		if (sortedBy !== 'oldest') all.reverse();
		const rows = all.slice((number - 1) * PAGE, number * PAGE).map((ticket) => ({ ...ticket }));
		return this.answer({ rows, total: all.length });
	}

	private list(matches: (ticket: Ticket) => boolean): Listing {
		const rows: Ticket[] = [];
		for (let number = 1; ; number++) {
			const page = this.page(number, matches);
			rows.push(...page.rows);
			if (page.rows.length === 0 || rows.length >= page.total) {
				return { rows, isWhole: number === 1 };
			}
		}
	}

	readonly reader: TicketReader = {
		createdSince: async (seconds) => this.list(({ created_time }) => created_time >= seconds),
		inStatus: async (status) => this.list((ticket) => ticket.status === status),
		sample: async () => {
			const { rows, total } = this.page(1, () => true);
			return total > PAGE
				? [...rows, ...this.page(Math.ceil(total / PAGE), () => true).rows]
				: rows;
		},
		one: async (id) => {
			const ticket = this.tickets.get(id);
			return this.answer(ticket && { ...ticket });
		},
	};
}
