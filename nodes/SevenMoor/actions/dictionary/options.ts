import type { Fields } from '../../../../lib/fields';
import { ValueProblem } from '../../../../lib/ids';
import { parseJson } from '../../../../lib/json';
import { newUuid } from '../../newUuid';
import type { OptionStates } from '../../transport/states';
import { readPaths, toList } from '../../optionPaths';
import {
	growTree,
	plainText,
	problemOf,
	readTree,
	type DictionaryOption,
	type Making,
} from '../../optionTree';

/** What the rows start from: the options that are there, and whether unnamed ones stay. */
export interface Ground {
	readonly known: readonly DictionaryOption[];
	readonly keepOthers: boolean;
}

export const BARE_GROUND: Ground = { known: [], keepOthers: false };

/** The value, or the end of the item with an error that names the field. */
export function accepted<T>(fields: Fields, name: string, value: T | ValueProblem): T {
	return value instanceof ValueProblem ? fields.refuse(name, value.problem, value.advice) : value;
}

/** The tree, which keeps the rules of the vendor. */
export function checkedTree(
	fields: Fields,
	name: string,
	tree: DictionaryOption[],
	levels: number | undefined,
): DictionaryOption[] {
	accepted(fields, name, problemOf(tree, levels));
	return tree;
}

/** How the options that are made are completed, by the field State of New Options. */
export function making(fields: Fields, states: OptionStates, renewKeys = false): Making {
	const state = states[fields.choice('state', ['enabled', 'disabled'] as const)];
	return { newKey: newUuid, state, renewKeys };
}

/** The tree of the field Options (JSON); `levels` is undefined where the number is not known. */
export function optionsFromJson(
	fields: Fields,
	levels: number | undefined,
	made: Making,
): DictionaryOption[] {
	const given = fields.raw('optionsJson');
	let value = given;
	try {
		if (typeof given === 'string') value = given.trim() === '' ? [] : parseJson(given);
	} catch {
		return fields.refuse(
			'optionsJson',
			'is not JSON',
			'Check brackets, quotes and commas, or give the options as rows.',
		);
	}
	const tree = accepted(fields, 'optionsJson', readTree(value, made));
	return checkedTree(fields, 'optionsJson', tree, levels);
}

/** The tree of the field Option Rows, grown on what is there. */
export function optionsFromRows(
	fields: Fields,
	levels: number | undefined,
	{ known, keepOthers }: Ground,
	made: Making,
): DictionaryOption[] {
	const separator = fields.optionalText('separator')?.trim() ?? '/';
	const paths = accepted(fields, 'optionRows', readPaths(fields.raw('optionRows'), separator));
	if (paths.length === 0) {
		return fields.refuse('optionRows', 'is empty', 'Enter at least one row.');
	}
	return checkedTree(fields, 'optionRows', growTree(paths, known, keepOthers, made), levels);
}

/** The options of a dictionary as 7moor has it. */
export function knownOptions(
	fields: Fields,
	value: unknown,
	name = 'dictionaryId',
): DictionaryOption[] {
	return accepted(fields, name, readTree(value ?? [], { newKey: newUuid, state: '' }));
}

/** The level titles, none of them empty. */
export function levelTitles(fields: Fields): string[] {
	const titles = toList(fields.raw('headers') ?? []) ?? [];
	if (titles.length === 0) {
		return fields.refuse('headers', 'is empty', 'Enter one title per level.');
	}
	return titles.map((value, index) => {
		const title = plainText(value ?? '')?.trim();
		return title === undefined || title === ''
			? fields.refuse(
					'headers',
					`has no title for level ${index + 1}`,
					'Enter a title as text, or take the level out.',
				)
			: title;
	});
}
