import axios from 'axios';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Execution, SavedWorkflow } from '../src/rest.mts';
import { waitFor } from '../src/wait.mts';
import {
	executionsOf,
	publishWebhook,
	withCredential,
	type Findings,
	type Setting,
} from './chapter.mts';
import type { Member } from './member.mts';

interface Item {
	ticketId: string;
	dictionaryId: string;
	name: string;
	comment: string;
}

/** What the vendors have of the items. */
interface Applied {
	dictionaries: number;
	comments: number;
}

const ITEMS = 500;
const PATH = 'killed-worker';
const RUN_TIMEOUT_MS = 4 * 60_000;
/** n8n gives a worker's lock 60 seconds, looks every 30, and then makes sure for up to 30 more. */
const REPORT_TIMEOUT_MS = 4 * 60_000;
const FAST = { requestsPerMinute: 100_000 };

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Two writes per item: one is safe by its own id, the other by looking first. */
async function publish(setting: Setting): Promise<SavedWorkflow> {
	const item = (field: string): string => `={{ $('Items').item.json.${field} }}`;
	return await publishWebhook(setting, PATH, {
		Items: {
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'body.items', options: {} },
		},
		'Create Dictionary': {
			...withCredential(setting, 'sevenMoorApi', {
				type: 'sevenMoor',
				parameters: {
					resource: 'dictionary',
					operation: 'create',
					name: item('name'),
					headers: ['Option'],
					optionsAs: 'rows',
					optionRows: 'A',
					additionalFields: { dictionaryId: item('dictionaryId') },
					requestOptions: FAST,
				},
				// In a further run the vendor refuses what is there.
				onError: 'continueRegularOutput',
			}),
		},
		'Look First': withCredential(setting, 'kingsoftCloudApi', {
			type: 'kingsoftCloud',
			parameters: {
				resource: 'ticket',
				operation: 'getDetails',
				ticketId: byId(item('ticketId')),
				output: 'raw',
				requestOptions: FAST,
			},
		}),
		'Without Comment': {
			type: 'n8n-nodes-base.filter',
			typeVersion: 2.2,
			parameters: {
				conditions: {
					options: { caseSensitive: true, typeValidation: 'strict', version: 2 },
					combinator: 'and',
					conditions: [
						{
							id: randomUUID(),
							leftValue: '={{ JSON.stringify($json) }}',
							rightValue: item('comment'),
							operator: { type: 'string', operation: 'notContains' },
						},
					],
				},
				options: {},
			},
		},
		Comment: withCredential(setting, 'kingsoftCloudApi', {
			type: 'kingsoftCloud',
			parameters: {
				resource: 'ticket',
				operation: 'comment',
				ticketId: byId(item('ticketId')),
				detail: item('comment'),
				requestOptions: FAST,
			},
		}),
	});
}

class KilledWorker {
	readonly #setting: Setting;
	readonly #workflow: SavedWorkflow;
	readonly #items: Item[];
	readonly #rows: Findings['rows'] = [];
	readonly #problems: string[] = [];

	constructor(setting: Setting, workflow: SavedWorkflow) {
		this.#setting = setting;
		this.#workflow = workflow;
		const { kingsoftCloud } = setting.playground.sandbox;
		this.#items = Array.from({ length: ITEMS }, (_, index) => ({
			ticketId: kingsoftCloud.createTicket().id,
			dictionaryId: randomUUID(),
			name: `Dictionary ${index + 1}`,
			comment: `Seen ${randomUUID()}`,
		}));
	}

	async play(): Promise<Findings> {
		this.#rows.push(['Items, sent to the webhook process', String(ITEMS)]);
		await this.#killedRun('1st run', 'dictionaries');
		await this.#killedRun('2nd run', 'comments');
		await this.#lastRun('3rd run');
		this.#judge();
		return { rows: this.#rows, problems: this.#problems };
	}

	async #begin(): Promise<{ id: string; worker: Member }> {
		const { cluster, playground, signal } = this.#setting;
		const before = (await executionsOf(this.#setting, this.#workflow)).length;
		await axios.post(
			`${playground.n8n.webhookUrl}/webhook/${PATH}`,
			{ items: this.#items },
			{ proxy: false, timeout: 30_000 },
		);
		return await waitFor(
			async () => {
				const execution = (await executionsOf(this.#setting, this.#workflow))[before];
				if (execution === undefined) return undefined;
				const worker = cluster.workers.find(({ began }) => began.has(execution.id));
				return worker === undefined ? undefined : { id: execution.id, worker };
			},
			{ what: 'a worker to take the items', timeoutMs: 60_000, signal },
		);
	}

	/** Ends the worker when half of the writes are done, and waits for what n8n says of it. */
	async #killedRun(title: string, writes: keyof Applied): Promise<void> {
		const { log, signal } = this.#setting;
		const { id, worker } = await this.#begin();
		const half = (): true | undefined => (this.#applied()[writes] >= ITEMS / 2 ? true : undefined);
		await waitFor(half, { what: writes, timeoutMs: RUN_TIMEOUT_MS, everyMs: 2, signal });
		await worker.kill();
		const killedAt = Date.now();
		log(`${title}: SIGKILL of ${worker.name} amid the ${writes}, ${this.#appliedText()}`);
		this.#rows.push([`${title}, execution ${id}`, `${worker.name}, SIGKILL amid the ${writes}`]);
		this.#rows.push(['  at the vendors', this.#appliedText()]);

		const [, report] = await Promise.all([worker.start(), this.#report(id)]);
		const seconds = Math.round((Date.now() - killedAt) / 1000);
		if (report === undefined) {
			this.#problems.push(`n8n does not say that execution ${id} was cut short`);
			return;
		}
		const { status, data } = report;
		const reason = (data.resultData.error?.message ?? 'without a reason').split('. ')[0] ?? '';
		log(`  n8n reports it as "${status}": ${reason}`);
		this.#rows.push([`  n8n's report after ${seconds} s`, `${status}: ${reason}`]);
		this.#rows.push(['  its Retry', await this.#retry(id)]);
	}

	/** The execution as n8n's list shows it, once it does not count as running any more. */
	async #report(id: string): Promise<Execution | undefined> {
		const { rest } = this.#setting.playground.n8n;
		try {
			const { status } = await rest.executionEnd(id, REPORT_TIMEOUT_MS);
			const listed = await rest.executions({
				workflowId: this.#workflow.id,
				status: ['error', 'crashed'],
			});
			assert(listed.some((execution) => execution.id === id, `${status} in the list`));
			return await rest.execution(id);
		} catch {
			return undefined;
		}
	}

	/** What the button Retry does. */
	async #retry(id: string): Promise<string> {
		const before = this.#appliedText();
		try {
			const { rest } = this.#setting.playground.n8n;
			const answer = await rest.request<{ id: string; status: string }>(
				'POST',
				`/rest/executions/${id}/retry`,
				{ loadWorkflow: true },
			);
			const effect = this.#appliedText() === before ? 'did nothing' : this.#appliedText();
			return `execution ${answer.id}: ${answer.status}, ${effect}`;
		} catch (error) {
			return error instanceof Error ? error.message.replace(/^.*"message":"([^"]*)".*$/, '$1') : '';
		}
	}

	async #lastRun(title: string): Promise<void> {
		const { log, playground } = this.#setting;
		const { id, worker } = await this.#begin();
		const { status } = await playground.n8n.rest.executionEnd(id, RUN_TIMEOUT_MS);
		log(`${title}: ${status} on ${worker.name}, ${this.#appliedText()}`);
		this.#rows.push([`${title}, execution ${id}`, `${worker.name}: ${status}`]);
		this.#rows.push(['  at the vendors', this.#appliedText()]);
		if (status !== 'success') this.#problems.push(`Execution ${id} ended with ${status}`);
	}

	#judge(): void {
		const { sandbox } = this.#setting.playground;
		const creates = sandbox
			.requests('sevenMoor')
			.filter(({ path }) => path.includes('/addDictionary/'));
		const accepted = creates.filter((request) => request.accepted);
		const comments = sandbox
			.requests('kingsoftCloud')
			.filter(({ path, accepted: ok }) => ok && path.endsWith('/comment_ticket'));
		const times = (requests: Array<{ body: string }>, mark: string): number =>
			requests.filter(({ body }) => body.includes(mark)).length;
		const made = this.#items.map(({ dictionaryId }) => times(accepted, dictionaryId));
		const commented = this.#items.map(({ comment }) => times(comments, comment));
		for (const [what, counts] of Object.entries({ dictionaries: made, comments: commented })) {
			const lost = counts.filter((count) => count === 0).length;
			const twice = counts.filter((count) => count > 1).length;
			this.#rows.push([`Lost, repeated ${what}`, `${lost}, ${twice}`]);
			if (lost > 0) this.#problems.push(`${lost} items have no ${what}`);
			if (twice > 0) this.#problems.push(`${twice} items have their ${what} twice`);
		}
		const refused = creates.length - accepted.length;
		this.#rows.push(['Dictionaries refused as existing', String(refused)]);
	}

	#applied(): Applied {
		const { sevenMoor, kingsoftCloud } = this.#setting.playground.sandbox;
		const ids = new Set(this.#items.map(({ dictionaryId }) => dictionaryId));
		const history = kingsoftCloud.tickets().flatMap(({ assigns }) => assigns);
		return {
			dictionaries: sevenMoor.dictionaries().filter(({ _id }) => ids.has(_id)).length,
			comments: history.flatMap((assign) => assign.history).length,
		};
	}

	#appliedText(): string {
		const { dictionaries, comments } = this.#applied();
		return `${dictionaries} dictionaries, ${comments} comments`;
	}
}

/**
 * Two of three runs of one workflow over the same items lose their worker to a SIGKILL. Nothing may be
 * missing or twice at the vendors in the end, and n8n has to say that the two were cut short.
 */
export async function killedWorker(setting: Setting): Promise<Findings> {
	setting.playground.sandbox.sevenMoor.limitPerMinute = Number.POSITIVE_INFINITY;
	return await new KilledWorker(setting, await publish(setting)).play();
}
