import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { writeJson } from '../../sandbox/json.mts';
import { blankWorkOrder as kingdeeOrder } from '../../sandbox/kingdee/workOrder.mts';
import { base, listRow as kingsoftRow } from '../../sandbox/kingsoftCloud/answers.mts';
import { blankTicket } from '../../sandbox/kingsoftCloud/seed.mts';
import { blankWorkOrder as weibanOrder, listRow } from '../../sandbox/weiban/workOrder.mts';
import type { NodeRun } from '../../test/engine/engine.mts';
import { Tickets, type News, type Ticket } from './tickets.mts';

const PAGE = 100;
/** Tickets of the last five minutes, which may become visible late. */
const OVERLAP_ROWS = 16;

const pages = (rows: number) => Math.max(1, Math.ceil(rows / PAGE));
/** A list that may have moved between its pages is read until two readings agree. */
const twice = (count: number) => (count > 1 ? 2 * count : count);

type Given = Readonly<Record<string, unknown>>;

/** A vendor whose lists a polling trigger reads, on loopback: without checks, limits and work. */
export interface PolledVendor {
	readonly name: string;
	readonly statuses: readonly string[];
	row(ticket: Ticket): object;
	/** Undefined for a call that only signs in. */
	answer(tickets: Tickets, path: string, given: Given): string | undefined;
	readonly signIn?: string;
	run(address: string): NodeRun;
	/** The fewest requests of a poll that finds this and misses nothing. */
	floor(tickets: Tickets, news: News): number;
}

const options = { maxEvents: 1_000_000 };

const ticketOf = ({ id, created, updated, status }: Ticket) => ({
	...blankTicket(id, created),
	title: `云主机 ${id} 无法连接 (VM unreachable)`,
	status: Number(status),
	updated_time: updated,
});

const kingsoft = (data: string) =>
	`{"errno":10000,"errmsg":"","request_id":"bench","data":${data}}`;

const kingsoftCloud: PolledVendor = {
	name: 'Kingsoft Cloud',
	statuses: ['1', '2'],
	row: (ticket) => kingsoftRow(ticketOf(ticket), 'digits'),
	answer(tickets, path, { id, page, status, created_start: since }) {
		if (path.endsWith('/base')) {
			const ticket = tickets.one(String(id));
			return ticket && kingsoft(writeJson(base(ticketOf(ticket))));
		}
		const found =
			status === undefined ? tickets.since(Number(since ?? 0)) : tickets.inStatus(String(status));
		const rows = tickets.rows(found, (Number(page) - 1) * PAGE, PAGE);
		return kingsoft(`{"tickets":${rows},"pagination":{"total":${found.length}}}`);
	},
	run: (apiAddress) => ({
		type: 'kingsoftCloudTrigger',
		parameters: { events: ['created', 'statusChanged', 'closed', 'cancelled'], options },
		credentials: {
			kingsoftCloudApi: { environment: 'custom', apiAddress, appId: 'bench', appSecret: 'bench' },
		},
	}),
	// Rows do not tell when a status changed: each change is one read more.
	floor(tickets, { created, changed }) {
		const lists = this.statuses.map((status) => pages(tickets.inStatus(status).length));
		return twice(pages(OVERLAP_ROWS + created)) + lists.reduce((a, b) => a + b) + changed;
	},
};

const kingdee: PolledVendor = {
	name: 'Kingdee',
	statuses: ['C', 'A', 'B', 'F'],
	row({ id, number, status }) {
		return { ...kingdeeOrder(id, number, '2025-10-09 10:00:00'), billstatus: status };
	},
	answer(tickets, _path, { pageindex, andQfilters }) {
		const [filter] = andQfilters as { value: string }[];
		const found = filter === undefined ? tickets.since(0) : tickets.inStatus(filter.value);
		const rows = tickets.rows(found, (Number(pageindex) - 1) * PAGE, PAGE);
		return `{"data":{"rows":${rows},"count":"${found.length}"},"errorCode":"success","status":true,"success":true}`;
	},
	run: (apiAddress) => ({
		type: 'kingdeeTrigger',
		parameters: { events: ['created', 'statusChanged', 'done', 'cannotBeHandled'], options },
		credentials: {
			kingdeeApi: {
				mode: 'accessToken',
				accessToken: 'bench',
				userId: '1',
				groupName: 'bench',
				accountId: '1',
				idcDomain: apiAddress,
				apiAddress,
			},
		},
	}),
	// Newest first down to the oldest of the 100 that are remembered, and the five open states, each to a
	// page that is not full: what the vendor counts is not published.
	floor(tickets, { created }) {
		const lists = ['Z', ...this.statuses].map(
			(status) => Math.floor(tickets.inStatus(status).length / PAGE) + 1,
		);
		const newest = Math.min(tickets.count, PAGE + created);
		return twice(pages(newest)) + lists.reduce((a, b) => a + b);
	},
};

const weiban: PolledVendor = {
	name: 'Weiban',
	statuses: ['10', '20'],
	row({ id, created, updated, status }) {
		const order = { ...weibanOrder(id, '100', created), id: id.slice(-9).replace(/^0+/, '') };
		return listRow({ ...order, updated_at: updated, status: Number(status) });
	},
	answer(tickets, path, given) {
		if (!path.endsWith('/list')) return undefined;
		const found = tickets.since(Number(given.start_time ?? 0));
		const rows = tickets.rows(found, Number(given.offset ?? 0), PAGE);
		return `{"errcode":0,"errmsg":"ok","total":${found.length},"workorder_list":${rows}}`;
	},
	signIn: '{"errcode":0,"errmsg":"ok","access_token":"bench","expires_in":7200}',
	run: (apiAddress) => ({
		type: 'weibanPollingTrigger',
		parameters: { events: ['created', 'handedOver', 'other'], options },
		credentials: { weibanApi: { apiAddress, corpId: 'bench', secret: 'bench' } },
	}),
	// A page begins with the last row of the one before: only so rows that moved are noticed.
	floor: (tickets) => Math.max(1, Math.ceil((tickets.count - 1) / (PAGE - 1))),
};

export const polledVendors: readonly PolledVendor[] = [kingdee, kingsoftCloud, weiban];

export interface Polled {
	readonly address: string;
	tickets: Tickets;
	/** Without those that sign in. */
	requests: number;
	close(): void;
}

/** Serves one vendor's lists. */
export async function servePolled(
	vendor: PolledVendor,
	count: number,
	onRequest: () => void,
): Promise<Polled> {
	const tickets = new Tickets(count, vendor.statuses, (ticket) => vendor.row(ticket));
	const server = createServer((request, response) => {
		void (async () => {
			const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
			const body = await text(request);
			const given = {
				...Object.fromEntries(searchParams),
				...(body === '' ? {} : (JSON.parse(body) as Given)),
			};
			const answer = vendor.answer(tickets, pathname, given);
			if (answer !== undefined) polled.requests++;
			onRequest();
			response.setHeader('content-type', 'application/json');
			response.end(answer ?? vendor.signIn);
		})();
	});
	server.keepAliveTimeout = 600_000;
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	const polled: Polled = {
		address: `http://127.0.0.1:${port}`,
		tickets,
		requests: 0,
		close: () => server.close(),
	};
	return polled;
}
