// Runs the measures, prints their table, keeps their figures and checks their budgets.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

import { install } from '../playground/src/install.mts';
import { fill } from '../scripts/docs/fill.mts';
import { throughput } from './measures/items.mts';
import { json } from './measures/json.mts';
import { limit } from './measures/limit.mts';
import { listing } from './measures/list.mts';
import { loading } from './measures/load.mts';
import { polling } from './measures/poll.mts';
import { requests } from './measures/requests.mts';
import { signing } from './measures/signing.mts';
import { size } from './measures/size.mts';
import { webhooks } from './measures/webhooks.mts';
import type { Measure } from './src/measure.mts';
import { KEPT, performanceTable } from './src/page.mts';
import { judge, table, type Budgets, type Result, type Results } from './src/report.mts';

const measures: readonly Measure[] = [
	throughput,
	limit,
	listing,
	size,
	loading,
	polling,
	webhooks,
	json,
	requests,
	signing,
];

const usage = `Usage: npm run bench [-- --only NAME,NAME] [-- --write]
       npm run bench:check [-- --only NAME,NAME]

Measures what the pack costs beside what people would use instead and prints a table; installs n8n into the
playground when it is missing. The figures go to .reports/bench.json. Machines are noisy: look at the ratios.
  --only NAMES     ${measures.map(({ name }) => name).join(', ')}
  --write          keeps the figures in ${KEPT} and writes docs/performance.md
  --check          runs only what does not depend on the machine's speed, fails on a broken budget and ends
                   with "N passed, N failed"
  --budgets FILE   other budgets than bench/budgets.json
`;

const { values } = parseArgs({
	options: {
		only: { type: 'string' },
		write: { type: 'boolean', default: false },
		check: { type: 'boolean', default: false },
		budgets: { type: 'string', default: 'bench/budgets.json' },
		help: { type: 'boolean', default: false },
	},
});
if (values.help) {
	process.stdout.write(usage);
	process.exit(0);
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const versionOf = (manifest: string) => (read(manifest) as { version: string }).version;

async function measured(wanted: readonly Measure[], budgets: Budgets): Promise<Result[]> {
	const results: Result[] = [];
	for (const measure of wanted) {
		const { name, title, method, exact } = measure;
		console.error(`[bench] ${title}`);
		const log = (text: string) => console.error(`[bench]   ${text}`);
		const rows = (await measure.run(log, { exactOnly: values.check })).map((row) =>
			judge(row, exact, budgets),
		);
		const date = new Date().toISOString().slice(0, 10);
		results.push({ name, title, method, date, rows });
	}
	return results;
}

/** Results that are kept, with those that were measured anew in their place. */
async function keep(anew: Results): Promise<void> {
	const before = existsSync(KEPT) ? (read(KEPT) as Results).results : [];
	const results = measures.flatMap(({ name }) => {
		const found = [...anew.results, ...before].find((result) => result.name === name);
		return found ?? [];
	});
	writeFileSync(KEPT, `${JSON.stringify({ ...anew, results }, null, '\t')}\n`);
	await fill('docs/performance.md', { performance: performanceTable }, false);
}

const only = values.only?.split(',');
const wanted = measures.filter(
	({ name, exact }) => (only?.includes(name) ?? true) && (exact || !values.check),
);
if (!values.check) await install((text) => console.error(`[bench] ${text}`));
const results = await measured(wanted, read(values.budgets) as Budgets);
console.log(table(results));
if (values.check) {
	const rows = results.flatMap((result) => result.rows);
	const broken = rows.filter((row) => row.broken);
	for (const { subject, says } of broken) console.error(`Broken budget: ${subject}: ${says}`);
	const checked = rows.filter((row) => row.budget !== undefined && row.timed !== true);
	console.log(`${checked.length - broken.length} passed, ${broken.length} failed`);
	process.exitCode = broken.length > 0 ? 1 : 0;
} else {
	const all: Results = {
		n8n: versionOf('node_modules/n8n-core/package.json'),
		node: process.version,
		cores: availableParallelism(),
		results,
	};
	mkdirSync('.reports', { recursive: true });
	writeFileSync('.reports/bench.json', `${JSON.stringify(all, null, '\t')}\n`);
	if (values.write) await keep(all);
}
// Connections and loggers of n8n would keep the process.
process.exit();
