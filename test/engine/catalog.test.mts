import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { startSandbox, type Sandbox, type Vendor } from '../../sandbox/index.mts';
import { Engine } from './engine.mts';
import { runExample } from './examples/index.mts';

const root = process.cwd();
const load = createRequire(join(root, 'package.json'));
const { nodes } = (load('./package.json') as { n8n: { nodes: string[] } }).n8n;

const loaded = nodes.map((path) => {
	const [NodeClass] = Object.values(load(join(root, path)) as Record<string, new () => INodeType>);
	if (NodeClass === undefined) throw new Error(`${path} exports no node`);
	return { path, folder: dirname(join(root, path)), description: new NodeClass().description };
});

const optionsOf = (property: INodeProperties | undefined) =>
	(property?.options ?? []) as INodePropertyOptions[];

const operations = loaded.flatMap(({ folder, description: { name, displayName, properties } }) =>
	properties
		.filter(({ name }) => name === 'operation')
		.flatMap((operation) => {
			const resource = String(operation.displayOptions?.show?.resource?.[0]);
			return optionsOf(operation).map((option) => ({
				title: `${displayName}: ${resource}: ${option.name}`,
				vendor: name as Vendor,
				name: `${resource}.${String(option.value)}`,
				option,
				schema: join(folder, '__schema__', 'v1.0.0', resource, `${String(option.value)}.json`),
			}));
		}),
);

let engine: Engine;
let sandbox: Sandbox;
beforeAll(async () => {
	engine = await Engine.load();
	sandbox = await startSandbox();
}, 60_000);
afterAll(async () => await sandbox.close());

const guide = readFileSync(join(root, 'docs/operations.md'), 'utf8');

test.each(operations)(
	'$title has an action text, a description and an output schema',
	(operation) => {
		expect(operation.option.action).toMatch(/^[A-Z][^.]+$/);
		expect(operation.option.description).toBeTruthy();
		expect(existsSync(operation.schema)).toBe(true);
		expect(JSON.parse(readFileSync(operation.schema, 'utf8'))).toMatchObject({
			type: 'object',
			properties: expect.any(Object),
		});
	},
);

test.each(operations)(
	'$title has an example that yields what its schema describes, and a row in the docs',
	async ({ vendor, name, schema, title }) => {
		const { items } = await runExample(engine, sandbox, vendor, name);
		const { properties, additionalProperties = false } = JSON.parse(
			readFileSync(schema, 'utf8'),
		) as { properties: object; additionalProperties?: boolean };
		expect(items.length).toBeGreaterThan(0);
		for (const item of items) {
			const [described, given] = [Object.keys(properties), Object.keys(item)];
			// A record that is the vendor's own has at least what is described.
			if (additionalProperties) expect(given).toEqual(expect.arrayContaining(described));
			else expect(described).toEqual(expect.arrayContaining(given));
		}
		const [node = '', , operation = ''] = title.split(': ');
		expect(guide).toMatch(new RegExp(`\\| ${node} +\\| [^|]+\\| ${operation} +\\|`));
	},
);

test.each(loaded)('$path has its codex, both icons and says whether it is a tool', (node) => {
	const { description, folder, path } = node;
	const codex = join(root, path.replace(/\.js$/, '.json'));
	expect(JSON.parse(readFileSync(codex, 'utf8'))).toMatchObject({
		node: `n8n-nodes-gongdan.${description.name}`,
		alias: expect.arrayContaining(['工单', 'work order', 'ticket']),
	});
	const icon = description.icon as { light: string; dark: string };
	for (const file of [icon.light, icon.dark]) {
		expect(existsSync(join(folder, file.replace('file:', '')))).toBe(true);
	}
	expect(description.usableAsTool).toBe(description.group.includes('trigger') ? undefined : true);
});

test.each(loaded)('$path tells the AI builder what it is for', ({ description }) => {
	expect(description.builderHint?.searchHint).toMatch(/工单/);
});

/** A field with those inside its collections. */
const withInner = (field: INodeProperties): INodeProperties[] => [
	field,
	...(field.options ?? []).flatMap((option) => {
		if ('values' in option) return option.values.flatMap(withInner);
		return 'type' in option ? withInner(option) : [];
	}),
];

const dateFields = loaded.flatMap(({ description: { displayName, properties } }) =>
	properties
		.flatMap(withInner)
		.filter(({ type }) => type === 'dateTime')
		.map((field) => ({ title: `${displayName}: ${field.displayName}`, field })),
);

test.each(dateFields)('$title says its time zone', ({ field }) => {
	expect(field.description).toMatch(/\b(zone|China time)\b/);
});

const lists = loaded.flatMap(({ description: { displayName, properties } }) =>
	properties
		.flatMap(withInner)
		.filter(({ type }) => ['options', 'multiOptions', 'collection'].includes(type))
		.map((field) => ({
			title: `${displayName}: ${field.displayName}`,
			names: (field.options ?? []).map((option) =>
				'displayName' in option ? option.displayName : option.name,
			),
		}))
		.filter(({ names }) => names.length >= 5),
);

test.each(lists)('$title shows what there is in the order of the alphabet', ({ names }) => {
	expect(names).toEqual([...names].sort());
});

const placeholders = loaded.flatMap(({ description: { displayName, properties } }) =>
	properties
		.flatMap(withInner)
		.filter(({ placeholder }) => placeholder !== undefined)
		.map(({ placeholder, displayName: field }) => ({
			title: `${displayName}: ${field}`,
			placeholder,
		})),
);

test.each(placeholders)('$title begins its placeholder as n8n does', ({ placeholder }) => {
	expect(placeholder).toMatch(/^(e\.g\. |Add [A-Z])/);
});

test.each(loaded)(
	'$path says of a trigger, and of nothing else, that it starts workflows',
	(node) => {
		const { description, group } = node.description;
		expect(description.startsWith('Starts the workflow when ')).toBe(group.includes('trigger'));
	},
);

const people = loaded.flatMap(({ description: { displayName, properties } }) =>
	properties
		.flatMap(withInner)
		.filter(({ name }) => /^(handlerId|otherHandlerId|staffId|copiedStaff)$/.test(name))
		.map((field) => ({ title: `${displayName}: ${field.displayName}`, field })),
);

test.each(people)('$title is picked from a list of the staff', ({ field }) => {
	expect(field.type).toBe('resourceLocator');
	expect(field.modes?.[0]?.typeOptions?.searchListMethod).toBe('searchStaff');
});
