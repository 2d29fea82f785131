import type { Measure, Row } from '../src/measure.mts';
import { loadEngine } from '../src/n8n.mts';
import { polledVendors, servePolled, type PolledVendor } from '../src/polled.mts';
import type { News } from '../src/tickets.mts';

const SIZES = [100, 1_000, 10_000, 100_000];
const CHECKED_SIZES = SIZES.slice(0, -1);
/** Below it a state is mostly what it holds of the newest tickets whatever the number of open ones. */
const LARGE = 1_000;
/** The shorter they are, the more of them. */
const quietPolls = (size: number) => (size > 10_000 ? 3 : 7);
const HOUR_MS = 3_600_000;

const counted = (count: number) => count.toLocaleString('en');

interface Poll {
	ms: number;
	requests: number;
	floor: number;
}

interface Measured {
	size: number;
	quiet: Poll;
	busy: Poll;
	/** Bytes in n8n's database. */
	state: number;
}

type Engine = Awaited<ReturnType<typeof loadEngine>>;

async function measured(engine: Engine, vendor: PolledVendor, size: number): Promise<Measured> {
	const { beginAnew } = await import('../../test/engine/engine.mts');
	// The vendors' limits are none of the measure.
	const server = await servePolled(vendor, size, beginAnew);
	const trigger = engine.pollingTrigger(vendor.run(server.address), HOUR_MS);
	const poll = async (news: News): Promise<Poll> => {
		server.requests = 0;
		const floor = vendor.floor(server.tickets, news);
		const before = process.threadCpuUsage();
		const events = await trigger.poll();
		const { user, system } = process.threadCpuUsage(before);
		const ms = (user + system) / 1000;
		const wanted = news.created + news.changed;
		if (events.length !== wanted) {
			throw new Error(`${vendor.name} told ${events.length} events and not ${wanted}`);
		}
		return { ms, requests: server.requests, floor };
	};
	const nothing = { created: 0, changed: 0 };
	try {
		await trigger.poll();
		const quiet: Poll[] = [];
		for (let time = 0; time < quietPolls(size); time++) quiet.push(await poll(nothing));
		const state = Buffer.byteLength(JSON.stringify(trigger.memory()));
		const news = { created: Math.ceil(size / 200), changed: Math.floor(size / 200) };
		server.tickets.change(news);
		const busy = await poll(news);
		const most = Math.max(...quiet.map(({ requests }) => requests));
		const ms = Math.min(...quiet.map((one) => one.ms));
		return { size, quiet: { ms, requests: most, floor: quiet[0]?.floor ?? NaN }, busy, state };
	} finally {
		server.close();
	}
}

/** How something grows: 1 where it doubles with the number of tickets, 2 where it quadruples. */
function power(points: readonly (readonly [size: number, value: number])[]): number {
	const logs = points.map((point) => point.map(Math.log) as [number, number]);
	const mean = (at: 0 | 1) => logs.reduce((sum, log) => sum + log[at], 0) / logs.length;
	const [x, y] = [mean(0), mean(1)];
	const rise = logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0);
	return rise / logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0);
}

function pollRows(vendor: string, what: string, { ms, requests, floor }: Poll): Row[] {
	return [
		{
			subject: `${vendor}, ${what}: requests, against the floor`,
			ours: requests,
			theirs: floor,
			unit: 'requests',
			figure: requests / floor,
			budget: 'poll.requests',
		},
		{ subject: `${vendor}, ${what}: time`, ours: ms, unit: 'ms', figure: ms, timed: true },
	];
}

function rowsOf(vendor: string, all: readonly Measured[]): Row[] {
	const large = all.filter(({ size }) => size >= LARGE);
	const growth = (of: (one: Measured) => number) =>
		power(large.map((one) => [one.size, of(one)] as const));
	const grows = (what: string, figure: number, timed: boolean): Row => ({
		subject: `${vendor}: ${what} grows with the number of tickets to the power of`,
		ours: figure,
		unit: 'power',
		figure,
		budget: 'poll.power',
		timed,
	});
	return [
		...all.flatMap(({ size, quiet, busy, state }): Row[] => [
			...pollRows(vendor, `${counted(size)} open, nothing new`, quiet),
			...pollRows(vendor, `${counted(size)} open, 1% new or changed`, busy),
			{
				subject: `${vendor}, ${counted(size)} open: state, a ticket`,
				ours: state / size,
				unit: 'B',
				figure: state / size,
				...(size >= LARGE
					? { budget: 'poll.state' }
					: { remark: 'what is held of the newest tickets weighs most here; it does not grow' }),
			},
		]),
		grows(
			'time of a poll with nothing new',
			growth(({ quiet }) => quiet.ms),
			true,
		),
		grows(
			'state',
			growth(({ state }) => state),
			false,
		),
	];
}

export const polling: Measure = {
	name: 'poll',
	title: 'Polls',
	method:
		"The polling triggers in n8n's engine against lists on loopback, every change watched; ids have 19 digits. 1% of news is half new tickets and half changed ones. The floor counts the pages of the lists, 100 rows each; a second reading of a list of new tickets that is longer than a page (what moves between two pages could be missed); for Kingdee a page that is not full at the end of each list, because what its count counts is not published; for Kingsoft Cloud one call for each change, whose time no list tells; for Weiban the row that each page shares with the one before. Limits of the vendors are left out. Times are the processor's, the lists' server included; of several polls with nothing new the fastest counts. State is what n8n stores, in bytes of JSON.",
	exact: true,
	async run(log, { exactOnly }) {
		const engine = await loadEngine();
		const rows: Row[] = [];
		for (const vendor of polledVendors) {
			// Loads what is loaded late.
			await measured(engine, vendor, SIZES[0] ?? 0);
			const all: Measured[] = [];
			for (const size of exactOnly ? CHECKED_SIZES : SIZES) {
				log(`${vendor.name}, ${counted(size)}`);
				all.push(await measured(engine, vendor, size));
			}
			rows.push(...rowsOf(vendor.name, all));
		}
		return rows;
	},
};
