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

test('the names of fields are shown in words, in the order of the alphabet', () => {
	expect(choice.fields[1]?.options).toEqual([
		{ name: 'Customer ID', value: 'customerId' },
		{ name: 'ID', value: 'id' },
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

function refusalOf(read: () => unknown): unknown {
	try {
		return { read: read() };
	} catch (error) {
		return error;
	}
}

describe('what was entered is read in its exact type', () => {
	const options: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [
			{ name: 'A', value: 'a' },
			{ displayName: 'Due Date', name: 'dueDate', type: 'string', default: '' },
			{
				displayName: 'Rows',
				name: 'rows',
				values: [{ displayName: 'Row Name', name: 'rowName', type: 'string', default: '' }],
			},
		],
	};
	const only = (value: unknown) =>
		new Fields({ node, itemIndex: 4 }, [options], 'Asia/Tokyo', (name) =>
			name === 'dueDate' ? value : undefined,
		);
	const nothing = [undefined, null, ''];

	it.each([
		['optionalText', 'a b', 'a b'],
		['optionalText', ' a', ' a'],
		['optionalText', 7, '7'],
		['optionalText', 1.5, '1.5'],
		['optionalText', false, 'false'],
		['optionalText', '  ', undefined],
		['text', 'a', 'a'],
		['number', '1.5', 1.5],
		['number', ' 7 ', 7],
		['number', 0, 0],
		['flag', true, true],
		['flag', 'true', true],
		['flag', 1, true],
		['flag', '1', true],
		['flag', false, false],
		['flag', 'false', false],
		['flag', 0, false],
		['flag', '0', false],
		['flag', '', false],
		['flag', undefined, false],
		['optionalFlag', 'true', true],
		['optionalNumber', '7', 7],
		['integerId', ' 9007199254740993', '9007199254740993'],
		['optionalIntegerId', 7, '7'],
		['integerIds', '1, 2，3、4 5\n6', ['1', '2', '3', '4', '5', '6']],
		['integerIds', ['1', 2], ['1', '2']],
		['integerIds', 7, ['7']],
		['uuid', '75cf1273-042e-a83d-8118-ddfb50af4ac1', '75cf1273-042e-a83d-8118-ddfb50af4ac1'],
		[
			'optionalUuid',
			'75cf1273-042e-a83d-8118-ddfb50af4ac1',
			'75cf1273-042e-a83d-8118-ddfb50af4ac1',
		],
		['instant', '2025-07-17T09:11:41', 1752711101000],
		['optionalInstant', '2025-07-17T00:11:41Z', 1752711101000],
		['texts', 'a', ['a']],
		['texts', 7, ['7']],
		['raw', { a: 1 }, { a: 1 }],
	] as const)('%s of %j', (method, value, read) => {
		expect(only(value)[method]('dueDate')).toEqual(read);
	});

	it.each([
		'optionalText',
		'optionalIntegerId',
		'optionalUuid',
		'optionalInstant',
		'optionalNumber',
		'optionalFlag',
	] as const)('%s of nothing is undefined', (method) => {
		for (const value of nothing) expect(only(value)[method]('dueDate')).toBeUndefined();
	});

	it('lists of nothing are empty', () => {
		for (const value of nothing) {
			expect(only(value).texts('dueDate')).toEqual([]);
			expect(only(value).integerIds('dueDate')).toEqual([]);
			expect(only(value).rows('dueDate', 'row')).toEqual([]);
		}
	});

	it.each([
		['text', '', 'is empty', 'Enter a value.'],
		['text', ' ', 'is empty', 'Enter a value.'],
		['optionalText', [], 'is not text: "[]"', 'Pick one text value, not a list or an object.'],
		[
			'optionalText',
			2 ** 60,
			'is a number above 2^53 and has already lost its last digits',
			undefined,
		],
		[
			'optionalText',
			'Invalid DateTime',
			'is a date that does not exist',
			'Check the expression for it.',
		],
		[
			'optionalText',
			'a\ud83d',
			'has half a character',
			'Enter the text again, or cut it elsewhere.',
		],
		['texts', ['a', {}], 'has an entry that is not text', 'Give a list of texts.'],
		['group', 'x', 'does not hold fields: "x"', 'Add the fields in the node, or map an object.'],
		['number', '', 'is not a number: ""', 'Enter a number.'],
		['number', ' ', 'is not a number: " "', 'Enter a number.'],
		['number', 'x', 'is not a number: "x"', 'Enter a number.'],
		['number', Infinity, 'is not a number: "Infinity"', 'Enter a number.'],
		['number', null, 'is not a number: "null"', 'Enter a number.'],
		['number', true, 'is not a number: "true"', 'Enter a number.'],
		['flag', 'yes', 'is neither true nor false: "yes"', 'Enter true or false.'],
		['flag', 2, 'is neither true nor false: "2"', 'Enter true or false.'],
		['instant', 'soon', 'is not a date: "soon"', undefined],
		['uuid', 'x', 'is not a standard UUID: "x"', undefined],
		['integerIds', '1, x', 'is not a whole number: "x"', undefined],
		['texts', ['a', ''], 'has an entry that is not text', 'Give a list of texts.'],
		['texts', ['a', ' '], 'has an entry that is not text', 'Give a list of texts.'],
		['jsonObject', '{', 'is not JSON', 'Enter an object such as {"key": "value"}.'],
		['jsonObject', '[]', 'is not a JSON object', 'Enter an object such as {"key": "value"}.'],
	] as const)('%s refuses %j by name: %s', (method, value, problem, advice) => {
		const error = refusalOf(() => only(value)[method]('dueDate'));
		expect(error).toMatchObject({ message: `Due Date ${problem}`, context: { itemIndex: 4 } });
		if (advice !== undefined) expect(error).toMatchObject({ description: advice });
	});

	it('a count begins at its least; an optional one may be missing', () => {
		expect(only(1).count('dueDate', 1)).toBe(1);
		expect(only('20').count('dueDate', 1)).toBe(20);
		expect(only('').optionalCount('dueDate', 1)).toBeUndefined();
		expect(only('20').optionalCount('dueDate', 1, 20)).toBe(20);
		expect(refusalOf(() => only(21).optionalCount('dueDate', 1, 20))).toMatchObject({
			message: 'Due Date is above 20: "21"',
			description: 'Enter 1 to 20.',
		});
		expect(refusalOf(() => only(0).count('dueDate', 1))).toMatchObject({
			description: 'Enter 1 or more.',
		});
		for (const value of [0, 1.5, 2 ** 60]) {
			expect(() => only(value).count('dueDate', 1)).toThrow(
				`Due Date is not a whole number from 1 up: "${value}"`,
			);
		}
	});

	it('a choice is one of its options, in their type', () => {
		expect(only('2').choice('dueDate', [1, 2])).toBe(2);
		expect(only('b').choice('dueDate', ['a', 'b'])).toBe('b');
		expect(only('').optionalChoice('dueDate', ['a'])).toBeUndefined();
		expect(only('a').optionalChoice('dueDate', ['a'])).toBe('a');
		expect(only('a, b').choices('dueDate', ['a', 'b', 'c'])).toEqual(['a', 'b']);
		expect(refusalOf(() => only('c').choice('dueDate', ['a', 'b']))).toMatchObject({
			message: 'Due Date has no option "c"',
			description: 'Use one of: a, b.',
		});
		expect(refusalOf(() => only(['a', 'd']).choices('dueDate', ['a', 'b']))).toMatchObject({
			message: 'Due Date has no option "d"',
			description: 'Use some of: a, b.',
		});
	});

	it('rows and groups are read by the same names', () => {
		const entered = { rows: { row: [{ rowName: 'a' }, { rowName: '' }] }, none: {}, options: {} };
		const fields = new Fields({ node }, [options], 'UTC', (name) => entered[name as never]);
		const [first, second, ...others] = fields.rows('rows', 'row');
		expect(others).toEqual([]);
		expect(first?.text('rowName')).toBe('a');
		expect(() => second?.text('rowName')).toThrow('Row Name is empty');
		expect(fields.rows('none', 'row')).toEqual([]);
		expect(() => fields.rows('rows', 'row').at(0)?.text('unknown')).toThrow('unknown is empty');
		expect(fields.group('options').has('rowName')).toBe(false);
		expect(fields.group('absent').has('rowName')).toBe(false);
	});

	it('rows that are no list are refused', () => {
		expect(refusalOf(() => only({ row: { a: 1 } }).rows('dueDate', 'row'))).toMatchObject({
			message: 'Due Date is not a list of rows',
			description: 'Add the rows in the node, or map a list.',
		});
	});

	it('how a locator is filled in is told', () => {
		expect(only(located('url', 'x')).mode('dueDate')).toBe('url');
		for (const value of ['x', null, { mode: 'url' }]) {
			expect(only(value).mode('dueDate')).toBeUndefined();
		}
	});
});

test('an address that a locator does not know is taken as it is', () => {
	expect(fieldsOf({ ticket: located('name', 'a') }).text('ticket')).toBe('a');
	expect(fieldsOf({ ticket: located('url', 7) }).text('ticket')).toBe('7');
	expect(fieldsOf({ ticket: located('url', '') }).optionalText('ticket')).toBeUndefined();
	expect(fieldsOf({ unknown: located('url', 'https://a.test/ticket/1') }).text('unknown')).toBe(
		'https://a.test/ticket/1',
	);
	expect(
		refusalOf(() => fieldsOf({ ticket: located('url', 'https://a.test') }).text('ticket')),
	).toMatchObject({
		message: 'Ticket has no ID in the address "https://a.test"',
		description: 'Copy the address of its page again.',
	});
});
