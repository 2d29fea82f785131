import { createHash } from 'node:crypto';
import { Agent } from 'node:http';

import axios from 'axios';

import { compare, type Compared } from '../src/compare.mts';
import type { Measure, Row } from '../src/measure.mts';
import {
	bareCalls,
	httpRequest,
	items,
	loadEngine,
	runWell,
	ticketNode,
	type NodeRun,
} from '../src/n8n.mts';
import { startVendor } from '../src/vendor.mts';

const ITEMS = 1_000;
const ROUNDS = 9;
/** What the pack has under way at once: reads, writes. */
const WIDTH = { read: 5, write: 1 };

/** What a script with axios would do: sign, send so many at a time, read the answer. */
function bareClient(address: string) {
	const client = axios.create({
		baseURL: address,
		httpAgent: new Agent({ keepAlive: true }),
		proxy: false,
	});
	const signed = () => {
		const Timestamp = String(Date.now());
		const secret = '7c2e9f40-51d8-11ec-9b6e-3d2f5a8c1e77';
		const Sign = createHash('md5').update(`bench${secret}${Timestamp}`).digest('hex');
		return { headers: { AppId: 'bench', Timestamp, Sign } };
	};
	const calls = {
		read: async (id: string) =>
			await client.get('/workorder/api/ticket/base', { params: { id }, ...signed() }),
		write: async (id: string) =>
			await client.post(
				'/workorder/api/ticket/comment_ticket',
				{ detail: '处理中', id: Number(id) },
				signed(),
			),
	};
	return async (kind: keyof typeof calls) => {
		const given = items(ITEMS);
		const answers: unknown[] = [];
		let next = 0;
		const worker = async () => {
			while (next < ITEMS) {
				const at = next++;
				answers[at] = ((await calls[kind](given[at]?.json.id ?? '')) as { data: unknown }).data;
			}
		};
		await Promise.all(Array.from({ length: WIDTH[kind] }, worker));
		return answers;
	};
}

const FLOOR =
	"floor: a node that does nothing but read the field and call n8n's helper, with as many calls under way";

export const throughput: Measure = {
	name: 'items',
	title: '1,000 items, no latency',
	method:
		"One node over 1,000 items in n8n's engine against a server on loopback that does nothing but answer. HTTP Request signs with the pack's credential and sends all calls at once, which is its default. The axios client signs by itself and has as many calls under way as the pack: 5 reads, 1 write. n8n's helper opens a connection for each call, axios keeps them.",
	exact: false,
	async run(log) {
		const engine = await loadEngine();
		const vendor = await startVendor();
		const { address } = vendor;
		const given = items(ITEMS);
		const node = (run: NodeRun) => async () =>
			await runWell(engine, { ...run, items: given }, ITEMS);
		const ticketId = '={{ $json.id }}';
		const comment = { ticketId, detail: '处理中' };
		const http = {
			read: httpRequest(address, {
				url: `=${address}/workorder/api/ticket/base?id={{ $json.id }}`,
			}),
			write: httpRequest(address, {
				method: 'POST',
				url: `${address}/workorder/api/ticket/comment_ticket`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ { "detail": "处理中", "id": Number($json.id) } }}',
			}),
		};
		const bare = bareClient(address);
		try {
			log('reads');
			const reads = await compare(
				{
					ours: node(ticketNode(address, 'get', { ticketId, output: 'raw' })),
					http: node(http.read),
					axios: async () => await bare('read'),
					floor: node(bareCalls(address, 'read', WIDTH.read)),
				},
				{ rounds: ROUNDS },
			);
			log('writes');
			const writes = await compare(
				{
					ours: node(ticketNode(address, 'comment', comment)),
					five: node(
						ticketNode(address, 'comment', { ...comment, requestOptions: { maxConcurrent: 5 } }),
					),
					http: node(http.write),
					axios: async () => await bare('write'),
					floor: node(bareCalls(address, 'write', WIDTH.write)),
				},
				{ rounds: ROUNDS },
			);
			const row =
				({ time, ratio }: Compared, ours: string) =>
				(subject: string, other: string, more: Partial<Row> = {}): Row => ({
					subject,
					ours: time[ours] ?? NaN,
					theirs: time[other],
					unit: 'ms',
					figure: ratio(ours, other),
					...more,
				});
			const read = row(reads, 'ours');
			const write = row(writes, 'ours');
			const wide = row(writes, 'five');
			return [
				read('read, against HTTP Request', 'http', { budget: 'items.http' }),
				read('read, against axios with keep-alive', 'axios', { budget: 'items.axios' }),
				read("read, against n8n's helper alone", 'floor', { remark: FLOOR }),
				write('write, one at a time, against HTTP Request', 'http', {
					budget: 'items.http',
					remark:
						'one change waits for the answer to the one before, so that the first error keeps back the rest; HTTP Request sends all at once',
				}),
				wide('write, Max Concurrent 5, against HTTP Request', 'http', { budget: 'items.http' }),
				write('write, against axios with keep-alive', 'axios', { budget: 'items.axios' }),
				write("write, against n8n's helper alone", 'floor', { remark: FLOOR }),
			];
		} finally {
			vendor.close();
		}
	},
};
