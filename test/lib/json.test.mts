import fc from 'fast-check';
import { parse } from 'lossless-json';

import {
	bareInteger,
	isJsonObject,
	isWritable,
	objectsIn,
	parseForSending,
	parseJson,
	parseObject,
	writeJson,
} from '../../lib/json';
import { runs } from '../properties.mts';

/** The library's reading of the same text: long integers as their digits, other numbers as numbers. */
function reference(text: string): unknown {
	return parse(text, null, {
		parseNumber: (digits) =>
			/^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits)) ? digits : Number(digits),
	});
}

test.each(['9007199254740993', '1471808049579560961', '2230413444614467584', '-9007199254740993'])(
	'%s keeps every digit',
	(digits) => {
		expect(parseJson(`{"id":${digits},"list":[${digits}]}`)).toEqual({
			id: digits,
			list: [digits],
		});
	},
);

test.each(['9007199254740991', '0', '-9007199254740991', '1.5', '1e3'])(
	'%s stays a number',
	(text) => {
		expect(parseJson(`[${text},1234567890123456789]`)).toEqual([
			Number(text),
			'1234567890123456789',
		]);
	},
);

test.each([
	['"x\\":12345678901234567,"', 'x":12345678901234567,'],
	['["1234567890123456", 12345678901234567]', ['1234567890123456', '12345678901234567']],
	[
		'{"a" : -12345678901234567 , "b":12345678901234567\n}',
		{ a: '-12345678901234567', b: '12345678901234567' },
	],
	[
		'{"":12345678901234567,"工":12345678901234567}',
		{ '': '12345678901234567', 工: '12345678901234567' },
	],
	[
		'{"a":0.12345678901234567,"b":12345678901234567e3,"c":1234567890123456}',
		{ a: 0.12345678901234566, b: 12345678901234567e3, c: 1234567890123456 },
	],
	['{"a":9007199254740993}', { a: '9007199254740993' }],
	['9007199254740993', '9007199254740993'],
	['[9007199254740991,-9007199254740992]', [9007199254740991, '-9007199254740992']],
])('%s is read exactly', (text, value) => {
	expect(parseJson(text)).toEqual(value);
});

test('digits inside strings stay as they are', () => {
	const value = { a: '1471808049579560961', b: 'x:9007199254740993,', '9007199254740993': 1 };
	expect(parseJson(JSON.stringify(value))).toEqual(value);
});

test.each([
	'',
	'{',
	'[1,]',
	'{"a":9007199254740993',
	'{"a":09007199254740993}',
	'{"a":9007199254740993]',
	'nope',
])('%p is no JSON', (text) => {
	expect(() => parseJson(text)).toThrow(SyntaxError);
});

test('text that looks like a member with a long number stays text', () => {
	const piece = fc.constantFrom(
		...['a', 'Z', '7', '"', ':', ',', '}', '{', '[', ' ', '\n', '\t', '\\', '-', '.', 'e', '工'],
		...['12345678901234567', '9007199254740993', '": 12345678901234567,'],
	);
	const prose = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
	fc.assert(
		fc.property(prose, prose, (one, other) => {
			const value = { [`k${one}`]: other, list: [one, other, { [`l${other}`]: one }] };
			expect(parseJson(JSON.stringify(value))).toEqual(value);
			expect(parseJson(JSON.stringify(value, null, '\t'))).toEqual(value);
		}),
		runs(3_000),
	);
});

test('a long number is text wherever it stands and whatever space is around it', () => {
	const space = fc.constantFrom('', ' ', '\n', '\t', '\r\n  ');
	const key = fc.constantFrom('a', 'z', 'A', 'Z', '0', '9', 'x"', '工', '_', '', ':', ' ');
	const digits = fc.constantFrom('12345678901234567', '-9007199254740993', '98765432109876543210');
	fc.assert(
		fc.property(fc.tuple(key, digits, space, space, space), ([name, id, before, inside, after]) => {
			const member = `${before}${JSON.stringify(name)}${inside}:${after}${id}${before}`;
			const text = `[{${member}},${inside}${id}${after},{"b":0,${member}, "c":[${id}]}]`;
			expect(parseJson(text)).toEqual([{ [name]: id }, id, { b: 0, [name]: id, c: [id] }]);
		}),
		runs(2_000),
	);
});

test('reads any JSON as lossless-json does', () => {
	const number = fc.oneof(
		fc.integer().map(String),
		fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }).map(String),
		fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
	);
	const { tree } = fc.letrec<{ tree: string }>((tie) => ({
		tree: fc.oneof(
			{ maxDepth: 5 },
			number,
			fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
			fc.constantFrom('true', 'false', 'null'),
			fc.array(tie('tree')).map((items) => `[${items.join(' , ')}]`),
			fc
				.uniqueArray(fc.tuple(fc.string(), tie('tree')), {
					selector: ([key]) => key,
				})
				.map(
					(members) =>
						`{${members
							.filter(([key]) => key !== '__proto__')
							.map(([key, value]) => `${JSON.stringify(key)}:${value}`)
							.join(',')}}`,
				),
		),
	}));
	fc.assert(
		fc.property(tree, (text) => {
			expect(parseJson(text)).toEqual(reference(text));
		}),
		runs(2_000),
	);
});

test('bare integers are written without quotes, undefined members are left out', () => {
	expect(writeJson({ id: bareInteger('1471808049579560961'), none: undefined, a: '1' })).toBe(
		'{"id":1471808049579560961,"a":"1"}',
	);
});

test('what a person wrote for the vendor goes out with the same digits', () => {
	const text =
		'{"form_id":9007199254740993,"list":[1471808049579560961,1.5],"text":"9007199254740993"}';
	expect(writeJson(parseForSending(text) as object)).toBe(text);
});

test('what a person wrote as text, and what they wrote as a fraction, goes out as it was', () => {
	const text = '{"a":"12345678901234567890","b":0.1,"c":[true,null,"x"],"d":-9007199254740993}';
	expect(writeJson(parseForSending(text) as object)).toBe(text);
	expect(parseForSending('1e30')).toBe(1e30);
});

test('an object is neither a list nor null', () => {
	expect(isJsonObject({})).toBe(true);
	for (const other of [[], null, undefined, 'a', 1, true]) expect(isJsonObject(other)).toBe(false);
});

test.each([
	['{"id":12345678901234567}', { id: '12345678901234567' }],
	['[{"a":1}]', undefined],
	['"a"', undefined],
	['{"a":1', undefined],
	['', undefined],
])('the object in %p is %p', (text, object) => {
	expect(parseObject(text)).toEqual(object);
});

test.each([
	[
		[{ a: 1 }, null, 'a', [{}], { b: 2 }],
		[{ a: 1 }, { b: 2 }],
	],
	[{ a: 1 }, []],
	[undefined, []],
])('the objects in %p are %p', (value, objects) => {
	expect(objectsIn(value)).toEqual(objects);
});

test.each([
	[new Date(0), true],
	[new Date(NaN), false],
	[{ a: [new Date(NaN)] }, false],
	[{ a: [1, 'x', true, null, undefined] }, true],
	[{ a: Infinity }, false],
	[() => 1, false],
	[Symbol('a'), false],
	[10n, false],
	[new Map(), false],
	[Object.create(null), true],
])('whether %p can be written: %p', (value, writable) => {
	expect(isWritable(value)).toBe(writable);
});

test.each([
	'12345678901234567x',
	'x12345678901234567',
	'12345678901234567.5',
	'1.2345678901234567e3',
])('%s, which no whole number is, is not taken for one', (text) => {
	expect(parseForSending(JSON.stringify([text]))).toEqual([text]);
	if (/^[\d.e]+$/.test(text)) expect(parseForSending(`[${text}]`)).toEqual([Number(text)]);
});
