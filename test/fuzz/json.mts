// Reads generated texts with the pack's exact-JSON reader and with a reference, and compares.
import { parseArgs } from 'node:util';

import { parse } from 'lossless-json';

import { parseJson } from '../../lib/json.ts';

const usage = `Usage: node test/fuzz/json.mts [--texts N] [--seed N]

Generates JSON and nearly-JSON texts (deep nesting, numbers of every form, digits inside strings, broken
tails) and compares the pack's reader with lossless-json and with JSON.parse.
  --texts N   how many (default 1000000)
  --seed N    repeats a run (default 1)
`;

const { values } = parseArgs({
	options: {
		texts: { type: 'string', default: '1000000' },
		seed: { type: 'string', default: '1' },
		help: { type: 'boolean' },
	},
});
if (values.help === true) {
	process.stdout.write(usage);
	process.exit(0);
}

let state = BigInt(values.seed);
/** A whole number below `below` (xorshift64*). */
function random(below: number): number {
	state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
	return Number((state >> 33n) % BigInt(below));
}
const oneOf = <T,>(list: readonly T[]): T => list[random(list.length)] as T;
const digits = (count: number) =>
	Array.from({ length: count }, (_value, at) => (at === 0 ? random(9) + 1 : random(10))).join('');

const EDGES = [
	'9007199254740991',
	'9007199254740992',
	'9007199254740993',
	'-9007199254740991',
	'-9007199254740993',
	'9999999999999999',
	'1000000000000000',
	'10000000000000000',
	'0',
	'-0',
	'0.1234567890123456789',
	'1234567890123456789.5',
	'1234567890123456789e2',
	'1e400',
	'123456789012345678E-3',
];
const PIECES = [
	'"',
	'\\"',
	'\\\\',
	':',
	',',
	'[',
	']',
	'{',
	'}',
	' ',
	'\\u4e00',
	'工单',
	'a',
	'-',
	'.',
];

function number(): string {
	if (random(3) === 0) return oneOf(EDGES);
	const sign = random(4) === 0 ? '-' : '';
	return sign + digits(oneOf([1, 3, 10, 15, 16, 16, 17, 19, 19, 20, 25]));
}

/** A string's inside: digits between everything that could be taken for structure. */
function inside(): string {
	const pieces = Array.from({ length: random(6) }, () =>
		random(3) === 0 ? digits(oneOf([1, 16, 17, 19])) : oneOf(PIECES.slice(1)),
	);
	return pieces.join('');
}

const space = () => oneOf(['', '', '', ' ', '\n\t', '  ']);

function value(depth: number): string {
	const kind = random(depth > 0 ? 8 : 5);
	if (kind < 2) return number();
	if (kind < 4) return `"${inside()}"`;
	if (kind === 4) return oneOf(['true', 'false', 'null', '{}', '[]']);
	const parts = Array.from({ length: random(4) }, () => value(depth - 1));
	if (kind < 6) return `[${parts.map((part) => space() + part + space()).join(',')}]`;
	const keys = [
		'id',
		'order_no',
		'a',
		'a:',
		'工单',
		'x"'.slice(0, 1),
		'',
		'k\\\\',
		'12345678901234567',
		inside(),
	];
	return `{${parts.map((part, at) => `"${oneOf(keys)}${at}"${space()}:${space()}${part}${space()}`).join(',')}}`;
}

/** Cuts, doubles or swaps a character now and then: most results are no JSON. */
function broken(text: string): string {
	const at = random(text.length + 1);
	return oneOf([
		() => text.slice(0, at),
		() => text.slice(0, at) + oneOf(PIECES) + text.slice(at),
		() => text.slice(0, at) + text.slice(at + 1),
		() => text + oneOf([...PIECES, '1', digits(19)]),
	])();
}

const FAILED = Symbol('no JSON');
function outcome(read: () => unknown): unknown {
	try {
		return read();
	} catch (error) {
		if (error instanceof SyntaxError) return FAILED;
		throw error;
	}
}

const INTEGER = /^-?\d+$/;
const exact = (text: string) =>
	INTEGER.test(text) && !Number.isSafeInteger(Number(text)) ? text : Number(text);

/** JSON.parse says whether the text is JSON, lossless-json what its numbers are. */
function reference(text: string): unknown {
	const native = outcome(() => JSON.parse(text) as unknown);
	return native === FAILED ? FAILED : parse(text, null, { parseNumber: exact });
}

const total = Number(values.texts);
const started = Date.now();
let valid = 0;
let differences = 0;
for (let count = 1; count <= total; count++) {
	const whole = value(random(12) === 0 ? 9 : 4);
	const text = random(3) === 0 ? broken(whole) : whole;
	const expected = reference(text);
	const read = outcome(() => parseJson(text));
	const same = expected === FAILED || read === FAILED ? expected === read : equal(read, expected);
	if (expected !== FAILED) valid++;
	if (!same && ++differences <= 5) console.error(`Read differently: ${text}`);
	if (count % 100_000 === 0) {
		const seconds = ((Date.now() - started) / 1000).toFixed(0);
		console.log(`${count} texts, ${valid} of them JSON, ${differences} differences, ${seconds} s`);
	}
}

/** Deep equality that tells 0 from -0. */
function equal(one: unknown, other: unknown): boolean {
	if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
		return Object.is(one, other);
	}
	const keys = Object.keys(one);
	return (
		Array.isArray(one) === Array.isArray(other) &&
		keys.length === Object.keys(other).length &&
		keys.every((key) => key in other && equal(one[key as never], other[key as never]))
	);
}

if (differences > 0) process.exitCode = 1;
