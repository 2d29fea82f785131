import { randomInt, randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { join } from 'node:path';

import axios from 'axios';

import { startPlayground, type Playground } from '../../playground/src/playground.mts';
import type { SavedWorkflow } from '../../playground/src/rest.mts';
import { webhookPath } from '../../playground/src/templates.mts';
import { waitFor } from '../../playground/src/wait.mts';
import { chain, makeNode, type NodePlan } from '../../playground/test/bench.mts';
import { weibanAccount as account } from '../../sandbox/weiban/account.mts';
import { encryptCallback, signCallback } from '../../sandbox/weiban/crypto.mts';
import { median } from '../src/compare.mts';
import type { Measure, Row } from '../src/measure.mts';

const EVENTS = 1_000;
const ROUNDS = 5;
const WARM_UP = 50;
const AT_ONCE = 10;
const ORDER = '1471808049579560960';

interface Push {
	query: string;
	body: string;
}

/** An event as Weiban pushes it (sheet weiban §6), sealed before the clock runs. */
function push(): Push {
	const { token, encodingAesKey, receiveId } = account.callback;
	const event = {
		id: randomUUID(),
		corp_id: account.corpId,
		create_time: Date.now() / 1000,
		type: 'event',
		event: 'work_order_change',
		status: 'create',
		retry_count: 0,
		msg_data: { order_no: ORDER, staff_id: 'LiuYang' },
	};
	const encrypt = encryptCallback(encodingAesKey, JSON.stringify(event), receiveId);
	const timestamp = String(Math.floor(Date.now() / 1000));
	const nonce = String(randomInt(10_000_000, 99_999_999));
	const msg_signature = signCallback(token, timestamp, nonce, encrypt);
	return {
		query: new URLSearchParams({ msg_signature, timestamp, nonce }).toString(),
		body: JSON.stringify({ corp_id: account.corpId, app_id: 'sandbox', encrypt }),
	};
}

const sides = ['ours', 'plain', 'floor'] as const;
type Side = (typeof sides)[number];

interface Rates {
	/** Events a second until the last was answered, and until its execution was over. */
	answered: number;
	executed: number;
}

class Receiver {
	readonly #playground: Playground;
	readonly #saved: SavedWorkflow;
	readonly #client = axios.create({
		httpAgent: new Agent({ keepAlive: true }),
		proxy: false,
		headers: { 'content-type': 'application/json' },
	});

	private constructor(playground: Playground, saved: SavedWorkflow) {
		this.#playground = playground;
		this.#saved = saved;
	}

	static async publish(playground: Playground, name: string, plan: NodePlan): Promise<Receiver> {
		const { rest } = playground.n8n;
		const trigger = { ...makeNode('Trigger', 0, plan), webhookId: randomUUID() };
		const next = makeNode('Next', 1, { type: 'n8n-nodes-base.noOp', parameters: {} });
		const saved = await rest.createWorkflow(chain(name, [trigger, next]));
		await rest.publish(saved);
		return new Receiver(playground, saved);
	}

	async #executions(): Promise<number> {
		const filter = JSON.stringify({ workflowId: this.#saved.id, status: ['success'] });
		const { count } = await this.#playground.n8n.rest.request<{ count: number }>(
			'GET',
			'/rest/executions',
			undefined,
			{ filter, limit: 1 },
		);
		return count;
	}

	async take(events: number): Promise<Rates> {
		const url = `${this.#playground.n8n.webhookUrl}/webhook/${webhookPath(this.#saved)}`;
		const before = await this.#executions();
		const pushes = Array.from({ length: events }, push);
		const start = performance.now();
		const sender = async () => {
			for (let next = pushes.pop(); next !== undefined; next = pushes.pop()) {
				await this.#client.post(`${url}?${next.query}`, next.body);
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, sender));
		const answered = performance.now() - start;
		await waitFor(async () => ((await this.#executions()) >= before + events ? true : undefined), {
			what: `${events} executions of "${this.#saved.name}"`,
			timeoutMs: 120_000,
			everyMs: 100,
		});
		const executed = performance.now() - start;
		return { answered: (events / answered) * 1000, executed: (events / executed) * 1000 };
	}
}

async function measured(
	playground: Playground,
	log: (text: string) => void,
): Promise<Record<Side, Rates>[]> {
	const credential = playground.n8n.credentials['weibanCallbackApi'];
	const ours = await Receiver.publish(playground, 'Weiban Trigger', {
		type: 'weibanTrigger',
		parameters: { events: ['created'], includeDetails: false, filters: {}, options: {} },
		credential,
	});
	const plain = await Receiver.publish(playground, 'Webhook', {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		parameters: { httpMethod: 'POST', path: 'bench', responseMode: 'onReceived', options: {} },
	});
	const floor = await Receiver.publish(playground, 'Floor', {
		type: 'CUSTOM.floorTrigger',
		parameters: {},
		credential,
	});
	const receivers: Readonly<Record<Side, Receiver>> = { ours, plain, floor };
	for (const side of sides) await receivers[side].take(WARM_UP);
	const rounds: Record<Side, Rates>[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const rates: Partial<Record<Side, Rates>> = {};
		for (const [at] of sides.entries()) {
			const side = sides[(at + round) % sides.length] ?? 'ours';
			rates[side] = await receivers[side].take(EVENTS / ROUNDS);
		}
		rounds.push(rates as Record<Side, Rates>);
		log(`round ${round + 1} of ${ROUNDS}`);
	}
	return rounds;
}

export const webhooks: Measure = {
	name: 'webhooks',
	title: 'Webhook deliveries',
	method: `The packed tarball in a real n8n (one process, SQLite, executions saved), ${EVENTS.toLocaleString('en')} events for each side in ${ROUNDS} rounds in turn, ${AT_ONCE} under way at once. Weiban Trigger checks the signature, decrypts and drops repeats; n8n's Webhook node takes the same requests as they are; both answer at once and hand on to a node that does nothing. The third side is a trigger of another package that reads its credential and does nothing else.`,
	exact: false,
	async run(log) {
		const n8nEnv = { N8N_CUSTOM_EXTENSIONS: join(import.meta.dirname, '..', 'floor') };
		const playground = await startPlayground({ purpose: 'bench', templates: [], n8nEnv, log });
		try {
			const rounds = await measured(playground, log);
			const row = (subject: string, key: keyof Rates, other: Side): Row => ({
				subject,
				ours: median(rounds.map(({ ours }) => ours[key])),
				theirs: median(rounds.map((round) => round[other][key])),
				unit: 'events/s',
				figure: median(rounds.map((round) => round.ours[key] / round[other][key])),
				...(other === 'plain' ? { budget: 'webhooks.ratio' } : {}),
			});
			return [
				row("until the last was answered, against n8n's Webhook node", 'answered', 'plain'),
				row("until the last execution was over, against n8n's Webhook node", 'executed', 'plain'),
				row(
					'until the last was answered, against a trigger that does nothing',
					'answered',
					'floor',
				),
				row(
					'until the last execution was over, against a trigger that does nothing',
					'executed',
					'floor',
				),
			];
		} finally {
			await playground.stop();
		}
	},
};
