import type { OperationOnItem } from '../../../../lib/operation';
import { dictionaryField, optionField } from '../../fields';
import { mapTree, placeProblem } from '../../optionEdits';
import { accepted } from '../dictionary/options';
import { knownDictionary, saveOptions } from '../known';
import { changeAnswer, changedOption, moreFields } from './change';

/** queryDictionary, then updateDictionary with the whole tree (seed 7moor). */
export const operation: OperationOnItem = {
	option: {
		name: 'Rename',
		action: 'Rename a dictionary option',
		description: 'Give an option of a dictionary another name; its key stays',
	},
	fields: [
		dictionaryField,
		optionField({
			displayName: 'Option',
			name: 'option',
			description: 'The option',
			required: true,
		}),
		{
			displayName: 'New Name',
			name: 'newName',
			type: 'string',
			default: '',
			required: true,
			description: 'No option beside it may have it',
		},
		moreFields(),
	],
	run: async (item) => {
		const { fields } = item;
		const name = fields.text('newName').trim();
		const dictionary = await knownDictionary(item);
		const chosen = changedOption(item, dictionary);
		const { key, name: previousName } = chosen.option;
		const path = [...chosen.path.slice(0, -1), name];
		const renamed = { option: { ...chosen.option, name }, path };
		if (name !== previousName) {
			accepted(fields, 'newName', placeProblem(dictionary.options, path));
			const options = mapTree(dictionary.options, ({ option }) =>
				option.key === key ? renamed.option : option,
			);
			await saveOptions(item, dictionary, options, 'newName');
		}
		return { ...changeAnswer(dictionary, renamed, name !== previousName), previousName };
	},
};
