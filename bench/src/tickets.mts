import { writeJson } from '../../sandbox/json.mts';

/** Between the creations of two tickets; with 100,000 of them the oldest is 24 days old. */
const APART_S = 20;
const START_S = 1_750_000_000;
const FIRST_ID = 1471808049579560961n;

export interface Ticket {
	/** 19 digits. */
	readonly id: string;
	/** `fwgs-20251009-00000001` */
	readonly number: string;
	/** Epoch seconds. */
	readonly created: number;
	readonly updated: number;
	readonly status: string;
}

export interface News {
	readonly created: number;
	readonly changed: number;
}

/** Tickets of which all are open, as rows that are written once. */
export class Tickets {
	/** Oldest first. */
	private readonly all: Ticket[] = [];
	private readonly texts = new Map<string, string>();
	private readonly byStatus = new Map<string, Ticket[]>();
	private readonly statuses: readonly string[];
	private readonly row: (ticket: Ticket) => object;

	constructor(count: number, statuses: readonly string[], row: (ticket: Ticket) => object) {
		this.statuses = statuses;
		this.row = row;
		for (let at = 0; at < count; at++) this.create(statuses[at % statuses.length] ?? '');
	}

	get count(): number {
		return this.all.length;
	}

	/** New tickets, and old ones that go from the first status to the last. */
	change({ created, changed }: News): void {
		const [from = '', to = ''] = [this.statuses[0], this.statuses.at(-1)];
		const updated = START_S + this.count * APART_S;
		for (const ticket of this.inStatus(from).slice(0, changed)) {
			this.put({ ...ticket, status: to, updated }, this.all.indexOf(ticket));
		}
		for (let count = 0; count < created; count++) this.create(from);
		this.byStatus.clear();
	}

	inStatus(status: string): readonly Ticket[] {
		const found = this.byStatus.get(status) ?? this.all.filter((one) => one.status === status);
		this.byStatus.set(status, found);
		return found;
	}

	/** Those created at a second or later. */
	since(second: number): readonly Ticket[] {
		const first = Math.ceil((second - START_S) / APART_S);
		return first <= 0 ? this.all : this.all.slice(first);
	}

	one(id: string): Ticket | undefined {
		return this.all[Number((BigInt(id) - FIRST_ID) / 7919n)];
	}

	/** A part of tickets as a JSON list of rows, newest first. */
	rows(tickets: readonly Ticket[], offset: number, limit: number): string {
		const end = Math.max(0, tickets.length - offset);
		const part = tickets.slice(Math.max(0, end - limit), end).reverse();
		return `[${part.map(({ id }) => this.texts.get(id)).join(',')}]`;
	}

	private create(status: string): void {
		const at = this.count;
		const created = START_S + at * APART_S;
		const id = String(FIRST_ID + BigInt(at) * 7919n);
		const number = `fwgs-20251009-${String(at).padStart(8, '0')}`;
		this.put({ id, number, created, updated: created, status }, at);
	}

	private put(ticket: Ticket, at: number): void {
		this.all[at] = ticket;
		this.texts.set(ticket.id, writeJson(this.row(ticket)));
	}
}
