import axios from 'axios';
import { randomUUID } from 'node:crypto';
import type { SavedWorkflow } from '../src/rest.mts';
import { waitFor } from '../src/wait.mts';
import {
	executionsOf,
	publishWebhook,
	withCredential,
	type Findings,
	type KeptExecution,
	type Setting,
} from './chapter.mts';
import type { Member } from './member.mts';

interface Item {
	ticketId: string;
	dictionaryId: string;
	name: string;
	comment: string;
}

interface Run {
	/** Of the execution. */
	id: string;
	worker: Member;
}

/** What the vendors have of the items. */
interface Applied {
	dictionaries: number;
	comments: number;
}

const ITEMS = 500;
const PATH = 'killed-worker';
const TAKE_TIMEOUT_MS = 60_000;
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
	/** n8n's to the retries. */
	readonly #answers: Array<Promise<unknown>> = [];

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
		this.#rows.push(['Items, sent to a webhook process', String(ITEMS)]);
		const first = await this.#taken(async () => await this.#send());
		// As a service manager does, which restarts what ends.
		await this.#killAmid(first, 'dictionaries', { restartAtOnce: true });
		const second = await this.#taken(async () => await this.#retry(first));
		// As a machine that is gone for good.
		await this.#killAmid(second, 'comments', { restartAtOnce: false });
		this.#rows.push(['  its Retry', await this.#answerToRetry(second)]);
		const third = await this.#taken(async () => await this.#send());
		await this.#finish(third);
		this.#judge();
		return { rows: this.#rows, problems: this.#problems };
	}

	async #send(): Promise<string> {
		const { webhookUrl } = this.#setting.playground.n8n;
		const address = `${webhookUrl}/webhook/${PATH}`;
		await axios.post(address, { items: this.#items }, { proxy: false, timeout: 30_000 });
		return 'The items are sent';
	}

	/** What the button Retry of n8n's list does. */
	async #retry(run: Run): Promise<string> {
		// n8n answers only when the new execution has ended.
		this.#answers.push(this.#answerToRetry(run));
		return `Retry of execution ${run.id}`;
	}

	async #answerToRetry({ id }: Run): Promise<string> {
		const { rest } = this.#setting.playground.n8n;
		const path = `/rest/executions/${id}/retry`;
		try {
			const answer = await rest.request<KeptExecution>('POST', path, { loadWorkflow: true });
			return `execution ${answer.id}, ${answer.status}: ${this.#appliedText()}`;
		} catch (error) {
			const text = error instanceof Error ? error.message : String(error);
			return /"message":"([^"]*)"/.exec(text)?.[1] ?? text;
		}
	}

	/** Starts an execution and answers which one it is and who has it. */
	async #taken(start: () => Promise<string>): Promise<Run> {
		const { cluster, signal } = this.#setting;
		const before = (await this.#executions()).length;
		const cause = await start();
		const run = await waitFor(
			async () => {
				const execution = (await this.#executions())[before];
				if (execution === undefined) return undefined;
				const worker = cluster.workers.find(({ began }) => began.has(execution.id));
				return worker === undefined ? undefined : { id: execution.id, worker };
			},
			{ what: 'a worker to take the items', timeoutMs: TAKE_TIMEOUT_MS, signal },
		);
		this.#rows.push([`${cause}: execution ${run.id}`, `taken by ${run.worker.name}`]);
		return run;
	}

	/** Ends the worker when half of the writes are done, and waits for what n8n says of it. */
	async #killAmid(
		{ id, worker }: Run,
		writes: keyof Applied,
		{ restartAtOnce }: { restartAtOnce: boolean },
	): Promise<void> {
		const { log, signal } = this.#setting;
		const half = (): true | undefined => (this.#applied()[writes] >= ITEMS / 2 ? true : undefined);
		await waitFor(half, { what: writes, timeoutMs: RUN_TIMEOUT_MS, everyMs: 2, signal });
		await worker.kill();
		const killedAt = Date.now();
		log(`SIGKILL of ${worker.name} amid the ${writes} of execution ${id}: ${this.#appliedText()}`);
		this.#rows.push([`  SIGKILL amid the ${writes}`, this.#appliedText()]);
		if (restartAtOnce) await worker.start();
		const report = await this.#report(id);
		const seconds = Math.round((Date.now() - killedAt) / 1000);
		if (report === undefined) this.#problems.push(`n8n does not report execution ${id}`);
		const when = restartAtOnce ? 'worker restarted at once' : 'worker gone';
		this.#rows.push([`  n8n's report after ${seconds} s, ${when}`, report ?? 'NONE']);
		log(`  n8n reports it after ${seconds} s: ${report ?? 'not at all'}`);
		if (!restartAtOnce) await worker.start();
	}

	/** What n8n's list of failed executions says of it, once it does not count as running any more. */
	async #report(id: string): Promise<string | undefined> {
		const { rest } = this.#setting.playground.n8n;
		const failed = ['error', 'crashed'] as const;
		try {
			const { status, data } = await rest.executionEnd(id, REPORT_TIMEOUT_MS);
			const filter = { workflowId: this.#workflow.id, status: [...failed] };
			const listed = await rest.executions(filter);
			if (!listed.some((execution) => execution.id === id)) return undefined;
			const [reason = ''] = (data.resultData.error?.message ?? '').split('. ');
			return `${status}: ${reason}`;
		} catch {
			return undefined;
		}
	}

	async #finish({ id, worker }: Run): Promise<void> {
		const { log, playground } = this.#setting;
		const { status } = await playground.n8n.rest.executionEnd(id, RUN_TIMEOUT_MS);
		log(`Execution ${id} on ${worker.name}: ${status}, ${this.#appliedText()}`);
		this.#rows.push([`  ends with ${status}`, this.#appliedText()]);
		if (status !== 'success') this.#problems.push(`Execution ${id} ended with ${status}`);
		await Promise.all(this.#answers);
		const all = (await this.#executions()).map((kept) => `${kept.id} ${kept.status}`);
		this.#rows.push(["n8n's list in the end", all.join(', ')]);
	}

	async #executions(): Promise<KeptExecution[]> {
		return await executionsOf(this.#setting, this.#workflow);
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
		const texts = new Set(this.#items.map(({ comment }) => comment));
		const histories = kingsoftCloud
			.tickets()
			.flatMap(({ assigns }) => assigns.flatMap(({ history }) => history));
		return {
			dictionaries: sevenMoor.dictionaries().filter(({ _id }) => ids.has(_id)).length,
			comments: histories.filter(({ detail }) => texts.has(detail)).length,
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
