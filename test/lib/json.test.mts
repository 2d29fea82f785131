import fc from 'fast-check';
import { parse } from 'lossless-json';

import { bareInteger, parseForSending, parseJson, writeJson } from '../../lib/json';
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
