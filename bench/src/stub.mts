// A vendor that costs next to nothing: what is measured is the caller. Runs in a process of its own.
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { base, listRow } from '../../sandbox/kingsoftCloud/answers.mts';
import { blankTicket } from '../../sandbox/kingsoftCloud/seed.mts';
import { writeJson } from '../../sandbox/json.mts';
import type { StubOptions, StubReport } from './vendor.mts';

const FIRST_ID = 40_001;
const JIRA_PAGE = 100;

let options: StubOptions = { latencyMs: 0, tickets: 0 };
const nothing: StubReport = { requests: 0, refusals: 0, mostInFlight: 0, busyMs: 0 };
let report = { ...nothing };
let inFlight = 0;
/** Pages as text: made once, so that the rounds after the first cost the same. */
const pages = new Map<string, string>();

/** As a customer's ticket is: its own number, title, text and times; people and products come again. */
function ticket(at: number) {
	const id = String(FIRST_ID + at);
	const created = 1_632_742_075 + at * 61;
	return {
		...blankTicket(id, created),
		title: `云主机 ${id} 无法连接 (VM unreachable)`,
		detail: `客户反馈云主机自 ${at % 24} 点起无法连接，重启后仍无法恢复，请尽快处理。`,
		status: (at % 4) + 1,
		creator_id: String(38_361 + (at % 50)),
		creator_name: `客户经理${at % 50}`,
		customer_organization_name: `北京客户${at % 500}网络技术有限公司`,
		handler: String(1_001 + (at % 40)),
		manager: String(2_001 + (at % 10)),
		product_group_name: '云服务器',
		updated_time: created + 3_600,
		closed_time: at % 4 === 2 ? created + 7_200 : 0,
		form_values: [],
	} as unknown as Parameters<typeof base>[0];
}

const envelope = (data: object) => ({ errno: 10000, errmsg: '', request_id: 'bench', data });
const TICKET = writeJson(envelope(base(ticket(0))));
const DONE = writeJson(envelope({}));

function kept(key: string, make: () => object): string {
	const text = pages.get(key) ?? writeJson(make());
	pages.set(key, text);
	return text;
}

function rows(from: number, count: number) {
	const length = Math.max(0, Math.min(count, options.tickets - from));
	return Array.from({ length }, (_value, at) => listRow(ticket(from + at), 'digits'));
}

function ticketPage(body: string): string {
	const { page, page_size: size } = JSON.parse(body) as { page: number; page_size: number };
	return kept(`${page} ${size} ${options.tickets}`, () =>
		envelope({
			tickets: rows((page - 1) * size, size),
			pagination: { page, page_size: size, total: options.tickets },
		}),
	);
}

/** The same rows as issues of Jira Cloud's enhanced search, which hands out a token for the next page. */
function issuePage(body: string): string {
	const { nextPageToken = '0' } = JSON.parse(body) as { nextPageToken?: string };
	const from = Number(nextPageToken);
	const next = from + JIRA_PAGE;
	return kept(`jira ${from} ${options.tickets}`, () => ({
		issues: rows(from, JIRA_PAGE).map(({ id, ...fields }) => ({
			id: String(id),
			key: `BENCH-${id}`,
			fields,
		})),
		...(next < options.tickets ? { nextPageToken: String(next) } : { isLast: true }),
	}));
}

function answer(path: string, body: string): string {
	if (path.startsWith('/workorder/api/ticket/base')) return TICKET;
	if (path === '/workorder/api/ticket/list_tickets') return ticketPage(body);
	if (path === '/rest/api/2/search/jql') return issuePage(body);
	return DONE;
}

function send(response: ServerResponse, status: number, text: string): void {
	const length = Buffer.byteLength(text);
	response.writeHead(status, { 'content-type': 'application/json', 'content-length': length });
	response.end(text);
}

const server = createServer((request, response) => {
	const { most = Infinity, latencyMs } = options;
	report.requests++;
	if (inFlight >= most) {
		report.refusals++;
		request.resume();
		send(response, 429, '{"errno":429,"errmsg":"too many"}');
		return;
	}
	inFlight++;
	const arrived = performance.now();
	report.mostInFlight = Math.max(report.mostInFlight, inFlight);
	const pieces: Buffer[] = [];
	request.on('data', (piece: Buffer) => pieces.push(piece));
	request.on('end', () => {
		const give = () => {
			inFlight--;
			report.busyMs += performance.now() - arrived;
			send(response, 200, answer(request.url ?? '/', Buffer.concat(pieces).toString()));
		};
		if (latencyMs === 0) give();
		else void sleep(latencyMs).then(give);
	});
});
// A client that asks again on a connection just given up would see it reset.
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
	const { port } = server.address() as { port: number };
	process.send?.({ address: `http://127.0.0.1:${port}` });
});

process.on('message', (message: StubOptions | 'report') => {
	if (message === 'report') {
		process.send?.({ report });
		return;
	}
	options = message;
	report = { ...nothing };
	process.send?.({ report });
});
process.on('disconnect', () => process.exit());
