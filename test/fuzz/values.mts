import fc from 'fast-check';

/** A value that a person did not mean, as the text of the expression that yields it. */
export type OddValue = string;

/** What else than JSON an expression of n8n can yield, and JSON that is built to deceive. */
const ODDITIES: readonly OddValue[] = [
	'undefined',
	'null',
	'true',
	'false',
	'NaN',
	'Infinity',
	'-Infinity',
	'-0',
	'0',
	'-1',
	'0.5',
	'1e21',
	'1e-7',
	'9007199254740993',
	'Number.MAX_VALUE',
	'3e9',
	'BigInt("1471808049579560960")',
	'BigInt(-1)',
	'[BigInt(1)]',
	'({ a: BigInt(1) })',
	'Symbol("s")',
	'[Symbol("s")]',
	'$now',
	'[$now]',
	'({ at: $now })',
	'DateTime.fromMillis(NaN)',
	'new Date()',
	'new Date(NaN)',
	'new Date(8.64e15)',
	'new Map([["a", 1]])',
	'new Set(["a"])',
	'new Uint8Array(3)',
	'new ArrayBuffer(2)',
	'new RegExp("x", "g")',
	'new Error("x")',
	'[]',
	'[[]]',
	'[undefined]',
	'[null]',
	'[NaN]',
	'[""]',
	'[{}]',
	'[1, [2, [3]]]',
	'({})',
	'({ toString: 1 })',
	'({ toString: null, valueOf: null })',
	'[{ toString: 1 }]',
	'Object.create(null)',
	'[Object.create(null)]',
	'({ toJSON: 1 })',
	'({ length: 3 })',
	'({ toMillis: 1 })',
	'({ mode: "id", value: 7 })',
	'({ __rl: true })',
	'({ __rl: true, mode: "id", value: {} })',
	'({ __rl: true, mode: "url", value: "x" })',
	'({ __rl: true, mode: 7, value: [] })',
	'JSON.parse(\'\\u007b"__proto__": \\u007b"mode": "id"\\u007d\\u007d\')',
	'$json',
	'$json.odd',
	'$json.odd.list',
	'$json.odd.empty',
	'$input',
];

/** What the input item holds for expressions to find. */
export const oddJson = { odd: { mode: 'id', list: [1, null, { name: 'x' }], empty: {}, value: 7 } };

/** Texts that are nearly what a field takes. */
const TEXTS: readonly string[] = [
	'',
	' ',
	'\n',
	'\u0000',
	'\ud800',
	'%',
	'%2e%2e%2f',
	'../../x',
	'a&b=c#d?e',
	'"; DROP',
	"'",
	'\\',
	'a\r\nX-Evil: 1',
	'１２３',
	'12 34',
	'0x10',
	'1e3',
	'-5',
	'+5',
	'007',
	'1471808049579560960',
	'1471808049579560960, x',
	'99999999999999999999',
	'2025-07-17 08:11:41',
	'2025-02-30',
	'2025-07-17T08:11:41+08:00',
	'+275760-09-14T00:00:00Z',
	'true',
	'null',
	'__proto__',
	'constructor',
	'toString',
	'hasOwnProperty',
	'{',
	'{}',
	'[]',
	'[null]',
	'{"a":1}',
	'{"__proto__":{"a":1}}',
	'[{"name":null}]',
	'工单',
	'👩‍👩‍👧',
	'x'.repeat(5_000),
	'9'.repeat(400),
	// Nobody listens there.
	'http://127.0.0.1:9/1471808049579560960',
	'//127.0.0.1:9',
];

const text = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

/** Written so that neither n8n's braces nor quotes end the expression. */
function sourceOf(value: unknown): OddValue {
	const json = JSON.stringify(JSON.stringify(value));
	return `JSON.parse(${json.replace(/[{}]/g, (brace) => (brace === '{' ? '\\u007b' : '\\u007d'))})`;
}

/** JSON whose members are named like fields of the node, so that some are found. */
function structure(names: readonly string[]): fc.Arbitrary<unknown> {
	const key = fc.constantFrom(...names, 'value', 'mode', 'schema', '__proto__', 'toString', 'id');
	const { tree } = fc.letrec((tie) => ({
		tree: fc.oneof(
			{ maxDepth: 4, withCrossShrink: true },
			text,
			fc.constantFrom(null, true, false, 0, -1, 0.5, 7, 1e21),
			fc.array(tie('tree'), { maxLength: 3 }),
			fc.dictionary(key, tie('tree'), { maxKeys: 3 }),
		),
	}));
	return tree;
}

/** @param names of the fields of the node, as keys of objects */
export function oddValue(names: readonly string[]): fc.Arbitrary<OddValue> {
	return fc.oneof(
		{ weight: 3, arbitrary: fc.constantFrom(...ODDITIES) },
		{ weight: 2, arbitrary: text.map(sourceOf) },
		{ weight: 3, arbitrary: structure(names).map(sourceOf) },
	);
}
