import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { vendorCredentialPlans } from '../src/credentials.mts';
import { makeRunFolder } from '../src/folder.mts';
import { install } from '../src/install.mts';
import { buildAndPack, installIntoN8n } from '../src/pack.mts';
import type { Log } from '../src/progress.mts';
import { N8nRest, type Credential } from '../src/rest.mts';
import { waitFor } from '../src/wait.mts';
import { startCollector, type Collector } from './collector.mts';
import { Database, type KeptExecution } from './database.mts';
import { kingdeeDesk } from './kingdee.mts';
import { kingsoftDesk } from './kingsoftCloud.mts';
import { Lifecycle } from './lifecycle.mts';
import { TRIGGER } from './names.mts';
import type { KillOptions } from './options.mts';
import { Pace } from './pace.mts';
import { PolledSource } from './polled.mts';
import { PollWatch, type Polls } from './polls.mts';
import { PushedSource } from './pushed.mts';
import { Random } from '../../sandbox/random.mts';
import {
	excerpt,
	findRepeats,
	repeatLines,
	statusCounts,
	uniqueIds,
	type Outcome,
	type Repeat,
	type SourceReport,
} from './report.mts';
import { sevenMoorSender } from './sevenMoor.mts';
import type { EventSource } from './source.mts';
import { weibanSender } from './weiban.mts';
import { weibanDesk } from './weibanList.mts';

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
/** First guess at a life with its restart. */
const CYCLE_MS = 18_000;
/** A poll's requests follow one another faster than this. */
const REQUEST_GAP_MS = 30;
/** Polls that must bring nothing at the end. */
const QUIET_POLLS = 3;
/** Longest wait for what is still on its way to n8n. */
const SETTLING_MS = 300_000;
/** Part of the tickets and changes of the first vendor that the others have as well. */
const SHARE = 1 / 4;

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
	/** The workflow of each source. */
	readonly #workflows = new Map<EventSource, string>();
	readonly #lifecycle: Lifecycle;
	readonly #database: Database;
	readonly #polls: PollWatch;
	readonly #pace: Pace;
	readonly #moments: Random;
	readonly #begin = Date.now();
	#cycles = 0;
	#cyclesBegin = 0;

	private constructor(
		options: KillOptions,
		{ folder, log, signal }: Surroundings,
		{ sandbox, collector }: { sandbox: Sandbox; collector: Collector },
	) {
		const { mode, storm, seed } = options;
		this.#options = options;
		this.#log = log;
		this.#signal = signal;
		this.#sandbox = sandbox;
		this.#collector = collector;
		const userFolder = join(folder, 'n8n');
		this.#lifecycle = new Lifecycle(userFolder, { mode, storm }, signal);
		this.#database = new Database(userFolder);
		this.#moments = new Random(seed);
		this.#sources = this.#makeSources();
		this.#polls = new PollWatch(sandbox, this.#sources);
		this.#pace = new Pace(this.#sources);
	}

	#makeSources(): EventSource[] {
		const { tickets, changes, pushes, seed, every } = this.#options;
		const sandbox = this.#sandbox;
		const part = (share: number, add: number) => ({
			tickets: Math.ceil(tickets * share),
			changes: Math.ceil(changes * share),
			every,
			random: new Random(seed + add),
		});
		const calls = { pushes, url: () => this.#lifecycle.url };
		const sources = [
			new PolledSource(kingsoftDesk(sandbox), part(1, 1)),
			new PolledSource(kingdeeDesk(sandbox), part(SHARE, 2)),
			new PolledSource(weibanDesk(sandbox), part(SHARE, 3)),
			new PushedSource(weibanSender(sandbox, new Random(seed + 4)), calls),
			new PushedSource(sevenMoorSender(sandbox), calls),
		];
		return sources.filter((source) => source.remaining() > 0);
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
		await this.#arrivals();
		await this.#quietPolls(QUIET_POLLS);
		const boundary = this.#database.lastExecutionId();
		for (let count = 1; count <= graceful; count++) {
			await this.#cycle(`SIGTERM ${count}/${graceful}`, async () => await this.#endGracefully());
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
		await end();
		await this.#lifecycle.start();
		this.#cycles += 1;
		const seconds = ((this.#lifecycle.starts.at(-1) ?? 0) / 1000).toFixed(1);
		this.#log(`${title} ${moment}; back after ${seconds} s; ${this.#pace.remaining()} to happen`);
	}

	/** As behind a proxy that drains: n8n 2.41 ends amid a webhook, before it has answered. */
	async #endGracefully(): Promise<void> {
		await Promise.all(this.#sources.map(async (source) => await source.hold()));
		await this.#lifecycle.end();
		for (const source of this.#sources) source.release();
	}

	/** Waits for the moment to end n8n. */
	async #moment(): Promise<string> {
		const random = this.#moments;
		const signal = this.#signal;
		// All drawn beforehand, so that the seed alone decides.
		const moment = random.pick(moments);
		const life = random.between(0, LIFE_MS);
		const [vendor, polls] = random.pick(this.#polls.all());
		const count = Math.ceil(random.between(0, LIFE_POLLS));
		const [amid, after] = [random.between(0, 250), random.between(0, 60)];
		if (moment === 'anytime') {
			await sleep(life, undefined, { signal });
			return moment;
		}
		await polls.reach(polls.count + count, POLLS_TIMEOUT_MS, signal);
		if (moment === 'afterPoll') await polls.pause(REQUEST_GAP_MS, signal);
		await sleep(moment === 'amidPoll' ? amid : after, undefined, { signal });
		return `${moment} ${count} of ${vendor}`;
	}

	/** Waits for that many more whole polls of each vendor. */
	async #quietPolls(count: number): Promise<void> {
		const timeoutMs = SETTLING_MS + count * this.#options.every * 1000;
		const quiet = async ([vendor, polls]: [string, Polls]): Promise<void> => {
			if (!(await polls.reach(polls.count + count, timeoutMs, this.#signal))) {
				throw new Error(`n8n does not poll ${vendor}`);
			}
			await polls.pause(1000, this.#signal);
		};
		await Promise.all(this.#polls.all().map(quiet));
	}

	/** Waits until n8n has taken what was pushed so far. */
	async #arrivals(): Promise<void> {
		for (const source of this.#sources) {
			await waitFor(() => source.settled() || undefined, {
				what: `n8n to take what ${source.name} pushes`,
				timeoutMs: SETTLING_MS,
				signal: this.#signal,
			});
		}
	}

	/** Lets the rest happen and waits until all of it has been told. */
	async #settle(): Promise<void> {
		this.#log('Waiting until nothing comes any more');
		this.#pace.finishIn(1);
		await waitFor(() => this.#pace.remaining() === 0 || undefined, {
			what: 'everything to happen',
			timeoutMs: SETTLING_MS,
			signal: this.#signal,
		});
		await this.#arrivals();
		const deadline = Date.now() + SETTLING_MS;
		for (let last = -1; last !== this.#database.lastExecutionId(); ) {
			if (Date.now() > deadline) throw new Error('n8n tells things without an end');
			last = this.#database.lastExecutionId();
			await this.#quietPolls(QUIET_POLLS);
		}
	}

	#report(source: EventSource, boundary: number, all: readonly KeptExecution[]): SourceReport {
		const workflow = this.#workflows.get(source);
		const executions = all.filter(({ workflowId }) => workflowId === workflow);
		const told = executions.flatMap(({ events }) => events);
		const repeats = findRepeats(executions);
		const inGrace = ({ again }: Repeat): boolean => again.id > boundary;
		const ids = [...uniqueIds(told)];
		const { delivered } = this.#collector;
		return {
			name: source.name,
			happened: source.happened(),
			verdict: source.judge(told, this.#polls.of(source.polling?.vendor)?.readings ?? []),
			events: ids.length,
			undelivered: ids.filter((id) => !delivered.has(id)).length,
			killRepeats: repeats.filter((repeat) => !inGrace(repeat)),
			graceRepeats: repeats.filter(inGrace),
		};
	}

	#judge(boundary: number): Outcome {
		const { mode, kills, graceful, seed } = this.#options;
		const executions = this.#database.executions(TRIGGER);
		const sources = this.#sources.map((source) => this.#report(source, boundary, executions));
		const starts = this.#lifecycle.starts;
		const mean = starts.reduce((sum, ms) => sum + ms, 0) / starts.length / 1000;
		const polls = this.#polls.all().map(([, { count }]) => count);
		const requests = this.#polls.all().map(([, polled]) => polled.requests);
		const total = (numbers: number[]): number => numbers.reduce((sum, number) => sum + number, 0);
		const minutes = (Date.now() - this.#begin) / 60_000;
		const lost = sources.flatMap(({ verdict }) => verdict.lost);
		const untrue = sources.flatMap(({ verdict }) => verdict.untrue);
		const renamed = sources.flatMap(({ verdict }) => verdict.renamed);
		const killRepeats = sources.flatMap((report) => report.killRepeats);
		const graceRepeats = sources.flatMap((report) => report.graceRepeats);
		return {
			rows: [
				['n8n keeps what triggers remember', mode === 'durable' ? 'durably' : 'in the default way'],
				['SIGKILLs, graceful restarts', `${kills}, ${graceful} (seed ${seed})`],
				['n8n answers after its start', `${mean.toFixed(1)} s (mean of ${starts.length})`],
				['Polls, requests', `${total(polls)}, ${total(requests)}`],
				['Executions', statusCounts(executions)],
				['Time', `${minutes.toFixed(1)} min`],
			],
			sources,
			problems: [
				...excerpt('Lost', lost),
				...excerpt('Told wrongly', untrue),
				...excerpt('Repeated under another id', renamed),
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
		for (const source of this.#sources) source.close();
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
