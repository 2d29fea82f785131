import { mapTree } from './optionEdits';
import { growTree, walk, type DictionaryOption, type OptionPath } from './optionTree';

/** How the tree is to follow the table. */
export interface SyncRules {
	readonly newKey: () => string;
	/** State of enabled and of disabled options, as the vendor writes them. */
	readonly enabled: string;
	readonly disabled: string;
	/** Disables the options that the table does not name. */
	readonly disableOthers: boolean;
	/** Enables the options that the table names. */
	readonly enableNamed: boolean;
}

/** The tree that is to be, and how it differs from the one that is there. */
export interface SyncPlan {
	readonly options: DictionaryOption[];
	readonly added: OptionPath[];
	readonly enabled: OptionPath[];
	readonly disabled: OptionPath[];
	/** Options that the table does not name, whatever becomes of them. */
	readonly notInTable: OptionPath[];
}

const placeOf = (path: OptionPath) => JSON.stringify(path);

/** Every place that the paths name: their ends and all levels above. */
function namedPlaces(paths: readonly OptionPath[]): Set<string> {
	return new Set(
		paths.flatMap((path) => path.map((_name, level) => placeOf(path.slice(0, level + 1)))),
	);
}

/**
 * Plans the tree of a table of paths. No option is ever left out: what the vendor does with keys that an
 * update omits is unknown (sheet 7moor §3.1).
 */
export function planSync(
	known: readonly DictionaryOption[],
	table: readonly OptionPath[],
	rules: SyncRules,
): SyncPlan {
	const named = namedPlaces(table);
	const keysBefore = new Set([...walk(known)].map(({ option }) => option.key));
	const plan: Record<'added' | 'enabled' | 'disabled' | 'notInTable', OptionPath[]> = {
		added: [],
		enabled: [],
		disabled: [],
		notInTable: [],
	};
	const grown = growTree(table, known, true, { newKey: rules.newKey, state: rules.enabled });
	const options = mapTree(grown, ({ option, path }) => {
		if (!keysBefore.has(option.key)) {
			plan.added.push(path);
			return option;
		}
		const inTable = named.has(placeOf(path));
		if (!inTable) plan.notInTable.push(path);
		if (inTable && rules.enableNamed && option.state !== rules.enabled) {
			plan.enabled.push(path);
			return { ...option, state: rules.enabled };
		}
		if (!inTable && rules.disableOthers && option.state !== rules.disabled) {
			plan.disabled.push(path);
			return { ...option, state: rules.disabled };
		}
		return option;
	});
	return { options, ...plan };
}
