import { toUuid, ValueProblem } from '../../lib/ids';
import { isPlainObject, isWritable, type JsonObject } from '../../lib/json';

/** One option as the vendor writes it; leaves have `options: []` (seed 7moor). */
export interface DictionaryOption {
	readonly name: string;
	/** A standard UUID; the vendor tells options apart by it. */
	readonly key: string;
	/** "2" enabled, "1" disabled says the seed's text; its samples contradict it. */
	readonly state: string;
	readonly options: readonly DictionaryOption[];
}

/** How options that the person did not write out in full are completed. */
export interface Making {
	readonly newKey: () => string;
	readonly state: string;
	/** Gives every option a new key, also those that have one. */
	readonly renewKeys?: boolean;
}

/** Names from the first level down. */
export type OptionPath = readonly string[];

/** A path as people read it: "Hardware / Printer". */
export function plainPath(path: OptionPath): string {
	return path.join(' / ');
}

export function shownPath(path: OptionPath): string {
	return `"${plainPath(path)}"`;
}

/** Text of a name or state; undefined for what is no text, and for numbers that have lost digits. */
export function plainText(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value))
		? String(value)
		: undefined;
}

/** An option without `level`, which only answers have (seed 7moor): sent back, it is left out. */
export function withoutLevel(option: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(option).filter(([member]) => member !== 'level'));
}

function readOption(
	entry: JsonObject,
	above: OptionPath,
	place: string,
	making: Making,
): DictionaryOption | ValueProblem {
	const { key: givenKey, state: givenState, ...rest } = withoutLevel(entry);
	const name = plainText(entry.name);
	if (name === undefined || name.trim() === '') {
		return new ValueProblem(
			`has an option without a name: ${place}`,
			'Give every option a "name" that is text.',
		);
	}
	const path = [...above, name];
	const keyMissing = givenKey === undefined || givenKey === null || givenKey === '';
	const key = keyMissing || making.renewKeys === true ? making.newKey() : toUuid(givenKey);
	if (key instanceof ValueProblem) {
		return new ValueProblem(
			`has a key at ${shownPath(path)} that ${key.problem}`,
			`${key.advice} Restore the key of an existing option; leave it out for a new one.`,
		);
	}
	const state = givenState === undefined || givenState === null ? '' : plainText(givenState);
	if (state === undefined) {
		return new ValueProblem(
			`has a state at ${shownPath(path)} that is not text`,
			'Write the state as "2" or "1", or leave it out.',
		);
	}
	const options = readTree(rest.options ?? [], making, path);
	if (options instanceof ValueProblem) return options;
	return { ...rest, name, key, state: state === '' ? making.state : state, options };
}

/** Reads a tree in the vendor's form; members that it does not know stay as they are. */
export function readTree(
	value: unknown,
	making: Making,
	above: OptionPath = [],
): DictionaryOption[] | ValueProblem {
	const where = above.length === 0 ? 'on the first level' : `below ${shownPath(above)}`;
	if (!Array.isArray(value)) {
		return new ValueProblem(
			`is not a list ${where}`,
			'Give the options as 7moor writes them: [{"name": "Hardware", "options": [{"name": "Printer"}]}].',
		);
	}
	const tree: DictionaryOption[] = [];
	for (const [index, entry] of (value as unknown[]).entries()) {
		const place = `number ${index + 1} ${where}`;
		const option =
			isPlainObject(entry) && isWritable(entry)
				? readOption(entry as JsonObject, above, place, making)
				: new ValueProblem(
						`has an option that is no object: ${place}`,
						'Write it as {"name": "Printer"}.',
					);
		if (option instanceof ValueProblem) return option;
		tree.push(option);
	}
	return tree;
}

/** The paths grouped by their first name, in the order in which the names appear. */
function byFirstName(paths: readonly OptionPath[]): Map<string, OptionPath[]> {
	const groups = new Map<string, OptionPath[]>();
	for (const [name, ...below] of paths) {
		if (name === undefined) continue;
		const group = groups.get(name) ?? [];
		if (below.length > 0) group.push(below);
		groups.set(name, group);
	}
	return groups;
}

/**
 * The tree that the paths describe. Options of `known` with the same path keep their key and state;
 * those that no path names stay as well when `keepOthers` is set.
 */
export function growTree(
	paths: readonly OptionPath[],
	known: readonly DictionaryOption[],
	keepOthers: boolean,
	making: Making,
): DictionaryOption[] {
	const groups = byFirstName(paths);
	const knownNames = new Map(known.map((option) => [option.name, option]));
	const grown = (name: string, below: readonly OptionPath[]): DictionaryOption => {
		const option = knownNames.get(name);
		return {
			...(option ?? { name, key: making.newKey(), state: making.state }),
			options: growTree(below, option?.options ?? [], keepOthers, making),
		};
	};
	const named = (name: string) => grown(name, groups.get(name) ?? []);
	if (!keepOthers) return [...groups.keys()].map(named);
	return [
		...known.map((option) => (groups.has(option.name) ? named(option.name) : option)),
		...[...groups.keys()].filter((name) => !knownNames.has(name)).map(named),
	];
}

export interface Located {
	readonly option: DictionaryOption;
	readonly path: OptionPath;
}

/** Every option with its path, parents first. */
export function* walk(
	tree: readonly DictionaryOption[],
	above: OptionPath = [],
): Generator<Located> {
	for (const option of tree) {
		const path = [...above, option.name];
		yield { option, path };
		yield* walk(option.options, path);
	}
}

/** The first rule of the vendor (seed 7moor) that the tree breaks; undefined where it keeps them all. */
export function problemOf(
	tree: readonly DictionaryOption[],
	levels: number | undefined,
): ValueProblem | undefined {
	// "Each level needs an enabled option": which state means enabled is unclear, but none has none.
	if (tree.length === 0) return new ValueProblem('has no option', 'Enter at least one option.');
	const pathOfKey = new Map<string, OptionPath>();
	const paths = new Set<string>();
	for (const { option, path } of walk(tree)) {
		if (levels !== undefined && path.length > levels) {
			return new ValueProblem(
				`has an option on level ${path.length}, which has no level title: ${shownPath(path)}`,
				'Add a level title, or put the option on a higher level.',
			);
		}
		const place = JSON.stringify(path);
		if (paths.has(place)) {
			return new ValueProblem(
				`has two options with the same name beside each other: ${shownPath(path)}`,
				'Rename one of them or leave it out.',
			);
		}
		paths.add(place);
		const key = option.key.toLowerCase();
		const first = pathOfKey.get(key);
		if (first !== undefined) {
			return new ValueProblem(
				`has the key ${option.key} twice: at ${shownPath(first)} and at ${shownPath(path)}`,
				'Restore the key of an existing option; leave it out for a new one.',
			);
		}
		pathOfKey.set(key, path);
	}
	return undefined;
}
