// Lists all tickets once and prints what that holds in memory: memory.mts SIDE TICKETS ADDRESS, with --expose-gc.
import { setTimeout as sleep } from 'node:timers/promises';

import type * as WorkOrders from '../../nodes/KingsoftCloud/workOrder.ts';
import { compiled } from './compiled.mts';
import { itemsOf, listRun, pagesOf, type ListSide } from './lists.mts';
import { loadEngine, runWell } from './n8n.mts';
import { startVendor } from './vendor.mts';

export interface Held {
	/** Bytes that the output holds. */
	retained: number;
	/** Most bytes that were in use at once; looked at after parsing some of the pages and while long lists are copied. */
	peak: number;
	/** Bytes of one page, its text and its rows. */
	page: number;
	/** Bytes of as many work orders that hold no text at all, as items. */
	blank: number;
	requests: number;
}

const LOOKS = 12;
const LONG_LIST = 5_000;

const collect = () => (globalThis as unknown as { gc: () => void }).gc();
const inUse = () => {
	for (let time = 0; time < 2; time++) collect();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
};

const [side, given] = process.argv.slice(2) as [ListSide, string];
const tickets = Number(given);

const engine = await loadEngine();
const vendor = await startVendor();
const list = async (count: number) => {
	await vendor.set({ tickets: count });
	return await runWell(engine, listRun(side, vendor.address), itemsOf(side, count));
};
// Loads what is loaded late, and lets go of what the last run still holds.
for (let round = 0; round < 3; round++) await list(300);
await sleep(500);

let peak = 0;
let pageText = '';
let parsed = 0;
const every = Math.ceil(pagesOf(tickets) / LOOKS);
const look = () => (peak = Math.max(peak, inUse()));
const parse = JSON.parse;
const lists = Array.prototype;
const { map, flat } = lists;
/** The moments at which most is in use: a page as text and as rows, a list and its copy. */
function watch(): void {
	JSON.parse = (text: string, ...more) => {
		const isPage = text.length > 10_000;
		if (isPage) parsed++;
		const looks = isPage && (parsed % every === 0 || parsed === pagesOf(tickets));
		const value: unknown = parse(text, ...more);
		if (looks) look();
		if (looks) pageText = text;
		return value;
	};
	const looking = <This, Given extends unknown[], Answer extends unknown[]>(
		copy: (this: This, ...given: Given) => Answer,
	) =>
		function (this: This, ...given: Given): Answer {
			const copied = copy.apply(this, given);
			if (copied.length >= LONG_LIST) look();
			return copied;
		};
	Object.assign(lists, { map: looking(map), flat: looking(flat as never) });
}

const before = inUse();
watch();
const output = await list(tickets);
JSON.parse = parse;
Object.assign(lists, { map, flat });
const { requests } = await vendor.report();
const retained = inUse() - before;
look();
const copies = 50;
const empty = inUse();
const pages = Array.from({ length: copies }, () => parse(pageText) as unknown);
const page = (inUse() - empty) / pages.length + 2 * pageText.length;
const { toWorkOrder } = compiled<typeof WorkOrders>('nodes/KingsoftCloud/workOrder.ts');
const pairedItem = { item: 0 };
const none = inUse();
const blanks = Array.from({ length: tickets }, () => ({ json: toWorkOrder({}), pairedItem }));
const blank = ((inUse() - none) / blanks.length) * tickets;
const held: Held = { retained, peak: peak - before, page, blank, requests };
console.log(JSON.stringify(held));
vendor.close();
// The output lives until here.
process.exit(output.length === itemsOf(side, tickets) ? 0 : 1);
