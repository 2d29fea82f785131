import fc from 'fast-check';

import { growTree, walk, type DictionaryOption } from '../../../nodes/SevenMoor/optionTree';
import { planSync, type SyncRules } from '../../../nodes/SevenMoor/optionSync';

const option = (
	name: string,
	key: string,
	state = '2',
	options: DictionaryOption[] = [],
): DictionaryOption => ({ name, key, state, options });

function rules(changes: Partial<SyncRules> = {}): SyncRules {
	let made = 0;
	return {
		newKey: () => `new-${made++}`,
		enabled: '2',
		disabled: '1',
		disableOthers: false,
		enableNamed: false,
		...changes,
	};
}

const known = [
	option('华东', 'a', '2', [option('上海', 'b'), option('杭州', 'c', '1')]),
	option('华南', 'd', '2', [option('深圳', 'e')]),
];
const table = [
	['华东', '上海'],
	['华东', '杭州'],
	['华东', '南京'],
	['华北', '北京'],
];

describe('planSync', () => {
	it('adds what is missing behind what is there and leaves the rest alone', () => {
		const plan = planSync(known, table, rules());
		expect(plan).toEqual({
			added: [['华东', '南京'], ['华北'], ['华北', '北京']],
			enabled: [],
			disabled: [],
			notInTable: [['华南'], ['华南', '深圳']],
			options: [
				option('华东', 'a', '2', [
					option('上海', 'b'),
					option('杭州', 'c', '1'),
					option('南京', expect.stringMatching(/^new-/) as string),
				]),
				option('华南', 'd', '2', [option('深圳', 'e')]),
				option('华北', expect.stringMatching(/^new-/) as string, '2', [
					option('北京', expect.stringMatching(/^new-/) as string),
				]),
			],
		});
	});

	it('disables the others and enables the named when asked, with the states that are given', () => {
		const plan = planSync(known, table, rules({ disableOthers: true, enableNamed: true }));
		expect(plan.enabled).toEqual([['华东', '杭州']]);
		expect(plan.disabled).toEqual([['华南'], ['华南', '深圳']]);
		expect([...walk(plan.options)].map(({ option: { name, state } }) => [name, state])).toEqual([
			['华东', '2'],
			['上海', '2'],
			['杭州', '2'],
			['南京', '2'],
			['华南', '1'],
			['深圳', '1'],
			['华北', '2'],
			['北京', '2'],
		]);
		const other = rules({ disableOthers: true, enabled: '1', disabled: '2' });
		const turned = planSync(known, [['华东', '杭州']], other);
		expect(turned.disabled).toEqual([]);
		expect(turned.notInTable).toHaveLength(3);
	});

	it('never loses a key, and a second run changes nothing', () => {
		const names = fc.constantFrom('甲', '乙', 'A', '__proto__', '12345678901234567');
		const paths = fc.array(fc.array(names, { minLength: 1, maxLength: 4 }), {
			minLength: 1,
			maxLength: 20,
		});
		fc.assert(
			fc.property(paths, paths, fc.boolean(), fc.boolean(), (before, rows, disable, enable) => {
				let made = 0;
				const making = { newKey: () => `old-${made++}`, state: '2' };
				const old = growTree(before, [], false, making);
				const choice = { disableOthers: disable, enableNamed: enable };
				const first = planSync(old, rows, rules(choice));
				const keys = new Set([...walk(first.options)].map(({ option: { key } }) => key));
				for (const { option: kept } of walk(old)) expect(keys.has(kept.key)).toBe(true);
				expect(keys.size).toBe(made + first.added.length);
				const second = planSync(first.options, rows, rules(choice));
				expect([second.added, second.enabled, second.disabled]).toEqual([[], [], []]);
				expect(second.options).toEqual(first.options);
			}),
		);
	});
});
