import type { INode, INodeProperties } from 'n8n-workflow';

import { Fields } from '../../lib/fields';
import { writeJson, type JsonObject } from '../../lib/json';
import { DIGITS_FORM, locatorField } from '../../lib/locator';
import { outputChoice, shaper } from '../../lib/output';

const node = { name: 'Node', type: 'test', typeVersion: 1 } as INode;
const ticket = locatorField({
	displayName: 'Ticket',
	name: 'ticket',
	description: 'The ticket',
	list: 'searchTickets',
	example: '123',
	form: DIGITS_FORM,
	address: { regex: '/ticket/(\\d+)', example: 'https://vendor.example/ticket/123' },
});
const inCollection: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	default: {},
	options: [{ ...ticket, name: 'other', displayName: 'Other Ticket' }],
};
const choice = outputChoice(['id', 'customerId'], 'Two fields');
const description = [ticket, inCollection, ...choice.fields];

const fieldsOf = (values: Record<string, unknown>) =>
	new Fields({ node, itemIndex: 0 }, description, 'UTC', (name) => values[name]);
const located = (mode: string, value: unknown) => ({ __rl: true, mode, value });

test.each([
	['picked', located('list', '9007199254740993')],
	['entered', located('id', ' 9007199254740993 ')],
	['in an address', located('url', 'https://vendor.example/ticket/9007199254740993?tab=1')],
	['plain text', '9007199254740993'],
])('an id that is %s is read digit for digit', (_how, value) => {
	expect(fieldsOf({ ticket: value }).integerId('ticket')).toBe('9007199254740993');
	expect(
		fieldsOf({ options: { other: value } })
			.group('options')
			.integerId('other'),
	).toBe('9007199254740993');
});

test.each([
	[located('url', 'https://vendor.example/users/7'), /^Ticket has no ID in the address/],
	[located('list', ''), /^Ticket is empty/],
	[located('id', 'seven'), /^Ticket is not a whole number: "seven"/],
	[located('id', Number('9007199254740993')), /^Ticket is a number above 2\^53/],
])('%j is refused by name', (value, message) => {
	expect(() => fieldsOf({ ticket: value }).integerId('ticket')).toThrow(message);
});

test('an empty locator counts as not given', () => {
	expect(fieldsOf({ ticket: located('list', '') }).has('ticket')).toBe(false);
});

test.each([
	['a, b，c、d\ne', ['a', 'b', 'c', 'd', 'e']],
	[
		['a', ' b '],
		['a', 'b'],
	],
	[undefined, []],
])('%j is a list of texts', (value, texts) => {
	expect(fieldsOf({ ids: value }).texts('ids')).toEqual(texts);
});

test('a list with an entry that is no text is refused', () => {
	expect(() => fieldsOf({ ids: ['a', 7] }).texts('ids')).toThrow(/^ids has an entry/);
});

test('a JSON object that is entered as text is sent with every digit', () => {
	const object = fieldsOf({ body: '{"id": 9007199254740993}' }).jsonObject('body');
	expect(writeJson(object)).toBe('{"id":9007199254740993}');
	expect(fieldsOf({ body: { a: 1 } }).jsonObject('body')).toEqual({ a: 1 });
});

test.each(['[1]', '{', 'null', '7'])('%s is refused as no JSON object', (body) => {
	expect(() => fieldsOf({ body }).jsonObject('body')).toThrow(/^body is not (a )?JSON/);
});

const simplify = ({ id }: JsonObject) => ({ id, customerId: null });

test.each([
	[{ output: 'raw' }, { id: 1, extra: 2 }],
	[{ output: 'simplified' }, { id: 1, customerId: null }],
	[{ output: 'selected', selectedFields: ['customerId'] }, { customerId: null }],
	[
		{ output: 'selected', selectedFields: 'id, customerId' },
		{ id: 1, customerId: null },
	],
])('%j shapes a record', (values, expected) => {
	expect(shaper(fieldsOf(values), choice, simplify)({ id: 1, extra: 2 })).toEqual(expected);
});

test.each([
	[{ output: 'selected', selectedFields: [] }, /^Fields is empty/],
	[{ output: 'selected', selectedFields: ['name'] }, /^Fields has no option "name"/],
	[{ output: 'all' }, /^Output has no option "all"/],
])('%j is refused before anything is read', (values, message) => {
	expect(() => shaper(fieldsOf(values), choice, simplify)).toThrow(message);
});

test('the names of fields are shown in words', () => {
	expect(choice.fields[1]?.options).toEqual([
		{ name: 'ID', value: 'id' },
		{ name: 'Customer ID', value: 'customerId' },
	]);
});

describe('values of the wrong type', () => {
	const odd: unknown[] = [
		NaN,
		Infinity,
		1n,
		Symbol('s'),
		{},
		[],
		new Date(),
		new Map(),
		{ toString: null },
	];
	it.each([...odd, '\ud800', 'Invalid DateTime'])('are no text: %#', (value) => {
		expect(() => fieldsOf({ ticket: value }).text('ticket')).toThrow(/^Ticket /);
	});
	it.each(odd)('are no number, no choice and no truth: %#', (value) => {
		const fields = fieldsOf({ output: value });
		expect(() => fields.number('output')).toThrow(/^Output is not a number: ".+"$/);
		expect(() => fields.choice('output', ['raw'])).toThrow(/^Output has no option ".+"$/);
		expect(() => fields.flag('output')).toThrow(/^Output is neither true nor false: ".+"$/);
	});
	it.each(['x', 7, true, [], new Map(), new Date()])('are no group of fields: %#', (value) => {
		const fields = fieldsOf({ options: value });
		expect(() => fields.group('options')).toThrow(/^Options does not hold fields: /);
		expect(() => fields.rows('options', 'row')).toThrow(/^Options does not hold fields: /);
		const inRow = fieldsOf({ options: { row: [value] } });
		expect(() => inRow.rows('options', 'row')).toThrow(/^Options does not hold fields: /);
	});
	it.each([{ a: 1n }, { a: [NaN] }, { a: new Map() }, { a: Symbol('s') }, new Date(), '[1]'])(
		'are no JSON object: %#',
		(value) => {
			expect(() => fieldsOf({ ticket: value }).jsonObject('ticket')).toThrow(
				/^Ticket is not a JSON object$/,
			);
		},
	);
});

test('a group has the fields of its own alone', () => {
	expect(
		fieldsOf({ options: { other: '7' } })
			.group('options')
			.has('toString'),
	).toBe(false);
	expect(fieldsOf({ options: undefined }).group('options').has('other')).toBe(false);
});

test.each([
	['1. Level, 2. Level，,3', ['1. Level', '2. Level', '3']],
	[
		['1. Level', ' ', 62081],
		['1. Level', '62081'],
	],
	[undefined, []],
])('%j is a list of names', (value, names) => {
	expect(fieldsOf({ ticket: value }).names('ticket')).toEqual(names);
});

test('a list of names with something else is refused', () => {
	expect(() => fieldsOf({ ticket: [{}] }).names('ticket')).toThrow(/^Ticket has an entry/);
});

test.each([
	[0, /^Ticket is not a whole number from 1 up: "0"$/],
	[1.5, /^Ticket is not a whole number from 1 up: "1.5"$/],
	[11, /^Ticket is above 10: "11"$/],
])('%j does not count', (value, message) => {
	expect(() => fieldsOf({ ticket: value }).count('ticket', 1, 10)).toThrow(message);
});
