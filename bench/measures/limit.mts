import { compare, median } from '../src/compare.mts';
import type { Measure, Row } from '../src/measure.mts';
import { bareCalls, httpRequest, items, loadEngine, runWell, ticketNode } from '../src/n8n.mts';
import { startVendor, type StubReport } from '../src/vendor.mts';

const ITEMS = 1_000;
const MOST = 5;
const LATENCY_MS = 50;
const ROUNDS = 2;

export const limit: Measure = {
	name: 'limit',
	title: '1,000 reads, 50 ms latency, at most 5 in flight',
	method:
		"One node over 1,000 items in n8n's engine; the server answers after 50 ms and refuses a call with HTTP 429 while five others are under way. The least is the time that the server kept calls under way, divided by five. HTTP Request goes on after errors, so that it comes to an end.",
	exact: false,
	async run() {
		const engine = await loadEngine();
		const vendor = await startVendor();
		const { address } = vendor;
		const given = items(ITEMS);
		const reports = new Map<string, StubReport[]>();
		const watched = (name: string, work: () => Promise<unknown>) => async () => {
			await vendor.set({ latencyMs: LATENCY_MS, most: MOST });
			const start = performance.now();
			await work();
			const report = await vendor.report();
			reports.set(name, [...(reports.get(name) ?? []), report]);
			return performance.now() - start;
		};
		const url = `=${address}/workorder/api/ticket/base?id={{ $json.id }}`;
		const http = (options: object) => async () => {
			const run = httpRequest(address, { url, options: { ...options } });
			await runWell(engine, { ...run, items: given, onError: 'continueRegularOutput' }, ITEMS);
		};
		const batches = (batchInterval: number) =>
			http({ batching: { batch: { batchSize: MOST, batchInterval } } });
		try {
			const ours = ticketNode(address, 'get', { ticketId: '={{ $json.id }}', output: 'raw' });
			const { time, ratio } = await compare(
				{
					ours: watched('ours', async () => {
						await runWell(engine, { ...ours, items: given }, ITEMS);
					}),
					all: watched('all', http({})),
					close: watched('close', batches(LATENCY_MS)),
					wide: watched('wide', batches(2 * LATENCY_MS)),
					floor: watched('floor', async () => {
						const bare = bareCalls(address, 'read', MOST);
						await runWell(engine, { ...bare, items: given }, ITEMS);
					}),
				},
				{ rounds: ROUNDS },
			);
			const middle = (name: string, key: keyof StubReport) =>
				median((reports.get(name) ?? []).slice(1).map((report) => report[key]));
			const least = middle('ours', 'busyMs') / MOST;
			const rows: Row[] = [
				{
					subject: 'time, against the least that the limit allows',
					ours: time.ours ?? NaN,
					theirs: least,
					unit: 'ms',
					figure: (time.ours ?? NaN) / least,
					budget: 'limit.time',
				},
				{
					subject: 'refusals',
					ours: middle('ours', 'refusals'),
					unit: 'refusals',
					figure: Math.max(...(reports.get('ours') ?? []).map(({ refusals }) => refusals)),
					budget: 'limit.refusals',
				},
			];
			rows.push({
				subject: "time, against n8n's helper alone, five at a time",
				ours: time.ours ?? NaN,
				theirs: time.floor,
				unit: 'ms',
				figure: ratio('ours', 'floor'),
			});
			for (const [side, name] of [
				['all', 'HTTP Request, all at once'],
				['close', `HTTP Request, ${MOST} every ${LATENCY_MS} ms`],
				['wide', `HTTP Request, ${MOST} every ${2 * LATENCY_MS} ms`],
			] as const) {
				rows.push(
					{
						subject: `time, against ${name}`,
						ours: time.ours ?? NaN,
						theirs: time[side],
						unit: 'ms',
						figure: ratio('ours', side),
					},
					{
						subject: `refusals, against ${name}`,
						ours: middle('ours', 'refusals'),
						theirs: middle(side, 'refusals'),
						unit: 'refusals',
						figure: middle('ours', 'refusals') / middle(side, 'refusals'),
					},
				);
			}
			return rows;
		} finally {
			vendor.close();
		}
	},
};
