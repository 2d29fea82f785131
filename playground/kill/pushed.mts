import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '../../sandbox/index.mts';
import type { Credential, WorkflowJson } from '../src/rest.mts';
import { waitFor } from '../src/wait.mts';
import { noVerdict, type EventSource, type KeptEvent, type Verdict } from './source.mts';
import { triggerWorkflow, type TriggerPlan } from './workflow.mts';

const RETRY_MS = 1000;
/** Calls of one vendor at the same time. */
const MOST_CALLS = 5;
const TURN_MS = 50;
/** Longest that n8n may take to answer; a machine may be busy. */
const ANSWER_TIMEOUT_MS = 120_000;

/** Something that a vendor tells n8n. */
export interface Push {
	/** As the vendor names it. */
	id: string;
	/** What the trigger has to call it. */
	event: string;
	/** Calls n8n; `attempt` counts from 0. */
	send(url: string, attempt: number): Promise<Delivery>;
}

/** A vendor that calls n8n. */
export interface Sender {
	readonly name: string;
	readonly trigger: TriggerPlan;
	/** The address of the trigger's webhook below that of n8n. */
	readonly path: string;
	/** What next there is to tell; `count` counts from 1. */
	make(count: number): Push;
	/** Part of the trigger's own answer, which tells it from others with status 200. */
	readonly answer: string;
	/** The vendor's id of what an event tells. */
	idOf(json: Record<string, unknown>): string;
}

export interface PushedOptions {
	pushes: number;
	/** The address of n8n. */
	url: () => string;
}

/** What a vendor tells n8n, again and again until n8n has taken it. */
export class PushedSource implements EventSource {
	readonly name: string;
	readonly #sender: Sender;
	readonly #options: PushedOptions;
	/** The event of each push, by the vendor's id. */
	readonly #made = new Map<string, string>();
	#onTheWay = 0;
	#calling = 0;
	#held = false;
	#closed = false;
	/** Calls that n8n did not take. */
	#refused = 0;
	/** Of these, the ones that n8n answered with 200 by itself, while it was starting. */
	#premature = 0;

	constructor(sender: Sender, options: PushedOptions) {
		this.name = sender.name;
		this.#sender = sender;
		this.#options = options;
	}

	workflow(credentials: Record<string, Credential>, collector: string): WorkflowJson {
		const { name, trigger } = this.#sender;
		return triggerWorkflow(name, trigger, credentials, collector);
	}

	remaining(): number {
		return this.#options.pushes - this.#made.size;
	}

	settled(): boolean {
		return this.#onTheWay === 0;
	}

	async hold(): Promise<void> {
		this.#held = true;
		await waitFor(() => this.#calling === 0 || undefined, {
			what: `n8n to answer ${this.name}`,
			timeoutMs: ANSWER_TIMEOUT_MS,
			everyMs: 10,
		});
	}

	release(): void {
		this.#held = false;
	}

	happened(): Record<string, number> {
		return {
			Pushes: this.#made.size,
			'  not taken and repeated': this.#refused,
			'  of these answered with 200 by n8n itself': this.#premature,
		};
	}

	next(): void {
		const push = this.#sender.make(this.#made.size + 1);
		this.#made.set(push.id, push.event);
		void this.#deliver(push);
	}

	async #deliver(push: Push): Promise<void> {
		this.#onTheWay += 1;
		for (let attempt = 0; !this.#closed; attempt++) {
			while (!this.#mayCall()) await sleep(TURN_MS);
			if (await this.#isTaken(push, attempt)) break;
			this.#refused += 1;
			await sleep(RETRY_MS);
		}
		this.#onTheWay -= 1;
	}

	#mayCall(): boolean {
		return this.#closed || (!this.#held && this.#calling < MOST_CALLS);
	}

	async #isTaken(push: Push, attempt: number): Promise<boolean> {
		const { answer, path } = this.#sender;
		this.#calling += 1;
		try {
			const { status, body } = await push.send(`${this.#options.url()}/webhook/${path}`, attempt);
			if (status < 200 || status >= 300) return false;
			// Until its database is ready, n8n answers everything with 200 and a text of its own.
			const isOfTrigger = body.includes(answer);
			if (!isOfTrigger) this.#premature += 1;
			return isOfTrigger;
		} catch {
			return false;
		} finally {
			this.#calling -= 1;
		}
	}

	judge(told: readonly KeptEvent[]): Verdict {
		const verdict = noVerdict();
		verdict.expected = this.#made.size;
		const names = new Map<string, string>();
		for (const { id, json } of told) {
			const pushed = this.#sender.idOf(json);
			const first = names.get(pushed);
			if (first === undefined) names.set(pushed, id);
			else if (first !== id) verdict.renamed.push(`${first} came again as ${id}`);
			const event = this.#made.get(pushed);
			if (event === undefined) verdict.untrue.push(`${id} was not pushed here`);
			else if (json['event'] !== event) {
				verdict.untrue.push(`${id} was told as ${String(json['event'])}, happened ${event}`);
			}
		}
		const missing = [...this.#made].filter(([id]) => !names.has(id));
		verdict.lost = missing.map(([id, event]) => `${this.name} ${id} ${event}`);
		return verdict;
	}

	close(): void {
		this.#closed = true;
	}
}
