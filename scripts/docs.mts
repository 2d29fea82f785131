// Writes the tables of the docs that follow from the code, between <!-- generated:NAME --> marks.
import { fill } from './docs/fill.mts';
import './n8nWorkflow.mts';

const usage = `Usage: npm run docs [-- --check]

Writes the generated tables into the docs; needs a build. Requests are counted by running an example of
every operation against the sandbox.
  --check   writes nothing and fails where a table is stale
`;

const option = process.argv[2];
if (option === '--help') {
	console.log(usage);
	process.exit(0);
}

const { docTables } = await import('./docs/tables.mts');
const tables = await docTables();
process.on('uncaughtException', (error) => {
	console.error(error.message);
	process.exit(1);
});

for (const file of ['README.md', 'docs/operations.md', 'docs/performance.md']) {
	if (!(await fill(file, tables, option === '--check'))) continue;
	if (option === '--check') {
		console.error(`${file} has a stale table. Run "npm run docs".`);
		process.exitCode = 1;
	} else {
		console.log(`${file} written`);
	}
}
