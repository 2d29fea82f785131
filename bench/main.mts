import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { throughput } from './measures/items.mts';
import { json } from './measures/json.mts';
import { limit } from './measures/limit.mts';
import { loading } from './measures/load.mts';
import { signing } from './measures/signing.mts';
import { size } from './measures/size.mts';
import type { Budget, Measure } from './src/measure.mts';
import { judge, table, type Result } from './src/report.mts';

const measures: readonly Measure[] = [throughput, limit, size, loading, json, signing];

const usage = `Usage: npm run bench [-- --only NAME,NAME] [-- --check]

Measures what the pack costs beside what people would use instead and prints a table; needs a build. The
figures go to .reports/bench.json. Machines are noisy: look at the ratios.
  --only NAMES   ${measures.map(({ name }) => name).join(', ')}
  --check        runs only what does not depend on the machine's speed and fails on a broken budget
`;

const { values } = parseArgs({
	options: {
		only: { type: 'string' },
		check: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});
if (values.help) {
	process.stdout.write(usage);
	process.exit(0);
}

const budgets = JSON.parse(readFileSync('bench/budgets.json', 'utf8')) as Record<string, Budget>;
const wanted = values.only?.split(',');
const results: Result[] = [];
for (const measure of measures) {
	if (wanted !== undefined && !wanted.includes(measure.name)) continue;
	if (values.check && !measure.exact) continue;
	console.error(`[bench] ${measure.title}`);
	const rows = await measure.run((text) => console.error(`[bench]   ${text}`));
	results.push({
		name: measure.name,
		title: measure.title,
		method: measure.method,
		exact: measure.exact,
		rows: rows.map((row) => judge(row, budgets)),
	});
}
console.log(table(results));
mkdirSync('.reports', { recursive: true });
if (!values.check) {
	writeFileSync('.reports/bench.json', `${JSON.stringify({ results }, null, '\t')}\n`);
}
const broken = results
	.filter(({ exact }) => exact)
	.flatMap(({ rows }) => rows.filter(({ holds }) => holds === false));
for (const { subject, says } of broken) console.error(`Broken budget: ${subject}: ${says}`);
if (values.check && broken.length > 0) process.exitCode = 1;
