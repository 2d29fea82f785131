import type { OperationOnItem } from '../../../../lib/operation';
import { setState, stateFields } from './change';

/** queryDictionary, then updateDictionary with the whole tree (seed 7moor). */
export const operation: OperationOnItem = {
	option: {
		name: 'Disable',
		action: 'Disable a dictionary option',
		description: 'Keep an option in a dictionary, but not for agents to choose',
	},
	fields: stateFields,
	run: async (item) => await setState(item, 'disabled'),
};
