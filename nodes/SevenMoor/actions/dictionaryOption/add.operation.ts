import type { OperationOnItem } from '../../../../lib/operation';
import { dictionaryField, optionField } from '../../fields';
import { newUuid } from '../../newUuid';
import { addBelow, placeProblem } from '../../optionEdits';
import { statesOf } from '../../transport/states';
import { newStateField } from '../dictionary/optionFields';
import { accepted, making } from '../dictionary/options';
import { knownDictionary, saveOptions } from '../known';
import { changeAnswer, locatedOption, moreFields } from './change';

/** queryDictionary, then updateDictionary with the whole tree (seed 7moor). */
export const operation: OperationOnItem = {
	option: {
		name: 'Add',
		action: 'Add a dictionary option',
		description: 'Add an option to a dictionary, on the first level or below another one',
	},
	fields: [
		dictionaryField,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			description: 'Name of the new option; no option beside it may have it',
		},
		optionField({
			displayName: 'Parent Option',
			name: 'parentOption',
			description: 'The option above it; leave it empty for the first level',
		}),
		{
			...newStateField,
			displayName: 'State',
			description:
				"Whether agents can choose it. 7moor's documents contradict each other on which state means enabled: the credential says it (Enabled State).",
		},
		moreFields(),
	],
	run: async (item) => {
		const { fields } = item;
		const name = fields.text('name').trim();
		const { state } = making(fields, await statesOf(item));
		const dictionary = await knownDictionary(item);
		const parent = locatedOption(item, 'parentOption', dictionary);
		const path = [...(parent?.path ?? []), name];
		accepted(fields, 'name', placeProblem(dictionary.options, path));
		const option = { name, key: newUuid(), state, options: [] };
		const options =
			parent === undefined
				? [...dictionary.options, option]
				: addBelow(dictionary.options, parent.option.key, option);
		await saveOptions(item, dictionary, options, 'parentOption');
		return changeAnswer(dictionary, { option, path }, true);
	},
};
