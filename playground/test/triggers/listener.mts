import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Credential, N8nRest, SavedWorkflow } from '../../src/rest.mts';
import { pollTimes, webhookPath } from '../../src/templates.mts';
import { waitFor } from '../../src/wait.mts';
import { chain, makeNode, outcomeOf, type Bench, type Json } from '../bench.mts';
import type { Checks } from '../checks.mts';

const TRIGGER = 'Trigger';

export interface ListenerPlan {
	/** Names the workflow and begins the names of the checks. */
	name: string;
	/** `weibanTrigger` */
	type: string;
	parameters: Json;
	credentials: Credential[];
	/** For a polling trigger; a divisor of 60. */
	pollEverySeconds?: number;
}

/** A published workflow that begins with a trigger, and what the trigger has told it. */
export class Listener {
	readonly #rest: N8nRest;
	readonly #saved: SavedWorkflow;
	/** Events by execution. */
	readonly #told = new Map<string, Json[]>();
	#taken = 0;
	/** Where the vendor pushes to, if the trigger is a webhook. */
	readonly url: string;

	private constructor(bench: Bench, saved: SavedWorkflow) {
		this.#rest = bench.rest;
		this.#saved = saved;
		this.url = `${bench.playground.n8n.url}/webhook/${webhookPath(saved)}`;
	}

	/** n8n polls once while it publishes, so that the trigger knows then what there is. */
	static async publish(bench: Bench, plan: ListenerPlan): Promise<Listener> {
		const { name, type, parameters, credentials, pollEverySeconds } = plan;
		const polls = pollEverySeconds === undefined ? {} : { pollTimes: pollTimes(pollEverySeconds) };
		const trigger = {
			...makeNode(TRIGGER, 0, { type, parameters: { ...parameters, ...polls } }),
			webhookId: randomUUID(),
			credentials: Object.fromEntries(
				credentials.map((credential) => [
					credential.type,
					{ id: credential.id, name: credential.name },
				]),
			),
		};
		const next = makeNode('Next', 1, { type: 'n8n-nodes-base.noOp', parameters: {} });
		const saved = await bench.rest.createWorkflow(chain(name, [trigger, next]));
		await bench.rest.publish(saved);
		return new Listener(bench, saved);
	}

	/** All events so far, oldest first. */
	async events(): Promise<Json[]> {
		const executions = await this.#rest.executions({ workflowId: this.#saved.id });
		for (const { id, mode } of executions) {
			if (mode === 'manual' || this.#told.has(id)) continue;
			const execution = await this.#rest.executionEnd(id);
			const { items, error } = outcomeOf(execution, TRIGGER);
			assert.equal(execution.status, 'success', error);
			this.#told.set(id, items);
		}
		const oldestFirst = [...this.#told].sort(([one], [other]) => Number(one) - Number(other));
		return oldestFirst.flatMap(([, items]) => items);
	}

	/** Waits for so many events behind those that it gave before; more are a failure. */
	async next(count: number): Promise<Json[]> {
		const wanted = this.#taken + count;
		let events: Json[] = [];
		await waitFor(
			async () => {
				events = await this.events();
				return events.length >= wanted ? true : undefined;
			},
			{ what: `${count} events more than ${this.#taken}`, timeoutMs: 40_000, everyMs: 500 },
		);
		const fresh = events.slice(this.#taken);
		this.#taken = events.length;
		assert.equal(fresh.length, count, `too many events: ${fresh.map(brief).join(', ')}`);
		return fresh;
	}

	async nextOne(): Promise<Json> {
		const [event] = await this.next(1);
		assert(event);
		return event;
	}

	/** Nothing has come but what was asked for, and no id twice. */
	async assertNothingElse(): Promise<void> {
		const events = await this.events();
		const others = events.slice(this.#taken);
		// So that the checks that follow do not fail for these, too.
		this.#taken = events.length;
		assert.deepEqual(others.map(brief), []);
		assert.equal(new Set(events.map(({ id }) => id)).size, events.length, 'an id came twice');
	}

	/** What the editor's test of the trigger shows. */
	async samples(): Promise<Json[]> {
		const { items, error } = outcomeOf(
			await this.#rest.runManually(this.#saved.id, TRIGGER),
			TRIGGER,
		);
		assert.equal(error, '');
		return items;
	}

	/** What comes of a push while the editor listens for a test event. */
	async testEvents(push: (url: string) => Promise<{ status: number }>): Promise<Json[]> {
		const { id: workflowId } = this.#saved;
		const body = { triggerToStartFrom: { name: TRIGGER } };
		const path = `/rest/workflows/${workflowId}/run`;
		const started = await this.#rest.request<{ waitingForWebhook?: boolean }>('POST', path, body);
		assert.equal(started.waitingForWebhook, true, 'n8n does not listen');
		const { status } = await push(this.url.replace('/webhook/', '/webhook-test/'));
		assert.equal(status, 200);
		const execution = await waitFor(
			async () =>
				(await this.#rest.executions({ workflowId })).find(({ mode }) => mode === 'manual'),
			{ what: 'the execution of the test', timeoutMs: 30_000 },
		);
		return outcomeOf(await this.#rest.executionEnd(execution.id), TRIGGER).items;
	}

	async stop(): Promise<void> {
		await this.#rest.unpublish(this.#saved.id);
	}
}

/** The event's kind and work order, as `closed 1204`. */
export function brief(event: Json): string {
	const subject = event['workOrder'] ?? event['dictionary'];
	return `${String(event['event'])} ${String((subject as Json | undefined)?.['id'])}`;
}

export function workOrderOf(event: Json): Json {
	const workOrder = event['workOrder'];
	assert(typeof workOrder === 'object' && workOrder !== null, 'the event has no work order');
	return workOrder as Json;
}

/** Publishes as a check of its own; the checks that follow make no sense without. */
export async function startListener(
	checks: Checks,
	bench: Bench,
	plan: ListenerPlan,
): Promise<Listener | undefined> {
	let listener: Listener | undefined;
	await checks.check(`${plan.name}: is published, and tells nothing yet`, async () => {
		const started = await Listener.publish(bench, plan);
		assert.deepEqual((await started.events()).map(brief), []);
		listener = started;
	});
	return listener;
}
