import type { EventName, TicketEvent } from '../../../nodes/KingsoftCloud/trigger/events';
import { isFinished, isUrgent, statusOf, type Status, type Ticket, type World } from './world.mts';

export interface ModelOptions {
	wanted: ReadonlySet<EventName>;
	cap: number;
	/** Whether only urgent tickets pass the filter. */
	urgentOnly: boolean;
}

/** What a trigger has told or silently taken note of. */
interface Known {
	/** The statuses in which the ticket was seen; null for finished before it ever was. */
	story: ReadonlyArray<Status | null>;
	closings: readonly number[];
	outside: boolean;
}

/** An event as a test compares it. */
export interface Telling {
	id: string;
	event: EventName;
	ticket: string;
	from: Status | null | undefined;
	to: Status;
}

export function tellingOf({ id, event, workOrder, changes }: TicketEvent): Telling {
	return {
		id,
		event,
		ticket: workOrder.id,
		from: changes.status?.from as Status | null | undefined,
		to: workOrder.status as Status,
	};
}

const onward: Record<Status, readonly Status[]> = {
	open: ['inProgress', 'closed', 'cancelled'],
	inProgress: ['closed', 'cancelled'],
	closed: [],
	cancelled: [],
};
const byAge = (a: Ticket, b: Ticket) =>
	a.created_time - b.created_time || Number(a.id) - Number(b.id);
const wayBack = (from: Status | null | undefined, to: Status | null) =>
	from !== undefined && (from === null || (to !== null && !onward[from].includes(to)));

/** Knows everything at once: what a perfect observer would say at each poll. */
export class Model {
	known = new Map<string, Known>();
	private readonly world: World;
	private readonly options: ModelOptions;

	constructor(world: World, options: ModelOptions) {
		this.world = world;
		this.options = options;
	}

	private passes(ticket: Ticket): boolean {
		return !this.options.urgentOnly || isUrgent(ticket);
	}

	seed(): void {
		const known = [...this.world.tickets.values()].map((ticket): [string, Known] => {
			const finished = isFinished(statusOf(ticket));
			const story = [finished ? null : statusOf(ticket)];
			const closings = finished ? [] : [ticket.closed_time];
			return [ticket.id, { story, closings, outside: !finished && !this.passes(ticket) }];
		});
		this.known = new Map(known);
	}

	/**
	 * What is to be told where these records of one ticket were shown, one after the other: the model, too,
	 * goes by them then.
	 */
	believe([first, second, ...others]: readonly Ticket[]): Telling[] {
		if (first === undefined) return [];
		const rest = [...(second === undefined ? [] : [second]), ...others];
		const changes = (records: readonly Ticket[]) =>
			records.flatMap((record) => this.change(record));
		if (this.known.has(first.id)) return changes([first, ...rest]);
		// A ticket that was listed as finished is read itself at once, and its end told by that.
		if (second === undefined) return this.meet(first);
		if (statusOf(first) === statusOf(second)) return [...this.meet(second), ...changes(others)];
		const { id, closed_time } = first;
		this.know(id, { story: [statusOf(first)], closings: [closed_time], outside: false });
		return [...this.creation(first), ...changes(rest)];
	}

	/** What was told or seen of it last; undefined where it is not known at all. */
	last(id: string): Status | null | undefined {
		return this.known.get(id)?.story.at(-1);
	}

	poll(): Telling[] {
		const { cap } = this.options;
		const tickets = [...this.world.tickets.values()];
		const told: Telling[] = [];
		for (const ticket of tickets.filter(({ id }) => !this.known.has(id)).sort(byAge)) {
			if (told.length >= cap) return told;
			told.push(...this.meet(ticket));
		}
		for (const ticket of tickets.sort((a, b) => Number(a.id) - Number(b.id))) {
			if (!this.shows(ticket)) continue;
			if (told.length >= cap) return told;
			told.push(...this.change(ticket));
		}
		return told;
	}

	/** Whether a poll has something to tell of a ticket. */
	hasNews(id: string): boolean {
		const ticket = this.world.tickets.get(id);
		return ticket !== undefined && (!this.known.has(id) || this.shows(ticket));
	}

	/** Whether there is news of a known ticket; one that has finished is in no list. */
	private shows(ticket: Ticket): boolean {
		const { wanted, urgentOnly } = this.options;
		if (!urgentOnly && [...wanted].every((event) => event === 'created')) return false;
		const last = this.last(ticket.id);
		const hasFinished = last === null || (last !== undefined && isFinished(last));
		if (hasFinished && isFinished(statusOf(ticket))) return false;
		const enters = this.known.get(ticket.id)?.outside === true && this.passes(ticket);
		return last !== statusOf(ticket) || enters;
	}

	/** A ticket that was not there before; one that has finished already was open before. */
	private meet(ticket: Ticket): Telling[] {
		const status = statusOf(ticket);
		const outside = !this.passes(ticket);
		const told = outside ? [] : this.creation(ticket);
		const closings = isFinished(status) ? [] : [ticket.closed_time];
		this.know(ticket.id, { story: [isFinished(status) ? 'open' : status], closings, outside });
		return isFinished(status) ? [...told, ...this.change(ticket)] : told;
	}

	private change(ticket: Ticket): Telling[] {
		const { id } = ticket;
		const known = this.known.get(id);
		if (known === undefined) throw new Error(`Ticket ${id} is not known`);
		const wasGone = known.story.at(-1) === null;
		const enters = known.outside && this.passes(ticket);
		const told = enters ? this.creation(ticket) : [];
		if (known.story.at(-1) !== statusOf(ticket) && this.passes(ticket)) {
			told.push(...this.arrival(ticket, known));
		}
		const moved = known.story.at(-1) !== statusOf(ticket);
		this.know(id, {
			story: moved ? [...known.story, statusOf(ticket)] : known.story,
			closings: moved ? [...known.closings, ticket.closed_time] : known.closings,
			outside: (known.outside || wasGone) && !this.passes(ticket),
		});
		return told;
	}

	private know(id: string, known: Known): void {
		this.known.set(id, known);
	}

	private creation(ticket: Ticket): Telling[] {
		const id = `kingsoftCloud:${ticket.id}:created`;
		const telling = { id, event: 'created' as const, ticket: ticket.id, from: undefined };
		return this.options.wanted.has('created') ? [{ ...telling, to: statusOf(ticket) }] : [];
	}

	private arrival(ticket: Ticket, { story, closings }: Known): Telling[] {
		const { wanted } = this.options;
		const to = statusOf(ticket);
		const event = isFinished(to) && wanted.has(to) ? to : 'statusChanged';
		if (!wanted.has(event)) return [];
		const from = story.at(-1) ?? null;
		const times = 1 + [...story, to].filter((status, i, all) => wayBack(all[i - 1], status)).length;
		const hasOwnTime = to === 'closed' && ticket.closed_time > Math.max(0, ...closings);
		const mark = hasOwnTime ? `:${ticket.closed_time}` : times > 1 ? `:x${times}` : '';
		return [{ id: `kingsoftCloud:${ticket.id}:${to}${mark}`, event, ticket: ticket.id, from, to }];
	}
}
