import type { Sandbox } from '../../sandbox/index.mts';
import type { Credential, WorkflowJson } from '../src/rest.mts';
import { pollTimes } from '../src/templates.mts';
import { deliveryNode } from './collector.mts';
import { groupBy } from './groupBy.mts';
import { TRIGGER } from './names.mts';
import type { Random } from './random.mts';
import type { EventSource, KeptEvent, SawWhole, Verdict } from './source.mts';

const OPEN = 1;
const IN_PROGRESS = 2;
const CLOSED = 3;
const CANCELLED = 4;

type Status = typeof OPEN | typeof IN_PROGRESS | typeof CLOSED | typeof CANCELLED;

/** As an event names it. */
const names: Record<Status, string> = {
	[OPEN]: 'open',
	[IN_PROGRESS]: 'inProgress',
	[CLOSED]: 'closed',
	[CANCELLED]: 'cancelled',
};

/** Where a ticket may go from each status; what stands twice is twice as likely. */
const ways: Record<Status, readonly [Status, ...Status[]]> = {
	[OPEN]: [IN_PROGRESS, IN_PROGRESS, IN_PROGRESS, CLOSED, CANCELLED],
	[IN_PROGRESS]: [CLOSED, CLOSED, CLOSED, OPEN, CANCELLED],
	[CLOSED]: [IN_PROGRESS, OPEN],
	[CANCELLED]: [OPEN],
};

/** Part of the changes that touch something else than the status. */
const EDITS = 0.1;
/** Most changes meet a ticket of the last so many, so that older ones come to rest. */
const BUSY_TICKETS = 150;
const MAX_EVENTS_PER_POLL = 10_000;

interface Stage {
	status: Status;
	/** Epoch ms. */
	at: number;
}

interface Told {
	status: string;
	/** The event that says so. */
	id: string;
	isCreation: boolean;
}

export interface KingsoftOptions {
	tickets: number;
	changes: number;
	/** Seconds between two polls. */
	every: number;
	random: Random;
}

/** Tickets in Kingsoft Cloud, which n8n polls. */
export class KingsoftSource implements EventSource {
	readonly name = 'Kingsoft Cloud';
	readonly #sandbox: Sandbox;
	readonly #options: KingsoftOptions;
	/** The statuses that each ticket has had, by id. */
	readonly #histories = new Map<string, Stage[]>();
	readonly #ids: string[] = [];
	#changes = 0;

	constructor(sandbox: Sandbox, options: KingsoftOptions) {
		this.#sandbox = sandbox;
		this.#options = options;
	}

	workflow(credentials: Record<string, Credential>, collector: string): WorkflowJson {
		const type = 'kingsoftCloudApi';
		const credential = credentials[type];
		if (credential === undefined) throw new Error(`No ${type} credential`);
		return {
			name: 'Kill test: Kingsoft Cloud',
			nodes: [
				{
					id: 'f3a1a1d0-0000-4000-8000-000000000001',
					name: TRIGGER,
					type: 'n8n-nodes-gongdan.kingsoftCloudTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {
						pollTimes: pollTimes(this.#options.every),
						events: ['created', 'statusChanged', 'closed', 'cancelled'],
						options: { maxEvents: MAX_EVENTS_PER_POLL },
					},
					credentials: { [type]: { id: credential.id, name: credential.name } },
				},
				deliveryNode(collector),
			],
			connections: {
				[TRIGGER]: { main: [[{ node: deliveryNode('').name, type: 'main', index: 0 }]] },
			},
			settings: {},
		};
	}

	remaining(): number {
		const { tickets, changes } = this.#options;
		return tickets - this.#ids.length + changes - this.#changes;
	}

	settled(): boolean {
		return true;
	}

	next(): void {
		const { tickets, random } = this.#options;
		const toCreate = tickets - this.#ids.length;
		const creates = random.next() * this.remaining() < toCreate;
		if (creates || this.#ids.length === 0) this.#create();
		else this.#change();
	}

	#create(): void {
		const { id } = this.#sandbox.kingsoftCloud.createTicket({ title: '云主机无法启动' });
		this.#ids.push(id);
		this.#histories.set(id, [{ status: OPEN, at: Date.now() }]);
	}

	#change(): void {
		const { random } = this.#options;
		this.#changes += 1;
		const busy = Math.min(BUSY_TICKETS, this.#ids.length);
		const id = this.#ids[this.#ids.length - 1 - Math.floor(random.next() * busy)];
		const history = this.#histories.get(id ?? '');
		const from = history?.at(-1)?.status;
		if (id === undefined || history === undefined || from === undefined) {
			throw new Error('There is no ticket to change');
		}
		const { kingsoftCloud, clock } = this.#sandbox;
		if (random.next() < EDITS) {
			kingsoftCloud.changeTicket(id, { priority: random.pick([1, 2, 3]) });
			return;
		}
		const status = random.pick(ways[from]);
		const now = Math.floor(clock.now() / 1000);
		kingsoftCloud.changeTicket(id, { status, closed_time: status === CLOSED ? now : 0 });
		history.push({ status, at: Date.now() });
	}

	/**
	 * Of several changes between two polls only the last shows. So each ticket must have been told as
	 * created, its last status must have been told, and what was told must have happened, in that order.
	 */
	judge(told: readonly KeptEvent[], sawWhole: SawWhole): Verdict {
		const verdict: Verdict = { expected: 0, lost: [], untrue: [], renamed: [], unseen: [] };
		const byTicket = groupBy(told, ({ json }) => orderOf(json).id);
		for (const [ticket, history] of this.#histories) {
			const events = byTicket.get(ticket) ?? [];
			this.#judgeTicket({ ticket, history, events, sawWhole }, verdict);
		}
		for (const ticket of byTicket.keys()) {
			if (!this.#histories.has(ticket)) verdict.untrue.push(`${ticket} was not made here`);
		}
		return verdict;
	}

	#judgeTicket({ ticket, history, events, sawWhole }: Case, verdict: Verdict): void {
		const story = history.map(({ status }) => names[status]);
		const tellings = newsOf(events);
		const account = `happened ${story.join(' → ')}, told ${tellings
			.map(({ status, isCreation }) => (isCreation ? `created as ${status}` : status))
			.join(' → ')}`;
		verdict.expected += 2;
		if (!tellings.some(({ isCreation }) => isCreation)) {
			verdict.lost.push(`${ticket} created; ${account}`);
		}
		let place = 0;
		for (const [index, { status, id, isCreation }] of tellings.entries()) {
			const before = tellings[index - 1];
			// A ticket that ended before it was told has its end told on top of its creation.
			const isNew = before !== undefined && !before.isCreation && !isCreation;
			const found = story.indexOf(status, isNew ? place + 1 : place);
			if (found >= 0) place = found;
			else if (before?.status === status) verdict.renamed.push(`${id}; ${account}`);
			else verdict.untrue.push(`${id}; ${account}`);
		}

		const statuses = events.map(({ json }) => orderOf(json).status);
		const [end, told] = [story.at(-1) ?? '', statuses.at(-1) ?? ''];
		if (end === told) return;
		verdict[listOf()].push(`${ticket} is ${end} at last; ${account}`);

		function listOf(): 'untrue' | 'unseen' | 'lost' {
			// Overlapping polls may tell old news after new ones.
			if (statuses.lastIndexOf(end) > statuses.indexOf(told)) return 'untrue';
			// A ticket that has ended shows again only where a poll finds it reopened.
			const lastAt = events.at(-1)?.keptAt ?? 0;
			const known = history.findLastIndex(
				({ status, at }) => names[status] === told && at <= lastAt,
			);
			const isHidden = ended.has(told) && ended.has(end) && !showed(history, known, sawWhole);
			return isHidden ? 'unseen' : 'lost';
		}
	}
}

interface Case {
	ticket: string;
	history: Stage[];
	events: KeptEvent[];
	sawWhole: SawWhole;
}

const ended = new Set([names[CLOSED], names[CANCELLED]]);

/** Whether a poll can have found the ticket reopened after that place in its history. */
function showed(history: Stage[], place: number, sawWhole: SawWhole): boolean {
	return history.some(({ status, at }, index) => {
		const next = history[index + 1];
		if (index <= place || next === undefined) return false;
		return (status === OPEN || status === IN_PROGRESS) && sawWhole(at, next.at);
	});
}

function orderOf(json: Record<string, unknown>): { id: string; status: string } {
	return json['workOrder'] as { id: string; status: string };
}

/**
 * What each event adds to the ones before it. A creation that is told again may show a later status,
 * which then is told in no other way.
 */
function newsOf(events: KeptEvent[]): Told[] {
	const seen = new Set<string>();
	const news: Told[] = [];
	for (const { id, json } of events) {
		const { status } = orderOf(json);
		const key = `${id} ${status}`;
		if (seen.has(key)) continue;
		seen.add(key);
		news.push({ id, status, isCreation: json['event'] === 'created' });
	}
	return news;
}
