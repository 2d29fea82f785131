import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { equip, type Equipment } from './equip.mts';
import { makeRunFolder } from './folder.mts';
import { install } from './install.mts';
import { startMailSink, type MailSink } from './mailSink.mts';
import { startN8n, withLog, type N8nProcess } from './n8n.mts';
import { buildAndPack, installIntoN8n, type PackedPackage } from './pack.mts';
import type { Log } from './progress.mts';
import { startSlackSink, type SlackSink } from './slackSink.mts';
import { templateNames } from './templates.mts';

export interface PlaygroundOptions {
	/** Begins the name of the run folder. */
	purpose?: string;
	/** Names of files in workflows/ to set up and publish; all of them unless told otherwise. */
	templates?: string[];
	/** How often triggers poll; a divisor of 60. */
	pollEverySeconds?: number;
	/** More environment variables for n8n. */
	n8nEnv?: Record<string, string>;
	/** How n8n is installed and started: as one process with SQLite unless told otherwise. */
	launch?: Launch;
	log?: Log;
	signal?: AbortSignal;
}

export interface LaunchOptions {
	pack: PackedPackage;
	/** The run folder. */
	folder: string;
	env: Record<string, string>;
	log: Log;
	signal?: AbortSignal;
}

export interface LaunchedN8n extends N8nProcess {
	/** Where the vendors' pushes go, without a path. */
	webhookUrl: string;
}

/** When it fails it leaves nothing running. */
export type Launch = (options: LaunchOptions) => Promise<LaunchedN8n>;

export interface Playground {
	n8n: LaunchedN8n & Equipment;
	sandbox: Sandbox;
	slack: SlackSink;
	mail: MailSink;
	/** The tarball that n8n runs. */
	pack: PackedPackage;
	/** Holds n8n's user folder, its log and the tarball. */
	folder: string;
	/** Ends everything; the run folder goes too, unless it is to be kept. */
	stop(options?: { keepFolder?: boolean }): Promise<void>;
}

const CLOSE_TIMEOUT_MS = 15_000;

/** The last-opened is closed first; one failure does not keep the others open. */
class Closers {
	readonly #closers: Array<() => Promise<void>> = [];

	add<T>(thing: T, close: (thing: T) => Promise<void>): T {
		this.#closers.push(async () => await close(thing));
		return thing;
	}

	async closeAll(): Promise<void> {
		for (const close of this.#closers.splice(0).reverse()) {
			const late = sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false });
			await Promise.race([close(), late]).catch((error: unknown) => {
				console.error('While stopping:', error);
			});
		}
	}
}

const launchOne: Launch = async ({ pack, folder, env, signal }) => {
	const userFolder = join(folder, 'n8n');
	await installIntoN8n(pack, userFolder, signal);
	const n8n = await startN8n({ userFolder, env, signal });
	return { ...n8n, webhookUrl: n8n.url };
};

/**
 * A real n8n with the packed pack installed, the four vendors in the sandbox, a Slack webhook and a
 * mailbox, with credentials and workflows in place.
 */
export async function startPlayground(options: PlaygroundOptions = {}): Promise<Playground> {
	const { purpose = 'run', templates = templateNames(), pollEverySeconds = 5 } = options;
	const { n8nEnv = {}, launch = launchOne, log = () => undefined, signal } = options;

	await install(log, signal);
	const folder = makeRunFolder(purpose);
	const closers = new Closers();
	let launched: LaunchedN8n | undefined;
	try {
		const pack = await buildAndPack(folder, log, signal);
		const sandbox = closers.add(await startSandbox(), async (it) => await it.close());
		const slack = closers.add(await startSlackSink(), async (it) => await it.close());
		const mail = closers.add(await startMailSink(), async (it) => await it.close());
		log(`Sandbox, Slack webhook and mailbox listen on 127.0.0.1`);

		log('Starting n8n');
		launched = await launch({ pack, folder, env: n8nEnv, log, signal });
		const n8n = closers.add(launched, async (it) => await it.stop());
		log(`n8n answers at ${n8n.url}`);

		const equipment = await equip({
			url: n8n.url,
			webhookUrl: n8n.webhookUrl,
			sandbox,
			slack,
			mail,
			templates,
			pollEverySeconds,
			log,
		});
		const stop: Playground['stop'] = async ({ keepFolder = false } = {}) => {
			await closers.closeAll();
			if (!keepFolder) rmSync(folder, { recursive: true, force: true });
		};
		return { n8n: { ...n8n, ...equipment }, sandbox, slack, mail, pack, folder, stop };
	} catch (error) {
		await closers.closeAll();
		if (signal?.aborted) {
			rmSync(folder, { recursive: true, force: true });
			throw signal.reason;
		}
		if (launched === undefined) throw error;
		throw withLog(error, launched.lastLines(15));
	}
}
