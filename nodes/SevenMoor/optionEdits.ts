import { ValueProblem } from '../../lib/ids';
import {
	shownPath,
	walk,
	type DictionaryOption,
	type Located,
	type OptionPath,
} from './optionTree';

/** How one option of a tree is meant: by its key, or by the names from the first level down to it. */
export type OptionChoice = { readonly key: string } | { readonly path: OptionPath };

/** The option that is meant; undefined where the tree has none. */
export function findOption(
	tree: readonly DictionaryOption[],
	choice: OptionChoice,
): Located | undefined {
	const wanted =
		'key' in choice
			? ({ option }: Located) => option.key.toLowerCase() === choice.key.toLowerCase()
			: ({ path }: Located) => samePath(path, choice.path);
	for (const located of walk(tree)) if (wanted(located)) return located;
	return undefined;
}

function samePath(one: OptionPath, other: OptionPath): boolean {
	return one.length === other.length && one.every((name, level) => name === other[level]);
}

/** The tree with each option changed on its own, parents first; everything else stays as it is. */
export function mapTree(
	tree: readonly DictionaryOption[],
	change: (located: Located) => DictionaryOption,
	above: OptionPath = [],
): DictionaryOption[] {
	return tree.map((option) => {
		const path = [...above, option.name];
		const changed = change({ option, path });
		return { ...changed, options: mapTree(option.options, change, path) };
	});
}

/** The tree with a new option at the end of those below the option `parentKey`. */
export function addBelow(
	tree: readonly DictionaryOption[],
	parentKey: string,
	option: DictionaryOption,
): DictionaryOption[] {
	return tree.map((entry) => ({
		...entry,
		options:
			entry.key === parentKey
				? [...entry.options, option]
				: addBelow(entry.options, parentKey, option),
	}));
}

/** What is wrong with giving an option this place: names beside each other are unique (seed 7moor). */
export function placeProblem(
	tree: readonly DictionaryOption[],
	path: OptionPath,
): ValueProblem | undefined {
	return findOption(tree, { path }) === undefined
		? undefined
		: new ValueProblem(
				`is the name of an option that is there: ${shownPath(path)}`,
				'Options beside each other need different names. Choose another one.',
			);
}
