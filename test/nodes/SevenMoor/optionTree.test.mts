import fc from 'fast-check';

import { ValueProblem } from '../../../lib/ids';
import {
	growTree,
	problemOf,
	readTree,
	walk,
	type DictionaryOption,
	type Making,
} from '../../../nodes/SevenMoor/optionTree';
import { toDictionary } from '../../../nodes/SevenMoor/dictionary';

const KEY = '2546b891-9593-64b0-82e0-3485251c6a5a';
const OTHER_KEY = '9056baed-c79c-cf29-f718-d76a02741076';

function counting(state = '2', prefix = '0'): Making {
	let made = 0;
	const digits = () => (made++).toString(16).padStart(12, '0');
	return { newKey: () => `${prefix.repeat(8)}-0000-4000-8000-${digits()}`, state };
}

function tree(value: unknown, making = counting()): DictionaryOption[] {
	const read = readTree(value, making);
	if (read instanceof ValueProblem) throw new Error(`${read.problem} ${read.advice}`);
	return read;
}

const option = (name: string, key: string, options: DictionaryOption[] = [], state = '1') => ({
	name,
	key,
	state,
	options,
});

const pathsArbitrary = fc.array(
	fc.array(fc.constantFrom('甲', '乙', 'A', 'B / C', '__proto__', '12345678901234567'), {
		minLength: 1,
		maxLength: 4,
	}),
	{ minLength: 1, maxLength: 20 },
);

const prefixes = (paths: string[][]) =>
	new Set(
		paths.flatMap((path) => path.map((_, index) => JSON.stringify(path.slice(0, index + 1)))),
	);
const placesOf = (options: readonly DictionaryOption[]) =>
	[...walk(options)].map(({ path }) => JSON.stringify(path));
const keysByPlace = (options: readonly DictionaryOption[]) =>
	new Map([...walk(options)].map(({ path, option }) => [JSON.stringify(path), option.key]));

describe('growTree', () => {
	it('makes every level of every path once, and nothing else', () => {
		fc.assert(
			fc.property(pathsArbitrary, (paths) => {
				const grown = growTree(paths, [], false, counting());
				const places = placesOf(grown);
				expect(new Set(places)).toEqual(prefixes(paths));
				expect(places).toHaveLength(new Set(places).size);
				expect(problemOf(grown, 4)).toBeUndefined();
			}),
		);
	});

	it('keeps the keys of what is there, and the others only when asked', () => {
		fc.assert(
			fc.property(pathsArbitrary, pathsArbitrary, fc.boolean(), (before, rows, keepOthers) => {
				const known = growTree(before, [], false, counting('1', 'a'));
				const grown = growTree(rows, known, keepOthers, counting('2', 'b'));
				const expected = keepOthers
					? new Set([...prefixes(before), ...prefixes(rows)])
					: prefixes(rows);
				expect(new Set(placesOf(grown))).toEqual(expected);
				const old = keysByPlace(known);
				for (const { path, option } of walk(grown)) {
					const kept = old.get(JSON.stringify(path));
					expect(option.key).toBe(kept ?? option.key);
					expect(option.key.startsWith(kept === undefined ? 'b' : 'a')).toBe(true);
					expect(option.state).toBe(kept === undefined ? '2' : '1');
				}
				expect(problemOf(grown, 4)).toBeUndefined();
			}),
		);
	});

	it('follows the order of the rows, after what is there', () => {
		const known = tree([{ name: 'B' }, { name: 'A' }]);
		const names = (keepOthers: boolean) =>
			growTree([['C'], ['A', 'x']], known, keepOthers, counting()).map(({ name }) => name);
		expect(names(true)).toEqual(['B', 'A', 'C']);
		expect(names(false)).toEqual(['C', 'A']);
	});
});

describe('readTree', () => {
	it('completes what is left out and drops level', () => {
		expect(
			tree([{ name: 'A', level: 1, options: [{ name: 5, key: KEY, state: 1, remark: 'x' }] }]),
		).toEqual([
			{
				name: 'A',
				key: '00000000-0000-4000-8000-000000000000',
				state: '2',
				options: [{ name: '5', key: KEY, state: '1', remark: 'x', options: [] }],
			},
		]);
	});

	it('passes any state through and renews keys when asked', () => {
		const [read] = tree([{ name: 'A', key: KEY, state: '9' }], { ...counting(), renewKeys: true });
		expect(read).toMatchObject({ state: '9', key: '00000000-0000-4000-8000-000000000000' });
	});

	it.each<[unknown, string]>([
		[{}, 'is not a list on the first level'],
		[[{ name: 'A', options: { name: 'B' } }], 'is not a list below "A"'],
		[['A'], 'has an option that is no object: number 1 on the first level'],
		[[{ name: 'A' }, { nmae: 'B' }], 'has an option without a name: number 2 on the first level'],
		[[{ name: 'A', options: [{ name: ' ' }] }], 'has an option without a name: number 1 below "A"'],
		[[{ name: 2 ** 60 }], 'has an option without a name: number 1 on the first level'],
		[
			[{ name: 'A', options: [{ name: 'B', key: '12' }] }],
			'has a key at "A / B" that is not a standard UUID: "12"',
		],
		[[{ name: 'A', state: true }], 'has a state at "A" that is not text'],
	])('refuses %j', (value, problem) => {
		const read = readTree(value, counting());
		expect(read).toBeInstanceOf(ValueProblem);
		expect(read).toMatchObject({ problem });
	});
});

describe('problemOf', () => {
	it.each<[DictionaryOption[], number | undefined, string | undefined]>([
		[[], 1, 'has no option'],
		[[option('A', KEY)], 1, undefined],
		[
			[option('A', KEY, [option('B', OTHER_KEY)])],
			1,
			'has an option on level 2, which has no level title: "A / B"',
		],
		[[option('A', KEY, [option('B', OTHER_KEY)])], undefined, undefined],
		[
			[option('A', KEY, [option('B', KEY.toUpperCase())])],
			2,
			`has the key ${KEY.toUpperCase()} twice: at "A" and at "A / B"`,
		],
		[
			[option('A', KEY), option('A', OTHER_KEY)],
			1,
			'has two options with the same name beside each other: "A"',
		],
		// The same name on another branch is allowed; "A / B" is a name here, not a path.
		[
			[option('A', KEY, [option('B', OTHER_KEY)]), option('A / B', KEY.replace('2', '3'))],
			2,
			undefined,
		],
		// All are "1": the seed's own update sample, which 7moor accepts.
		[[option('A', KEY, [], '1')], 1, undefined],
	])('judges %j with %s levels', (options, levels, problem) => {
		expect(problemOf(options, levels)?.problem).toBe(problem);
	});
});

describe('toDictionary', () => {
	it('says null for what is absent', () => {
		expect(toDictionary({})).toEqual({
			id: null,
			name: null,
			levels: null,
			headers: [],
			optionCount: 0,
			paths: [],
			options: [],
			createdAt: null,
			updatedAt: null,
			updatedBy: null,
		});
	});

	it('takes the last change where there is no time of update', () => {
		const record = {
			updateTimeArr: [
				{ updateTime: '2021-12-03 15:52:10', updateUser: 'a' },
				{ updateTime: '2021-12-04 15:52:10', updateUser: 'b' },
			],
		};
		expect(toDictionary(record)).toMatchObject({
			updatedAt: '2021-12-04T15:52:10+08:00',
			updatedBy: 'b',
		});
	});

	it('gives paths that grow the same tree', () => {
		fc.assert(
			fc.property(pathsArbitrary, (paths) => {
				const options = growTree(paths, [], false, counting());
				const simplified = toDictionary({ options: JSON.parse(JSON.stringify(options)) });
				expect(simplified.optionCount).toBe(placesOf(options).length);
				expect(growTree(simplified.paths, [], false, counting())).toEqual(options);
			}),
		);
	});
});
