import { channel } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type * as Workflow from 'n8n-workflow';

/** Real ms between two looks, and how many quiet looks in a row mean that everybody waits. */
const LOOK_MS = 4;
const QUIET_LOOKS = 3;

interface Sleeper {
	due: number;
	wake(): void;
}

const realNow = performance.now.bind(performance);
/** What the clock is ahead of the real one. */
let ahead = 0;
/** Where the clock stands. */
let standing: number | undefined;
let jumps = true;
let traffic = 0;
let quietLooks = 0;
let looking: NodeJS.Timeout | undefined;
const sleepers = new Set<Sleeper>();
const underWay = new Set<ClientRequest>();

const now = () => standing ?? realNow() + ahead;

function jumpTo(time: number): void {
	if (standing === undefined) ahead += time - now();
	else standing = time;
}

/** Until the whole answer has come, or none will. */
function watch(request: ClientRequest): void {
	underWay.add(request);
	traffic++;
	request.once('close', () => {
		underWay.delete(request);
		traffic++;
	});
}

function look(): void {
	const earliest = Math.min(...[...sleepers].map(({ due }) => due));
	quietLooks = underWay.size === 0 && traffic === 0 ? quietLooks + 1 : 0;
	traffic = 0;
	if (jumps && quietLooks >= QUIET_LOOKS && earliest > now()) jumpTo(earliest);
	for (const sleeper of sleepers) {
		if (sleeper.due > now()) continue;
		sleepers.delete(sleeper);
		sleeper.wake();
		quietLooks = 0;
	}
	if (sleepers.size > 0) return;
	clearInterval(looking);
	looking = undefined;
}

async function sleep(ms: number): Promise<void> {
	looking ??= setInterval(look, LOOK_MS).unref();
	// A timer takes a ms at least.
	await new Promise<void>((wake) => sleepers.add({ due: now() + Math.max(1, ms), wake }));
}

function replaceSleep(): void {
	if (typeof jest === 'object') {
		jest.doMock('n8n-workflow', () => ({
			...jest.requireActual<typeof Workflow>('n8n-workflow'),
			sleep,
		}));
		return;
	}
	const load = createRequire(join(process.cwd(), 'package.json'));
	const actual = load('n8n-workflow') as typeof Workflow;
	const known = load.cache[load.resolve('n8n-workflow')];
	if (known !== undefined) known.exports = { ...actual, sleep };
}

/**
 * Lets the clock jump over the waits of the nodes: where all of them sleep and no request is under way, it
 * goes to the time at which the first one wakes. Clock and sleep are all that is replaced; the nodes and the
 * sandbox go by the same clock. To be called before the nodes are loaded.
 */
export function skipWaits(): void {
	const started = channel('http.client.request.start');
	const see = (message: unknown) => watch((message as { request: ClientRequest }).request);
	started.subscribe(see);
	// The files of jest share the channel.
	if (typeof jest === 'object') afterAll(() => started.unsubscribe(see));
	const epoch = Date.now() - realNow();
	Date.now = () => Math.round(epoch + now());
	globalThis.performance = Object.create(performance, {
		now: { value: now },
	}) as typeof performance;
	replaceSleep();
}

/** The clock runs, and jumps over waits. */
export function letTimePass(): void {
	if (standing !== undefined) ahead = standing - realNow();
	standing = undefined;
	jumps = true;
}

/** The clock moves by its jumps alone, so that a slow machine takes no time. */
export function letTimeStand(): void {
	standing = now();
}

/** Every wait takes its time. */
export function waitReally(): void {
	jumps = false;
}
