import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../../lib/operation';
import { dictionaryField, optionChoice, optionField } from '../../fields';
import { findOption, mapTree } from '../../optionEdits';
import { plainPath, type DictionaryOption, type Located } from '../../optionTree';
import { statesOf, type OptionStates } from '../../transport/states';
import { separatorField } from '../dictionary/optionFields';
import { knownDictionary, saveOptions, type KnownDictionary } from '../known';

/** The Options collection of an operation on an option that may be named by its path. */
export function moreFields(...more: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			...more,
			{ ...separatorField, description: 'What stands between the names of a path' },
		],
	};
}

/** The option that a locator names in its dictionary; `undefined` where the locator is empty. */
export function locatedOption(
	{ fields }: Item,
	name: string,
	{ options }: KnownDictionary,
): Located | undefined {
	if (!fields.has(name)) return undefined;
	const more = fields.group('options');
	const choice = optionChoice(fields, name, more.optionalText('separator')?.trim() ?? '/');
	const shown = 'key' in choice ? choice.key : plainPath(choice.path);
	return (
		findOption(options, choice) ??
		fields.refuse(
			name,
			`has no option in the dictionary: "${shown}"`,
			'Check it; Dictionary Option: Get Many lists the options with keys and paths.',
		)
	);
}

/** The option that is to be changed, which has to be named. */
export function changedOption(item: Item, dictionary: KnownDictionary): Located {
	return (
		locatedOption(item, 'option', dictionary) ??
		item.fields.refuse('option', 'is empty', 'Choose an option.')
	);
}

/** What an operation that changes one option answers. */
export function changeAnswer(
	dictionary: KnownDictionary,
	{ option, path }: Located,
	changed: boolean,
): object {
	return {
		success: true,
		changed,
		dictionaryId: dictionary.id,
		dictionaryName: dictionary.name,
		key: option.key,
		name: option.name,
		path: plainPath(path),
		level: path.length,
		state: option.state,
	};
}

/** The fields of Enable and Disable. */
export const stateFields: INodeProperties[] = [
	dictionaryField,
	optionField({ displayName: 'Option', name: 'option', description: 'The option', required: true }),
	moreFields({
		displayName: 'Options Below',
		name: 'below',
		type: 'boolean',
		default: false,
		description: 'Whether all options below it get the same state',
	}),
];

/** Gives the chosen option a state; sends nothing where it has it already. */
export async function setState(item: Item, wanted: keyof OptionStates): Promise<object> {
	const below = item.fields.group('options').flag('below');
	const { [wanted]: state } = await statesOf(item);
	const dictionary = await knownDictionary(item);
	const chosen = changedOption(item, dictionary);
	let changes = 0;
	const isMeant = ({ option, path }: Located) =>
		option.key === chosen.option.key ||
		(below && chosen.path.every((name, level) => name === path[level]));
	const options = mapTree(dictionary.options, (located): DictionaryOption => {
		if (located.option.state === state || !isMeant(located)) return located.option;
		changes += 1;
		return { ...located.option, state };
	});
	if (changes > 0) await saveOptions(item, dictionary, options, 'option');
	const option = { ...chosen.option, state };
	return changeAnswer(dictionary, { ...chosen, option }, changes > 0);
}
