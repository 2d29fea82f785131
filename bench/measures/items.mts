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
const ROUNDS = 7;
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
	"the other side does nothing but read the field and call n8n's helper, with as many calls under way: the floor of every node";

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
		const read = { ticketId, output: 'raw' };
		const comment = { ticketId, detail: '处理中' };
		const allAtOnce = { requestOptions: { maxConcurrent: ITEMS } };
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
					ours: node(ticketNode(address, 'get', read)),
					wide: node(ticketNode(address, 'get', { ...read, ...allAtOnce })),
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
					wide: node(ticketNode(address, 'comment', { ...comment, ...allAtOnce })),
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
			const kinds = [
				{ kind: 'read', result: reads, default: 'five at a time' },
				{ kind: 'write', result: writes, default: 'one at a time' },
			];
			return kinds.flatMap(({ kind, result, default: width }) => {
				const usual = row(result, 'ours');
				const wide = row(result, 'wide');
				return [
					usual(`${kind}, ${width}, against HTTP Request`, 'http', { budget: 'items.http' }),
					wide(`${kind}, all at once, against HTTP Request`, 'http', {
						budget: 'items.http',
						remark: `Max Concurrent ${ITEMS.toLocaleString('en')}, so that both do the same`,
					}),
					usual(`${kind}, ${width}, against axios with keep-alive`, 'axios', {
						budget: 'items.axios',
					}),
					usual(`${kind}, ${width}, against n8n's helper alone`, 'floor', { remark: FLOOR }),
				];
			});
		} finally {
			vendor.close();
		}
	},
};
