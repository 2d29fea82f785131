import type { Credential, WorkflowJson } from '../src/rest.mts';
import { pollTimes } from '../src/templates.mts';
import { groupBy } from './groupBy.mts';
import type { Random } from '../../sandbox/random.mts';
import {
	noVerdict,
	type EventSource,
	type KeptEvent,
	type Polling,
	type Reading,
	type Verdict,
} from './source.mts';
import { triggerWorkflow, type TriggerPlan } from './workflow.mts';

/** Most changes meet a ticket of the last so many, so that older ones come to rest. */
const BUSY_TICKETS = 150;
const MAX_EVENTS_PER_POLL = 10_000;

/** A vendor's side: tickets, each in a state that a trigger can see. */
export interface Desk {
	readonly name: string;
	readonly polling: Polling;
	readonly trigger: Pick<TriggerPlan, 'type' | 'parameters' | 'credential'>;
	/** States in which a ticket does not show unless a poll finds it in another one between. */
	readonly ended: ReadonlySet<string>;
	/** Creates a ticket. */
	create(): { id: string; state: string };
	/** Changes a ticket in some way; gives the state it has then, which may be the same. */
	change(id: string, state: string, random: Random): string;
	/** The state that an event tells. */
	stateOf(json: Record<string, unknown>): string;
}

interface Stage {
	state: string;
	/** Epoch ms. */
	at: number;
}

interface Told {
	state: string;
	/** The event that says so. */
	id: string;
	isCreation: boolean;
}

export interface PolledOptions {
	tickets: number;
	changes: number;
	/** Seconds between two polls. */
	every: number;
	random: Random;
}

/** Tickets that n8n polls. */
export class PolledSource implements EventSource {
	readonly name: string;
	readonly polling: Polling;
	readonly #desk: Desk;
	readonly #options: PolledOptions;
	/** The states that each ticket has had, by id. */
	readonly #histories = new Map<string, Stage[]>();
	readonly #ids: string[] = [];
	#changes = 0;

	constructor(desk: Desk, options: PolledOptions) {
		this.name = desk.name;
		this.polling = desk.polling;
		this.#desk = desk;
		this.#options = options;
	}

	workflow(credentials: Record<string, Credential>, collector: string): WorkflowJson {
		const { name, trigger } = this.#desk;
		const parameters = {
			...trigger.parameters,
			pollTimes: pollTimes(this.#options.every),
			options: { maxEvents: MAX_EVENTS_PER_POLL },
		};
		return triggerWorkflow(name, { ...trigger, parameters }, credentials, collector);
	}

	remaining(): number {
		const { tickets, changes } = this.#options;
		return tickets - this.#ids.length + changes - this.#changes;
	}

	settled(): boolean {
		return true;
	}

	async hold(): Promise<void> {}

	release(): void {}

	happened(): Record<string, number> {
		return { 'Tickets created': this.#ids.length, 'Changes made': this.#changes };
	}

	next(): void {
		const { tickets, random } = this.#options;
		const toCreate = tickets - this.#ids.length;
		const creates = random.next() * this.remaining() < toCreate;
		if (creates || this.#ids.length === 0) this.#create();
		else this.#change();
	}

	#create(): void {
		const { id, state } = this.#desk.create();
		this.#ids.push(id);
		this.#histories.set(id, [{ state, at: Date.now() }]);
	}

	#change(): void {
		const { random } = this.#options;
		this.#changes += 1;
		const busy = Math.min(BUSY_TICKETS, this.#ids.length);
		const id = this.#ids[this.#ids.length - 1 - Math.floor(random.next() * busy)];
		const history = this.#histories.get(id ?? '');
		const from = history?.at(-1)?.state;
		if (id === undefined || history === undefined || from === undefined) {
			throw new Error('There is no ticket to change');
		}
		const state = this.#desk.change(id, from, random);
		if (state !== from) history.push({ state, at: Date.now() });
	}

	/**
	 * Of several changes between two polls only the last shows. So each ticket must have been told as
	 * created, its last state must have been told, and what was told must have happened, in that order.
	 */
	judge(told: readonly KeptEvent[], readings: readonly Reading[]): Verdict {
		const verdict = noVerdict();
		const byTicket = groupBy(told, ({ json }) => ticketOf(json));
		const kept = keptReadings(readings, told);
		for (const [ticket, history] of this.#histories) {
			const events = byTicket.get(ticket) ?? [];
			this.#judgeTicket({ ticket, history, events, kept }, verdict);
		}
		for (const ticket of byTicket.keys()) {
			if (!this.#histories.has(ticket)) verdict.untrue.push(`${ticket} was not made here`);
		}
		return verdict;
	}

	#judgeTicket({ ticket, history, events, kept }: Case, verdict: Verdict): void {
		const { ended } = this.#desk;
		const story = history.map(({ state }) => state);
		const tellings = this.#newsOf(events);
		const past = history.map(({ state, at }) => `${state} ${clockTime(at)}`);
		const account = `happened ${past.join(' → ')}, told ${tellings
			.map(({ state, isCreation }) => (isCreation ? `created as ${state}` : state))
			.join(' → ')}`;
		const name = `${this.name} ${ticket}`;
		verdict.expected += 2;
		if (!tellings.some(({ isCreation }) => isCreation)) {
			verdict.lost.push(`${name} created; ${account}`);
		}
		let place = 0;
		for (const [index, { state, id, isCreation }] of tellings.entries()) {
			const before = tellings[index - 1];
			// A ticket that changed before it was told has its change told on top of its creation.
			const isNew = before !== undefined && !before.isCreation && !isCreation;
			const found = story.indexOf(state, isNew ? place + 1 : place);
			if (found >= 0) place = found;
			else if (before?.state === state) verdict.renamed.push(`${id}; ${account}`);
			else verdict.untrue.push(`${id}; ${account}`);
		}

		const states = events.map(({ json }) => this.#desk.stateOf(json));
		const [end, told] = [story.at(-1) ?? '', states.at(-1) ?? ''];
		if (end === told) return;
		verdict[listOf()].push(`${name} is ${end} at last; ${account}`);

		function listOf(): 'untrue' | 'unseen' | 'lost' {
			// Overlapping polls may tell old news after new ones.
			if (states.lastIndexOf(end) > states.indexOf(told)) return 'untrue';
			// A ticket that has ended shows again only where a poll finds it reopened. It may slip between
			// two pages of one reading, but hardly of two.
			const lastAt = events.at(-1)?.keptAt ?? 0;
			const known = history.findLastIndex(({ state, at }) => state === told && at <= lastAt);
			const showed = history.some(({ state, at }, index) => {
				const next = history[index + 1];
				if (index <= known || next === undefined || ended.has(state)) return false;
				return kept.filter(({ begin, end }) => begin >= at && end <= next.at).length > 1;
			});
			return ended.has(told) && ended.has(end) && !showed ? 'unseen' : 'lost';
		}
	}

	/**
	 * What each event adds to the ones before it. A creation that is told again may show a later state,
	 * which then is told in no other way.
	 */
	#newsOf(events: KeptEvent[]): Told[] {
		const seen = new Set<string>();
		const news: Told[] = [];
		for (const { id, json } of events) {
			const state = this.#desk.stateOf(json);
			const key = `${id} ${state}`;
			if (seen.has(key)) continue;
			seen.add(key);
			news.push({ id, state, isCreation: json['event'] === 'created' });
		}
		return news;
	}

	close(): void {}
}

interface Case {
	ticket: string;
	history: Stage[];
	events: KeptEvent[];
	/** Readings whose events n8n has kept. */
	kept: readonly Reading[];
}

/** A poll begins when the events of the one before are kept, or given up. */
function keptReadings(readings: readonly Reading[], told: readonly KeptEvent[]): Reading[] {
	const times = new Set(told.map(({ keptAt }) => keptAt));
	return readings.filter(({ begin }, index) => {
		const next = readings[index + 1]?.begin ?? Infinity;
		return [...times].some((at) => at >= begin && at < next);
	});
}

/** "12:34:56.789", UTC like the times in n8n's database. */
const clockTime = (at: number): string => new Date(at).toISOString().slice(11, 23);

function ticketOf(json: Record<string, unknown>): string {
	return (json['workOrder'] as { id: string }).id;
}
