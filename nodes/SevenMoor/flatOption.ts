import { objectsIn, type JsonObject } from '../../lib/json';
import { idOrNull, textOrNull } from '../../lib/workOrder';
import { plainPath, type OptionPath } from './optionTree';
import type { OptionStates } from './transport/states';

/** One option of a dictionary on its own, simplified. */
export interface FlatOption {
	dictionaryId: string | null;
	key: string | null;
	name: string | null;
	/** Names from the first level down: "Hardware / Printer". */
	path: string;
	/** Counted from 1. */
	level: number;
	levelTitle: string | null;
	/** As 7moor writes it. */
	state: string | null;
	/** By the Enabled State of the credential; null where the state is neither of the two. */
	enabled: boolean | null;
	/** Whether no options are below it. */
	leaf: boolean;
	parentKey: string | null;
}

interface Place {
	readonly above: OptionPath;
	readonly parentKey: string | null;
}

function enabledBy({ enabled, disabled }: OptionStates, state: string | null): boolean | null {
	if (state === enabled) return true;
	return state === disabled ? false : null;
}

export interface FoundOption {
	/** As the vendor has it, with the options below it. */
	readonly record: JsonObject;
	readonly flat: FlatOption;
}

/** Every option of a record of the query answer (seed 7moor), parents first. */
export function* flatOptions(dictionary: JsonObject, states: OptionStates): Generator<FoundOption> {
	const titles = Array.isArray(dictionary.headers) ? dictionary.headers : [];
	function* below(options: readonly JsonObject[], place: Place): Generator<FoundOption> {
		for (const record of options) {
			const path = [...place.above, String(record.name ?? '')];
			const inner = objectsIn(record.options);
			const key = idOrNull(record.key);
			const state = textOrNull(record.state);
			const flat = {
				dictionaryId: idOrNull(dictionary._id),
				key,
				name: textOrNull(record.name),
				path: plainPath(path),
				level: path.length,
				levelTitle: textOrNull(titles[path.length - 1]),
				state,
				enabled: enabledBy(states, state),
				leaf: inner.length === 0,
				parentKey: place.parentKey,
			};
			yield { record, flat };
			yield* below(inner, { above: path, parentKey: key });
		}
	}
	yield* below(objectsIn(dictionary.options), { above: [], parentKey: null });
}
