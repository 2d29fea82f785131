import { shown } from '../../lib/shown.ts';

const cyclic: unknown[] = [];
cyclic.push(cyclic);

const unwilling = () => {
	throw new Error('not in JSON');
};

test.each<[unknown, string]>([
	['a\nb', 'a b'],
	['x'.repeat(61), `${'x'.repeat(57)}...`],
	[7, '7'],
	[NaN, 'NaN'],
	[10n, '10'],
	[Symbol('s'), 'Symbol(s)'],
	[undefined, 'undefined'],
	[null, 'null'],
	[{ a: [1] }, '{"a":[1]}'],
	[Object.create(null), '{}'],
	[{ toString: null }, '{"toString":null}'],
	[{ toJSON: unwilling }, 'an object'],
	[cyclic, 'a list'],
	[{ toJSON: () => undefined }, 'an object'],
])('any value can be shown: %#', (value, text) => {
	expect(shown(value)).toBe(text);
});
