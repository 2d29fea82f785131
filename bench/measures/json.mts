import { createRequire } from 'node:module';

import { parse } from 'lossless-json';

import type * as Json from '../../lib/json.ts';
import { compareSync } from '../src/compare.mts';
import { compiled } from '../src/compiled.mts';
import type { Measure, Row } from '../src/measure.mts';

const load = createRequire(import.meta.url);
const jsonBigint = load('json-bigint') as (options: object) => { parse(text: string): unknown };

const ids = Array.from({ length: 100 }, (_value, at) => 1471808049579560961n + BigInt(at) * 7919n);

/** A page of 100 tickets: short ids as numbers, text in Chinese and English, times in seconds. */
function ordinaryPage(): string {
	const tickets = ids.map((_id, at) => ({
		id: 1000 + at,
		type: 1,
		title: `云主机 ${at} 无法连接 (VM unreachable)`,
		status: 2,
		priority: 3,
		creator_id: 38361,
		creator_name: '姜程',
		customer_organization_name: '北京金山云网络技术有限公司',
		product_group_id: 36,
		created_time: 1632742075 + at,
		updated_time: 1632742075 + at * 60,
		attachment: [],
		tags: [{ id: 1, name: '紧急客户', is_enabled: true }],
	}));
	return JSON.stringify({
		errno: 10000,
		errmsg: '',
		data: { tickets, pagination: { total: 100 } },
	});
}

/** The same page with seven ids of 19 digits in each ticket, as bare numbers. */
function idPage(): string {
	const names = ['id', 'creator_id', 'customer_id', 'product_id', 'handler', 'manager', 'form_id'];
	const tickets = ids.map((id, at) => {
		const members = names.map((name, index) => `"${name}":${id + BigInt(index)}`).join(',');
		return `{${members},"title":"云主机 ${at} 无法连接","status":2,"created_time":${1632742075 + at}}`;
	});
	return `{"errno":10000,"errmsg":"","data":{"tickets":[${tickets.join(',')}]}}`;
}

export const json: Measure = {
	name: 'json',
	title: 'Exact JSON',
	method:
		'A page of 100 tickets read again and again in one process. lossless-json and json-bigint (ids as text) keep the digits, too; JSON.parse does not.',
	exact: false,
	async run() {
		const { parseJson } = compiled<typeof Json>('lib/json.ts');
		const bigint = jsonBigint({ storeAsString: true });
		const page = ordinaryPage();
		// Without the libraries, whose garbage would be collected at the cost of all.
		const ordinary = compareSync(
			{ ours: () => parseJson(page), native: () => JSON.parse(page) as unknown },
			{ rounds: 601, times: 3 },
		);
		const heavyPage = idPage();
		const heavy = compareSync(
			{
				ours: () => parseJson(heavyPage),
				lossless: () => parse(heavyPage),
				bigint: () => bigint.parse(heavyPage),
			},
			{ rounds: 401, times: 2 },
		);
		const best = (heavy.time.lossless ?? NaN) < (heavy.time.bigint ?? NaN) ? 'lossless' : 'bigint';
		const library = best === 'lossless' ? 'lossless-json' : 'json-bigint';
		const us = (ms: number | undefined) => (ms ?? NaN) * 1000;
		const rows: Row[] = [
			{
				subject: 'ordinary answer, speed against JSON.parse',
				ours: us(ordinary.time.ours),
				theirs: us(ordinary.time.native),
				unit: 'µs',
				figure: ordinary.ratio('native', 'ours'),
				budget: 'json.ordinary',
			},
			{
				subject: `answer full of 19-digit ids, speed against ${library}, the faster of the two`,
				ours: us(heavy.time.ours),
				theirs: us(heavy.time[best]),
				unit: 'µs',
				figure: heavy.ratio(best, 'ours'),
				budget: 'json.ids',
			},
		];
		return rows;
	},
};
