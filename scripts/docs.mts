// Writes the tables of the docs that follow from the code, between <!-- generated:NAME --> marks.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

const usage = `Usage: npm run docs [-- --check]

Writes the generated tables into the docs; needs a build.
  --check   writes nothing and fails where a table is stale
`;

const root = process.cwd();
const load = createRequire(join(root, 'package.json'));

interface Manifest {
	n8n: { nodes: string[] };
}

function nodeDescriptions() {
	const manifest = load('./package.json') as Manifest;
	return manifest.n8n.nodes.map((path) => {
		const exported = load(join(root, path)) as Record<string, new () => INodeType>;
		const [NodeClass] = Object.values(exported);
		if (NodeClass === undefined) throw new Error(`${path} exports no node`);
		return new NodeClass().description;
	});
}

const optionsOf = (property: INodeProperties | undefined) =>
	(property?.options ?? []) as INodePropertyOptions[];

function operationRows(): string[] {
	return nodeDescriptions().flatMap(({ displayName, properties }) => {
		const resources = optionsOf(properties.find(({ name }) => name === 'resource'));
		return resources.flatMap((resource) => {
			const operation = properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource.value),
			);
			return optionsOf(operation).map(
				({ name, description }) =>
					`| ${displayName} | ${resource.name} | ${name} | ${description ?? ''} |`,
			);
		});
	});
}

function triggerRows(): string[] {
	return nodeDescriptions()
		.filter(({ group }) => group.includes('trigger'))
		.map(({ displayName, properties, polling }) => {
			const events = optionsOf(properties.find(({ name }) => name === 'events'));
			return `| ${displayName} | ${polling === true ? 'polling' : 'webhook'} | ${events.map(({ name }) => name).join(', ')} |`;
		});
}

const tables: Record<string, () => string[]> = {
	operations: () => [
		'| node | resource | operation | what it does |',
		'| --- | --- | --- | --- |',
		...operationRows(),
	],
	triggers: () => ['| trigger | how | Trigger On |', '| --- | --- | --- |', ...triggerRows()],
};

const files = ['README.md'];
const option = process.argv[2];
if (option === '--help') {
	console.log(usage);
	process.exit(0);
}

for (const file of files) {
	const before = readFileSync(file, 'utf8');
	const filled = before.replace(
		/(<!-- generated:(\w+) -->\n)[\s\S]*?(<!-- \/generated -->)/g,
		(_all, open: string, name: string, close: string) => {
			const table = tables[name];
			if (table === undefined) throw new Error(`${file} asks for an unknown table: ${name}`);
			return `${open}\n${table().join('\n')}\n\n${close}`;
		},
	);
	const after = await format(filled, { ...(await resolveConfig(file)), filepath: file });
	if (after === before) continue;
	if (option === '--check') {
		console.error(`${file} has a stale table. Run "npm run docs".`);
		process.exitCode = 1;
	} else {
		writeFileSync(file, after);
		console.log(`${file} written`);
	}
}
