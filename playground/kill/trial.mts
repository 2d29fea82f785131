import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { vendorCredentialPlans } from '../src/credentials.mts';
import { makeRunFolder } from '../src/folder.mts';
import { install } from '../src/install.mts';
import { buildAndPack, installIntoN8n } from '../src/pack.mts';
import type { Log } from '../src/progress.mts';
import { N8nRest, type Credential } from '../src/rest.mts';
import { startCollector, type Collector } from './collector.mts';
import { Database, type KeptExecution } from './database.mts';
import { KingsoftSource } from './kingsoftCloud.mts';
import { Lifecycle } from './lifecycle.mts';
import { TRIGGER } from './names.mts';
import type { KillOptions } from './options.mts';
import { Pace } from './pace.mts';
import { Polls } from './polls.mts';
import { Random } from './random.mts';
import {
	excerpt,
	findRepeats,
	mergeVerdicts,
	repeatLines,
	statusCounts,
	uniqueIds,
	type Outcome,
} from './report.mts';
import { SevenMoorSource } from './sevenMoor.mts';
import type { EventSource, SawWhole } from './source.mts';

const owner = {
	email: 'owner@example.com',
	password: 'Kill-test-1',
	firstName: 'Kill',
	lastName: 'Test',
};

/** How long n8n lives at most, or how many polls, before it is ended. */
const LIFE_MS = 10_000;
const LIFE_POLLS = 3;
/** Longest wait for these polls. */
const POLLS_TIMEOUT_MS = 40_000;
/** How soon after a poll its events are certainly kept. */
const KEEPING_MS = 5000;
/** First guess at a life with its restart. */
const CYCLE_MS = 18_000;
/** A poll's requests follow one another faster than this. */
const REQUEST_GAP_MS = 30;
/** Polls that must bring nothing at the end. */
const QUIET_POLLS = 3;

/** When within its life n8n is ended: at any moment, amid a poll, or when a poll has just been read. */
const moments = ['anytime', 'amidPoll', 'afterPoll'] as const;

interface Surroundings {
	folder: string;
	log: Log;
	signal?: AbortSignal;
}

export class KillTest {
	readonly #options: KillOptions;
	readonly #log: Log;
	readonly #signal?: AbortSignal;
	readonly #sandbox: Sandbox;
	readonly #collector: Collector;
	readonly #sources: EventSource[];
	readonly #sevenMoor: SevenMoorSource;
	/** The workflow of each source. */
	readonly #workflows = new Map<EventSource, string>();
	readonly #lifecycle: Lifecycle;
	readonly #database: Database;
	readonly #polls: Polls;
	readonly #pace: Pace;
	readonly #moments: Random;
	readonly #begin = Date.now();
	/** When n8n was ended, epoch ms. */
	readonly #ends: number[] = [];
	#cycles = 0;
	#cyclesBegin = 0;

	private constructor(
		options: KillOptions,
		{ folder, log, signal }: Surroundings,
		{ sandbox, collector }: { sandbox: Sandbox; collector: Collector },
	) {
		const { mode, storm, tickets, changes, pushes, seed, every } = options;
		this.#options = options;
		this.#log = log;
		this.#signal = signal;
		this.#sandbox = sandbox;
		this.#collector = collector;
		const userFolder = join(folder, 'n8n');
		this.#lifecycle = new Lifecycle(userFolder, { mode, storm }, signal);
		this.#database = new Database(userFolder);
		this.#moments = new Random(seed);
		const random = new Random(seed + 1);
		const url = (): string => this.#lifecycle.url;
		this.#sevenMoor = new SevenMoorSource(sandbox, { pushes, url });
		const kingsoft = new KingsoftSource(sandbox, { tickets, changes, every, random });
		this.#sources = [kingsoft, ...(pushes > 0 ? [this.#sevenMoor] : [])];
		this.#polls = new Polls(sandbox, 'kingsoftCloud');
		this.#pace = new Pace(this.#sources);
	}

	static async prepare(options: KillOptions, surroundings: Surroundings): Promise<KillTest> {
		const { folder, log, signal } = surroundings;
		const pack = await buildAndPack(folder, log, signal);
		await installIntoN8n(pack, join(folder, 'n8n'), signal);
		const sandbox = await startSandbox();
		const collector = await startCollector();
		return new KillTest(options, surroundings, { sandbox, collector });
	}

	async run(): Promise<Outcome> {
		const { kills, graceful } = this.#options;
		await this.#setUp();
		this.#cyclesBegin = Date.now();
		for (let count = 1; count <= kills; count++) {
			await this.#cycle(`SIGKILL ${count}/${kills}`, async () => await this.#lifecycle.kill());
		}
		// What the last kill left behind is made up for before the graceful part begins.
		await this.#quietPolls(QUIET_POLLS);
		const boundary = this.#database.lastExecutionId();
		for (let count = 1; count <= graceful; count++) {
			await this.#cycle(`SIGTERM ${count}/${graceful}`, async () => await this.#lifecycle.end());
		}
		await this.#settle();
		await this.#lifecycle.end();
		return this.#judge(boundary);
	}

	async #setUp(): Promise<void> {
		this.#log('Starting n8n');
		await this.#lifecycle.start();
		const rest = new N8nRest(this.#lifecycle.url);
		await rest.setUpOwner(owner);
		const credentials: Record<string, Credential> = {};
		for (const { name, type, data } of vendorCredentialPlans(this.#sandbox)) {
			credentials[type] = await rest.createCredential(name, type, data);
		}
		for (const source of this.#sources) {
			const workflow = source.workflow(credentials, this.#collector.url);
			const saved = await rest.createWorkflow(workflow);
			this.#workflows.set(source, saved.id);
			await rest.publish(saved);
			this.#log(`Workflow "${workflow.name}" published`);
		}
		// With the first poll the trigger takes note of what is there already.
		await this.#quietPolls(1);
	}

	async #cycle(title: string, end: () => Promise<void>): Promise<void> {
		const { kills, graceful } = this.#options;
		const usual = this.#cycles === 0 ? CYCLE_MS : (Date.now() - this.#cyclesBegin) / this.#cycles;
		this.#pace.finishIn((kills + graceful - this.#cycles) * usual);
		const moment = await this.#moment();
		this.#ends.push(Date.now());
		await end();
		await this.#lifecycle.start();
		this.#cycles += 1;
		const seconds = ((this.#lifecycle.starts.at(-1) ?? 0) / 1000).toFixed(1);
		this.#log(`${title} ${moment}; back after ${seconds} s; ${this.#pace.remaining()} to happen`);
	}

	/** Waits for the moment to end n8n. */
	async #moment(): Promise<string> {
		const random = this.#moments;
		const signal = this.#signal;
		// All drawn beforehand, so that the seed alone decides.
		const moment = random.pick(moments);
		const life = random.between(0, LIFE_MS);
		const polls = Math.ceil(random.between(0, LIFE_POLLS));
		const [amid, after] = [random.between(0, 250), random.between(0, 60)];
		if (moment === 'anytime') {
			await sleep(life, undefined, { signal });
			return moment;
		}
		await this.#polls.reach(this.#polls.count + polls, POLLS_TIMEOUT_MS, signal);
		if (moment === 'afterPoll') await this.#polls.pause(REQUEST_GAP_MS, signal);
		await sleep(moment === 'amidPoll' ? amid : after, undefined, { signal });
		return `${moment} ${polls}`;
	}

	/** Waits for that many more whole polls. */
	async #quietPolls(count: number): Promise<void> {
		const timeoutMs = 60_000 + count * this.#options.every * 1000;
		if (!(await this.#polls.reach(this.#polls.count + count, timeoutMs, this.#signal))) {
			throw new Error('n8n does not poll');
		}
		await this.#polls.pause(1000, this.#signal);
	}

	/** Lets the rest happen and waits until all of it has been told. */
	async #settle(): Promise<void> {
		this.#log('Waiting until nothing comes any more');
		this.#pace.finishIn(1);
		while (this.#pace.remaining() > 0 || !this.#sources.every((source) => source.settled())) {
			await sleep(100, undefined, { signal: this.#signal });
		}
		for (let last = -1; last !== this.#database.lastExecutionId(); ) {
			last = this.#database.lastExecutionId();
			await this.#quietPolls(QUIET_POLLS);
		}
	}

	readonly #sawWhole: SawWhole = (from, to) =>
		this.#polls
			.within(from, to)
			.some(({ begin, end }) => !this.#ends.some((at) => at >= begin && at <= end + KEEPING_MS));

	#judge(boundary: number): Outcome {
		const { mode, kills, graceful, tickets, changes, pushes, seed } = this.#options;
		const executions = this.#database.executions(TRIGGER);
		const events = executions.flatMap((execution) => execution.events);
		const verdict = mergeVerdicts(
			this.#sources.map((source) => {
				const own = executions.filter(
					({ workflowId }) => workflowId === this.#workflows.get(source),
				);
				const told = own.flatMap((execution) => execution.events);
				return source.judge(told, this.#sawWhole);
			}),
		);
		const repeats = findRepeats(executions);
		const inGrace = ({ again }: { again: KeptExecution }): boolean => again.id > boundary;
		const graceRepeats = repeats.filter(inGrace);
		const killRepeats = repeats.filter((repeat) => !inGrace(repeat));
		const ids = uniqueIds(events);
		const { delivered } = this.#collector;
		const undelivered = [...ids].filter((id) => !delivered.has(id)).length;
		const starts = this.#lifecycle.starts;
		const mean = starts.reduce((sum, ms) => sum + ms, 0) / starts.length / 1000;
		const minutes = (Date.now() - this.#begin) / 60_000;
		const rows: Outcome['rows'] = [
			['n8n keeps what triggers remember', mode === 'durable' ? 'durably' : 'in the default way'],
			['SIGKILLs, graceful restarts', `${kills}, ${graceful}`],
			['Tickets created, changes made', `${tickets}, ${changes} (seed ${seed})`],
			['Pushes by 7moor, repeated until taken', `${pushes}, ${this.#sevenMoor.refused}`],
			['  answered with 200 by n8n itself', String(this.#sevenMoor.premature)],
			['Polls, requests', `${this.#polls.count}, ${this.#polls.requests}`],
			['n8n answers after its start', `${mean.toFixed(1)} s (mean of ${starts.length})`],
			['Executions', statusCounts(executions)],
			['Facts that had to be told', String(verdict.expected)],
			['  lost', String(verdict.lost.length)],
			['  came and went between two polls', String(verdict.unseen.length)],
			['  told wrongly or out of order', String(verdict.untrue.length)],
			['Events kept by n8n', String(ids.size)],
			['  of these delivered by the workflow', String(ids.size - undelivered)],
			['  in executions that a kill cut short', String(undelivered)],
			['Repeated after a kill, same id', String(killRepeats.length)],
			['Repeated under another id', String(verdict.renamed.length)],
			['Repeated in the graceful part', String(graceRepeats.length)],
			['Time', `${minutes.toFixed(1)} min`],
		];
		return {
			rows,
			problems: [
				...excerpt('Lost', verdict.lost),
				...excerpt('Told wrongly', verdict.untrue),
				...excerpt('Repeated under another id', verdict.renamed),
				...excerpt('Repeated in the graceful part', repeatLines(graceRepeats)),
			],
			remarks: excerpt('Repeated after a kill', repeatLines(killRepeats)),
		};
	}

	lastLines(): string[] {
		return this.#lifecycle.lastLines(20);
	}

	async close(): Promise<void> {
		this.#pace.close();
		this.#sevenMoor.close();
		this.#polls.close();
		await this.#lifecycle.close();
		await this.#collector.close();
		await this.#sandbox.close();
	}
}

/** The folder of a run and what it needs; the test itself comes after. */
export async function prepareKillTest(
	options: KillOptions,
	log: Log,
	signal?: AbortSignal,
): Promise<{ test: KillTest; folder: string }> {
	await install(log, signal);
	const folder = makeRunFolder('kill');
	return { test: await KillTest.prepare(options, { folder, log, signal }), folder };
}
