import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Budget, Row } from '../../bench/src/measure.mts';
import { page } from '../../bench/src/page.mts';
import { judge } from '../../bench/src/report.mts';

const row = (more: Partial<Row> = {}): Row => ({
	subject: 'memory',
	ours: 60,
	unit: 'MB',
	figure: 60,
	budget: 'memory',
	...more,
});
const under = (budget: Partial<Budget>, more: Partial<Row> = {}, exact = true) =>
	judge(row(more), exact, { memory: { says: 'a budget', ...budget } });

describe('a budget', () => {
	it('holds up to its figure and not above it', () => {
		expect(under({ most: 60 })).toMatchObject({ holds: true, broken: false });
		expect(under({ most: 59.9 })).toMatchObject({ holds: false, broken: true });
		expect(under({ least: 60 })).toMatchObject({ holds: true, broken: false });
		expect(under({ least: 60.1 })).toMatchObject({ holds: false, broken: true });
	});

	it('of a time is only reported', () => {
		expect(under({ most: 1 }, {}, false)).toMatchObject({ holds: false, broken: false });
		expect(under({ most: 1 }, { timed: true })).toMatchObject({ holds: false, broken: false });
		expect(under({ most: 1 }, { timed: false }, false)).toMatchObject({ broken: true });
	});

	it("that can't be met says why and is broken by what is worse than it was", () => {
		const budget = { most: 50, kept: 61, why: 'the floor is 55' };
		expect(under(budget)).toMatchObject({ holds: false, broken: false, why: 'the floor is 55' });
		expect(under(budget, { figure: 62 })).toMatchObject({ holds: false, broken: true });
		expect(under(budget, { figure: 49 })).not.toHaveProperty('why');
	});

	it('that is not there is an error', () => {
		expect(() => judge(row(), true, {})).toThrow('There is no budget memory');
		expect(judge(row({ budget: undefined }), true, {})).toMatchObject({ broken: false });
	});
});

describe('the page', () => {
	it('names each budget that does not hold, with its reason', () => {
		const result = {
			name: 'list',
			title: 'Lists',
			method: 'So it is done.',
			date: '2026-01-02',
			rows: [under({ most: 50, kept: 61, why: 'the floor is 55' })],
		};
		const text = page({ n8n: '2.0.0', node: 'v24.0.0', cores: 2, results: [result] }).join('\n');
		expect(text).toContain('- Lists: memory');
		expect(text).toContain('| memory | 60 MB |  |  | a budget | NO |');
		expect(text).toContain('- memory, the budget does not hold: the floor is 55.');
		expect(text).toContain('Measured on 2026-01-02.');
	});
});

describe('the check', () => {
	let folder: string;
	beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'gongdan-budgets-'))));
	afterAll(() => rmSync(folder, { recursive: true }));

	/** Checks the size of the package against the budgets of the repository with one of them changed. */
	function check(tarball: number) {
		const text = readFileSync('bench/budgets.json', 'utf8');
		const budgets = JSON.parse(text) as Record<string, Budget>;
		const file = join(folder, 'budgets.json');
		const changed = {
			...budgets,
			'size.tarball': { most: tarball, says: 'as the test wants it' },
			'size.unpacked': { most: 100_000, says: 'any' },
		};
		writeFileSync(file, JSON.stringify(changed));
		const args = ['bench/main.mts', '--check', '--only', 'size', '--budgets', file];
		const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
		return { status, last: stdout.trimEnd().split('\n').at(-1), stderr };
	}

	it('passes where every budget holds', () => {
		expect(check(100_000)).toMatchObject({ status: 0, last: '2 passed, 0 failed' });
	});

	it('fails where one is broken, and says which', () => {
		const { status, last, stderr } = check(0.001);
		expect({ status, last }).toEqual({ status: 1, last: '1 passed, 1 failed' });
		expect(stderr).toContain('Broken budget: tarball: as the test wants it');
	});
});
