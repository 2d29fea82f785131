import fc from 'fast-check';

import { readPaths } from '../../../nodes/SevenMoor/optionPaths';

describe('readPaths', () => {
	it.each<[unknown, string, string[][]]>([
		['A / B/C\n\n  D  \r\nA / E', '/', [['A', 'B', 'C'], ['D'], ['A', 'E']]],
		['A/B | C', '|', [['A/B', 'C']]],
		['A > B', '>', [['A', 'B']]],
		['A -> B', '->', [['A', 'B']]],
		[
			'华东\t上海\t\n华东\t苏/州',
			'/',
			[
				['华东', '上海'],
				['华东', '苏/州'],
			],
		],
		[
			['A / B', ['C', 'D / E', '', null]],
			'/',
			[
				['A', 'B'],
				['C', 'D / E'],
			],
		],
		[[[1, 2.5], 3], '/', [['1', '2.5'], ['3']]],
		[
			'["A / B", ["C"], [12345678901234567890]]',
			'/',
			[['A', 'B'], ['C'], ['12345678901234567890']],
		],
		['[VIP] / A', '/', [['[VIP]', 'A']]],
		[
			'1471808049579560960 / 12345678901234567890',
			'/',
			[['1471808049579560960', '12345678901234567890']],
		],
		['', '/', []],
	])('reads %j', (value, separator, paths) => {
		expect(readPaths(value, separator)).toEqual(paths);
	});

	it.each<[unknown, string]>([
		['A / / B', 'has an empty level in row 1: "A / / B"'],
		['A\n/ B', 'has an empty level in row 2: "/ B"'],
		['A / ', 'has an empty level in row 1: "A / "'],
		[['A', ['', 'B']], 'has an empty level in row 2: ["","B"]'],
		[[[]], 'has an empty level in row 1: []'],
		[[{ name: 'A' }], 'has a row that is neither text nor a list of names: row 1: {"name":"A"}'],
		[[['A', true]], 'has a name that is not text in row 1: ["A",true]'],
		[[[2 ** 60]], 'has a name that is not text in row 1: [1152921504606847000]'],
		[7, 'is neither text nor a list'],
		[{ a: 1 }, 'is neither text nor a list'],
	])('refuses %j', (value, problem) => {
		expect(readPaths(value, '/')).toMatchObject({ problem });
	});

	it('reads back what it wrote, as lines, as a list of lines and as a list of lists', () => {
		const name = fc
			.string({ minLength: 1, maxLength: 8, unit: 'grapheme' })
			.map((text) => text.trim())
			.filter((text) => text !== '' && !/[\t\r\n/[\]"{}\d]/.test(text));
		const paths = fc.array(fc.array(name, { minLength: 1, maxLength: 5 }), { minLength: 1 });
		fc.assert(
			fc.property(paths, (rows) => {
				const lines = rows.map((row) => row.join(' / '));
				expect(readPaths(lines.join('\n'), '/')).toEqual(rows);
				expect(readPaths(lines, '/')).toEqual(rows);
				expect(readPaths(rows, '/')).toEqual(rows);
			}),
		);
	});
});
