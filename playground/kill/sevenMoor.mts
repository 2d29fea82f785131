import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outflow, Sandbox } from '../../sandbox/index.mts';
import type { Credential, WorkflowJson } from '../src/rest.mts';
import { deliveryNode } from './collector.mts';
import { TRIGGER } from './names.mts';
import type { EventSource, KeptEvent, Verdict } from './source.mts';

/** Part of the address; a trigger that checks nothing else wants it long. */
const PATH = 'kill-test-7moor-steps';
const RETRY_MS = 500;

export interface SevenMoorOptions {
	pushes: number;
	/** The address of n8n. */
	url: () => string;
}

/** Steps of work orders that 7moor pushes, again and again until n8n has taken them. */
export class SevenMoorSource implements EventSource {
	readonly name = '7moor';
	readonly #sandbox: Sandbox;
	readonly #options: SevenMoorOptions;
	readonly #ids: string[] = [];
	#onTheWay = 0;
	#closed = false;
	/** Pushes that n8n did not take. */
	refused = 0;
	/** Of these, the ones that n8n answered with 200 by itself, while it was starting. */
	premature = 0;

	constructor(sandbox: Sandbox, options: SevenMoorOptions) {
		this.#sandbox = sandbox;
		this.#options = options;
	}

	workflow(_credentials: Record<string, Credential>, collector: string): WorkflowJson {
		return {
			name: 'Kill test: 7moor',
			nodes: [
				{
					id: 'f3a1a1d0-0000-4000-8000-000000000003',
					name: TRIGGER,
					type: 'n8n-nodes-gongdan.sevenMoorTrigger',
					typeVersion: 1,
					position: [0, 0],
					webhookId: 'f3a1a1d0-0000-4000-8000-000000000004',
					parameters: { events: ['stepReached'], path: PATH },
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
		return this.#options.pushes - this.#ids.length;
	}

	settled(): boolean {
		return this.#onTheWay === 0;
	}

	next(): void {
		const { clock } = this.#sandbox;
		const id = randomUUID();
		this.#ids.push(id);
		const number = String(this.#ids.length).padStart(6, '0');
		void this.#push({
			_id: id,
			businessNumber: `20261122${number}`,
			createTime: '2026-11-22 09:00:00',
			createTimestamp: clock.now(),
		});
	}

	async #push(step: Partial<Outflow>): Promise<void> {
		this.#onTheWay += 1;
		while (!this.#closed && !(await this.#isTaken(step))) {
			this.refused += 1;
			await sleep(RETRY_MS);
		}
		this.#onTheWay -= 1;
	}

	async #isTaken(step: Partial<Outflow>): Promise<boolean> {
		const url = `${this.#options.url()}/webhook/${PATH}`;
		try {
			const { status, body } = await this.#sandbox.sevenMoor.push(url, step);
			if (status < 200 || status >= 300) return false;
			// Until its database is ready, n8n answers everything with 200 and a text of its own.
			const isOfTrigger = body.includes('"success":true');
			if (!isOfTrigger) this.premature += 1;
			return isOfTrigger;
		} catch {
			return false;
		}
	}

	judge(told: readonly KeptEvent[]): Verdict {
		const kept = new Set(told.map(({ json }) => pushIdOf(json)));
		const made = new Set(this.#ids);
		const names = new Map<string, string>();
		const renamed: string[] = [];
		for (const { id, json } of told) {
			const first = names.get(pushIdOf(json));
			if (first === undefined) names.set(pushIdOf(json), id);
			else if (first !== id) renamed.push(`${first} came again as ${id}`);
		}
		return {
			expected: this.#ids.length,
			lost: this.#ids.filter((id) => !kept.has(id)).map((id) => `7moor push ${id}`),
			untrue: [...kept].filter((id) => !made.has(id)).map((id) => `${id} was not pushed here`),
			renamed,
			unseen: [],
		};
	}

	close(): void {
		this.#closed = true;
	}
}

function pushIdOf(json: Record<string, unknown>): string {
	return String((json['raw'] as Record<string, unknown>)['_id']);
}
