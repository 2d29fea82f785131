import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { compare } from '../src/compare.mts';
import { itemsOf, listRun, pagesOf, type ListSide } from '../src/lists.mts';
import type { Measure, Row } from '../src/measure.mts';
import type { Held } from '../src/memory.mts';
import { loadEngine, runWell } from '../src/n8n.mts';
import { startVendor } from '../src/vendor.mts';

const TICKETS = 100_000;
const CURVE = [1_000, 10_000, TICKETS];
const ROUNDS = 3;
const PAGES_BESIDE = 3;
const script = join(import.meta.dirname, '..', 'src', 'memory.mts');
const run = promisify(execFile);

const mb = (bytes: number) => bytes / 1e6;
const counted = (count: number) => count.toLocaleString('en');

async function held(side: ListSide, tickets: number): Promise<Held> {
	const args = ['--expose-gc', script, side, String(tickets)];
	return JSON.parse((await run(process.execPath, args)).stdout) as Held;
}

function memoryRows(output: 'simplified' | 'raw', tickets: number, own: Held): Row[] {
	const what = `${counted(tickets)} tickets, ${output}`;
	const budgeted = tickets === TICKETS;
	const beside = Math.max(0, own.peak - own.retained);
	const retained: Row = {
		subject: `${what}, memory retained`,
		ours: mb(own.retained),
		unit: 'MB',
		figure: mb(own.retained),
		...(budgeted ? { budget: `list.${output}` } : {}),
	};
	if (!budgeted) return [retained];
	const blank: Row = {
		subject: `${what}, the same if the tickets had no text at all`,
		ours: mb(own.blank),
		unit: 'MB',
		figure: mb(own.blank),
		remark: 'what V8 takes for the objects of a work order and n8n for an item',
	};
	return [
		retained,
		...(output === 'simplified' ? [blank] : []),
		{
			subject: `${what}, peak above that, in pages of 100 as text and objects`,
			ours: mb(beside),
			theirs: mb(own.page * PAGES_BESIDE),
			unit: 'MB',
			figure: beside / own.page,
			budget: 'list.peak',
			remark: `the other side is what ${PAGES_BESIDE} pages take; the ratio counts pages`,
		},
		{
			subject: `${what}, requests, against the number of pages`,
			ours: own.requests,
			theirs: pagesOf(tickets),
			unit: 'requests',
			figure: own.requests / pagesOf(tickets),
			budget: 'list.requests',
		},
	];
}

async function timeRows(log: (text: string) => void): Promise<Row[]> {
	const engine = await loadEngine();
	const vendor = await startVendor();
	const list = (side: ListSide, tickets: number) => async () => {
		await vendor.set({ tickets });
		await runWell(engine, listRun(side, vendor.address), itemsOf(side, tickets));
	};
	try {
		log('times');
		const { time, ratio } = await compare(
			{
				ours: list('raw', TICKETS),
				simplified: list('simplified', TICKETS),
				http: list('http', TICKETS),
				jira: list('jira', TICKETS),
			},
			{ rounds: ROUNDS },
		);
		const against = (ours: string, other: string, subject: string, budget: string): Row => ({
			subject,
			ours: time[ours] ?? NaN,
			theirs: time[other],
			unit: 'ms',
			figure: ratio(ours, other),
			budget,
			timed: true,
		});
		const curve = await compare(
			Object.fromEntries(CURVE.map((tickets) => [String(tickets), list('simplified', tickets)])),
			{ rounds: ROUNDS },
		);
		return [
			against('ours', 'http', 'raw, against HTTP Request with its pagination', 'list.http'),
			against(
				'simplified',
				'http',
				'simplified, against HTTP Request with its pagination',
				'list.http',
			),
			against('ours', 'jira', "raw, against n8n's Jira node", 'list.jira'),
			against('simplified', 'jira', "simplified, against n8n's Jira node", 'list.jira'),
			...CURVE.map((tickets): Row => {
				const ms = (curve.time[String(tickets)] ?? NaN) / (tickets / 1_000);
				return {
					subject: `simplified, time for each 1,000 of ${counted(tickets)} tickets`,
					ours: ms,
					unit: 'ms',
					figure: ms,
					timed: true,
				};
			}),
		];
	} finally {
		vendor.close();
	}
}

async function otherMemory(own: Readonly<Record<'simplified' | 'raw', Held>>): Promise<Row[]> {
	const rows: Row[] = [];
	for (const [side, name] of [
		['http', 'HTTP Request'],
		['jira', 'Jira'],
	] as const) {
		const other = await held(side, TICKETS);
		for (const key of ['retained', 'peak'] as const) {
			rows.push({
				subject: `raw, memory ${key === 'peak' ? 'at its peak' : key}, against ${name}`,
				ours: mb(own.raw[key]),
				theirs: mb(other[key]),
				unit: 'MB',
				figure: own.raw[key] / other[key],
			});
		}
		rows.push({
			subject: `requests, against ${name}`,
			ours: own.raw.requests,
			theirs: other.requests,
			unit: 'requests',
			figure: own.raw.requests / other.requests,
		});
	}
	return rows;
}

export const listing: Measure = {
	name: 'list',
	title: `Get Many of ${counted(TICKETS)} tickets`,
	method:
		"Kingsoft Cloud's Get Many with Return All in n8n's engine, 100 tickets a page, against a server on loopback. HTTP Request pages through the same list with the same credential and answers an item for each page: a Split Out node would come on top. Jira, the built-in ticket node whose host can be chosen and that pages best (100 a page by token, no page too many), lists the same rows as issues. Memory is measured in a process of its own after garbage collection, its peak while a page is there as text and objects and while a long list is copied; how V8 lets a list grow is not seen.",
	exact: true,
	async run(log, { exactOnly }) {
		log('memory');
		const sizes = exactOnly ? [TICKETS] : CURVE;
		const rows: Row[] = [];
		const last = { simplified: undefined as Held | undefined, raw: undefined as Held | undefined };
		for (const tickets of sizes) {
			const outputs = ['simplified', 'raw'] as const;
			const all = await Promise.all(outputs.map(async (output) => await held(output, tickets)));
			for (const [at, output] of outputs.entries()) {
				const own = all[at] as Held;
				last[output] = own;
				rows.push(...memoryRows(output, tickets, own));
			}
		}
		if (exactOnly) return rows;
		const { simplified, raw } = last as Record<'simplified' | 'raw', Held>;
		return [...rows, ...(await otherMemory({ simplified, raw })), ...(await timeRows(log))];
	},
};
