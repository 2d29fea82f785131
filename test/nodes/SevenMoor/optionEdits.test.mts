import { addBelow, findOption, mapTree, placeProblem } from '../../../nodes/SevenMoor/optionEdits';
import type { DictionaryOption } from '../../../nodes/SevenMoor/optionTree';

const option = (name: string, key: string, options: DictionaryOption[] = []): DictionaryOption => ({
	name,
	key,
	state: '2',
	options,
});
const tree = [
	option('A', 'aa', [option('B', 'bb', [option('C', 'cc')]), option('A', 'dd')]),
	option('B', 'ee'),
];

it('finds an option by its key, whatever its letters, and by its whole path only', () => {
	expect(findOption(tree, { key: 'CC' })?.path).toEqual(['A', 'B', 'C']);
	expect(findOption(tree, { path: ['A', 'A'] })?.option.key).toBe('dd');
	expect(findOption(tree, { path: ['B'] })?.option.key).toBe('ee');
	expect(findOption(tree, { path: ['A', 'C'] })).toBeUndefined();
	expect(findOption(tree, { key: 'zz' })).toBeUndefined();
});

it('adds an option below another one and keeps all others', () => {
	const added = option('N', 'nn');
	expect(addBelow(tree, 'bb', added)).toEqual([
		option('A', 'aa', [option('B', 'bb', [option('C', 'cc'), added]), option('A', 'dd')]),
		option('B', 'ee'),
	]);
	expect(addBelow(tree, 'dd', added)).toEqual([
		option('A', 'aa', [option('B', 'bb', [option('C', 'cc')]), option('A', 'dd', [added])]),
		option('B', 'ee'),
	]);
});

it('changes options on their own and leaves the tree that was given as it is', () => {
	const changed = mapTree(tree, ({ option: entry, path }) =>
		path.length === 2 ? { ...entry, state: '1' } : entry,
	);
	expect(changed[0]?.options.map(({ state }) => state)).toEqual(['1', '1']);
	expect(changed[0]?.options[0]?.options).toEqual([option('C', 'cc')]);
	expect(tree[0]?.options[0]?.state).toBe('2');
});

it('allows a name beside others only once', () => {
	expect(placeProblem(tree, ['A', 'B'])?.problem).toBe(
		'is the name of an option that is there: "A / B"',
	);
	expect(placeProblem(tree, ['B', 'B'])).toBeUndefined();
});
