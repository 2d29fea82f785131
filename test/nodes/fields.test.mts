import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { Kingdee } from '../../nodes/Kingdee/Kingdee.node.ts';
import { KingdeeTrigger } from '../../nodes/Kingdee/KingdeeTrigger.node.ts';
import { KingsoftCloud } from '../../nodes/KingsoftCloud/KingsoftCloud.node.ts';
import { KingsoftCloudTrigger } from '../../nodes/KingsoftCloud/KingsoftCloudTrigger.node.ts';
import { SevenMoor } from '../../nodes/SevenMoor/SevenMoor.node.ts';
import { SevenMoorDictionaryTrigger } from '../../nodes/SevenMoor/SevenMoorDictionaryTrigger.node.ts';
import { SevenMoorTrigger } from '../../nodes/SevenMoor/SevenMoorTrigger.node.ts';
import { Weiban } from '../../nodes/Weiban/Weiban.node.ts';
import { WeibanPollingTrigger } from '../../nodes/Weiban/WeibanPollingTrigger.node.ts';
import { WeibanTrigger } from '../../nodes/Weiban/WeibanTrigger.node.ts';

const nodes: INodeType[] = [
	new Kingdee(),
	new KingdeeTrigger(),
	new KingsoftCloud(),
	new KingsoftCloudTrigger(),
	new SevenMoor(),
	new SevenMoorDictionaryTrigger(),
	new SevenMoorTrigger(),
	new Weiban(),
	new WeibanPollingTrigger(),
	new WeibanTrigger(),
];

const inside = (field: INodeProperties): INodeProperties[] => [
	field,
	...(field.options ?? []).flatMap((option) => {
		if ('values' in option) return option.values.flatMap(inside);
		return 'type' in option ? inside(option) : [];
	}),
];
const fields = nodes.flatMap(({ description: { displayName, properties } }) =>
	properties.flatMap(inside).map((field) => ({ node: displayName, field })),
);
const where = ({ node, field }: (typeof fields)[number]) => `${node}: ${field.displayName}`;

/** The kinds of fields that the pack uses, and what each starts with. */
const startsWith: Record<string, (value: unknown) => boolean> = {
	boolean: (value) => typeof value === 'boolean',
	collection: (value) => JSON.stringify(value) === '{}',
	dateTime: (value) => value === '',
	fixedCollection: (value) => JSON.stringify(value) === '{}',
	hidden: () => true,
	json: (value) => typeof value === 'string',
	multiOptions: (value) => Array.isArray(value),
	notice: (value) => value === '',
	number: (value) => typeof value === 'number',
	options: (value) => typeof value === 'string' || typeof value === 'number',
	resourceLocator: (value) => JSON.stringify(value) === '{"mode":"list","value":""}',
	resourceMapper: (value) => typeof value === 'object',
	// Several of them are a list.
	string: (value) => typeof value === 'string' || Array.isArray(value),
};

test('every field has a title, a name, a type and a value of this type to start with', () => {
	for (const entry of fields) {
		const { displayName, name, type, default: first } = entry.field;
		expect([where(entry), /^[A-Z0-9]/.test(displayName)]).toEqual([where(entry), true]);
		expect([where(entry), /^[a-z]\w*$/i.test(name)]).toEqual([where(entry), true]);
		expect([where(entry), type, startsWith[type]?.(first)]).toEqual([where(entry), type, true]);
	}
});

test('a description is one, and where a title does not say it all there is one', () => {
	for (const entry of fields) {
		const { type, description } = entry.field;
		const isNeeded = ['boolean', 'number', 'dateTime', 'resourceLocator'].includes(type);
		const isThere = description === undefined ? !isNeeded : description.length >= 10;
		expect([where(entry), description, isThere]).toEqual([where(entry), description, true]);
	}
});

test('a yes or no asks whether', () => {
	const others = fields
		.filter(({ field }) => field.type === 'boolean')
		.filter(({ field }) => field.description?.startsWith('Whether ') !== true);
	expect(others.map(where)).toEqual([]);
});

test('options to choose from have names and values, each its own, and hold what is chosen first', () => {
	for (const entry of fields) {
		const { type, default: first } = entry.field;
		if (type !== 'options' && type !== 'multiOptions') continue;
		if (entry.field.typeOptions?.loadOptionsMethod !== undefined) continue;
		const options = (entry.field.options ?? []) as INodePropertyOptions[];
		expect([where(entry), options.length > 0]).toEqual([where(entry), true]);
		for (const { name, value } of options) {
			expect([where(entry), name, /^\S/.test(name), value === undefined]).toEqual([
				where(entry),
				name,
				true,
				false,
			]);
		}
		for (const part of ['name', 'value'] as const) {
			expect([where(entry), new Set(options.map((option) => option[part])).size]).toEqual([
				where(entry),
				options.length,
			]);
		}
		const values = options.map(({ value }) => value);
		const chosen = Array.isArray(first) ? first : [first];
		expect([where(entry), chosen.filter((value) => !values.includes(value as never))]).toEqual([
			where(entry),
			[],
		]);
	}
});

test('the fields of a collection stand in the order of their titles', () => {
	for (const entry of fields.filter(({ field }) => field.type === 'collection')) {
		const titles = (entry.field.options ?? []).map((option) =>
			'displayName' in option ? option.displayName : '',
		);
		const sorted = [...titles].sort((a, b) => (a < b ? -1 : 1));
		expect([where(entry), titles]).toEqual([where(entry), sorted]);
	}
});

/** What a field can be set to; undefined where it is free. */
function choicesOf({ type, options = [] }: INodeProperties): unknown[] | undefined {
	if (type === 'boolean') return [true, false];
	if (type !== 'options' && type !== 'multiOptions') return undefined;
	return (options as INodePropertyOptions[]).map(({ value }) => value);
}

/** Fields with those that stand beside them: the fields of a collection have their own. */
const withNeighbours = (
	list: readonly INodeProperties[],
): [INodeProperties, readonly INodeProperties[]][] =>
	list.flatMap((field) => [
		[field, list] as [INodeProperties, readonly INodeProperties[]],
		...(field.options ?? []).flatMap((option) => {
			if ('values' in option) return withNeighbours(option.values);
			return 'type' in option ? withNeighbours(field.options as INodeProperties[]) : [];
		}),
	]);

test.each(nodes)(
	'a field is shown or hidden for what other fields can be set to: $description.displayName',
	({ description: { properties } }) => {
		for (const [{ displayName, displayOptions }, neighbours] of withNeighbours(properties)) {
			for (const conditions of Object.values(displayOptions ?? {}) as Record<string, unknown[]>[]) {
				expect([displayName, Object.keys(conditions)]).not.toEqual([displayName, []]);
				for (const [key, values] of Object.entries(conditions)) {
					if (key === '@tool') continue;
					const list = key.startsWith('/') ? properties : neighbours;
					const others = list.filter(({ name }) => name === key.replace(/^\//, ''));
					const choices = others.flatMap((other) => choicesOf(other) ?? []);
					expect([displayName, key, others.length > 0]).toEqual([displayName, key, true]);
					expect([displayName, choices]).toEqual([displayName, expect.arrayContaining(values)]);
				}
			}
		}
	},
);

test('a list of ids can be picked from, and an id be entered', () => {
	for (const entry of fields.filter(({ field }) => field.type === 'resourceLocator')) {
		const { modes = [] } = entry.field;
		const [list, id, ...others] = modes;
		expect(list).toMatchObject({
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose…',
		});
		expect(list?.typeOptions?.searchable).toBe(true);
		const search = String(list?.typeOptions?.searchListMethod);
		const found = nodes.some((node) => node.methods?.listSearch?.[search] !== undefined);
		expect([where(entry), search, found]).toEqual([where(entry), search, true]);
		expect(id).toMatchObject({ name: 'id', type: 'string' });
		expect(id?.displayName).toMatch(/^By (ID|Number)$/);
		for (const validation of id?.validation ?? []) {
			expect(validation).toMatchObject({
				type: 'regex',
				properties: {
					regex: expect.stringMatching(/^\^.*\$$/),
					errorMessage: expect.stringMatching(/^Enter/),
				},
			});
		}
		for (const {
			displayName,
			name,
			type,
			placeholder = '',
			extractValue,
			validation = [],
		} of others.filter(({ placeholder = '' }) => placeholder.includes('https://'))) {
			expect({ displayName, name, type }).toEqual({
				displayName: 'By URL',
				name: 'url',
				type: 'string',
			});
			const pattern = extractValue?.type === 'regex' ? extractValue.regex : undefined;
			expect(
				new RegExp(String(pattern)).exec(placeholder.replace(/^e\.g\. /, ''))?.[1],
			).toBeTruthy();
			expect(validation).toEqual([
				{
					type: 'regex',
					properties: { regex: pattern, errorMessage: expect.stringMatching(/^Enter/) },
				},
			]);
		}
		for (const { placeholder = '' } of modes.slice(1)) expect(placeholder).toMatch(/^e\.g\. \S/);
	}
});

test.each(nodes.filter(({ description: { group } }) => !group.includes('trigger')))(
	'a person chooses resource, operation and what belongs to them: $description.displayName',
	({ description: { properties } }) => {
		const [resource, ...others] = properties;
		expect(resource).toMatchObject({
			displayName: 'Resource',
			name: 'resource',
			noDataExpression: true,
		});
		expect(resource?.displayOptions).toBeUndefined();
		expect(properties.at(-1)).toMatchObject({ name: 'requestOptions', placeholder: 'Add Option' });
		const names = (resource?.options as INodePropertyOptions[]).map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		const resources = (resource?.options as INodePropertyOptions[]).map(({ value }) => value);
		const operations = others.filter(({ name }) => name === 'operation');
		expect(operations.map(({ displayOptions }) => displayOptions?.show)).toEqual(
			expect.arrayContaining(resources.map((value) => ({ resource: [value] }))),
		);
		for (const operation of operations) {
			expect(operation.noDataExpression).toBe(true);
			const titles = (operation.options as INodePropertyOptions[]).map(({ name }) => name);
			expect(titles).toEqual([...titles].sort((a, b) => a.localeCompare(b)));
			const values = (operation.options as INodePropertyOptions[]).map(({ value }) => value);
			// A node that is dropped on the canvas reads where it can.
			const harmless = ['getAll', 'get'].find((value) => values.includes(value));
			if (harmless !== undefined) expect(operation.default).toBe(harmless);
		}
		for (const field of others.slice(0, -1)) {
			if (field.name === 'operation') continue;
			const { resource: [shown] = [], operation: [of] = [] } = field.displayOptions?.show ?? {};
			const owner = operations.find(
				({ displayOptions }) => displayOptions?.show?.resource?.[0] === shown,
			);
			const values = (owner?.options as INodePropertyOptions[] | undefined)?.map(
				({ value }) => value,
			);
			expect([field.displayName, values?.includes(of as string)]).toEqual([
				field.displayName,
				true,
			]);
		}
	},
);

test('a limit is asked for only where not everything is wanted', () => {
	const limits = fields.filter(({ field }) => field.name === 'limit');
	expect(limits.length).toBeGreaterThan(5);
	for (const { field } of limits) {
		expect(field.displayOptions?.show?.returnAll).toEqual([false]);
		expect(field.typeOptions?.minValue).toBe(1);
		expect(field.default).toBe(50);
	}
	for (const { field } of fields.filter(({ field }) => field.name === 'returnAll')) {
		expect(field.default).toBe(false);
	}
});

test('numbers that make no sense below one cannot be entered', () => {
	const least = fields
		.filter(
			({ field }) =>
				field.type === 'number' && /^Max |per Minute|Share|Timeout/.test(field.displayName),
		)
		.map(({ field }) => [field.displayName, field.typeOptions?.minValue]);
	expect(Object.fromEntries(least)).toEqual({
		'Calls per Minute': 1,
		'Max Age of a Delivery (Minutes)': 0,
		'Max Concurrent': 1,
		'Max Pages per Poll': 1,
		'Max Events per Poll': 1,
		'Max Retry Time': 0,
		'Requests per Minute': 1,
		'Share of the Limits': 1,
		Timeout: 1,
	});
});

test('the selection of fields is for people: a model is offered the simplified form and the raw one', () => {
	const outputs = fields.filter(({ field }) => field.name === 'output');
	expect(outputs.length).toBeGreaterThan(5);
	for (const { field } of outputs) {
		const options = (field.options ?? []) as INodePropertyOptions[];
		expect(
			options.map(({ value, displayOptions }) => [value, displayOptions?.hide?.['@tool']]),
		).toEqual([
			['raw', undefined],
			['selected', [true]],
			['simplified', undefined],
		]);
		for (const { description = '' } of options) expect(description.length).toBeGreaterThan(10);
	}
});

test('fields are selected only where the selected ones are to come out', () => {
	const selections = fields.filter(({ field }) => field.name === 'selectedFields');
	expect(selections.length).toBeGreaterThan(5);
	for (const { field } of selections) {
		expect(field.displayOptions?.show?.output).toEqual(['selected']);
	}
});
