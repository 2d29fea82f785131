import type { OperationOnItem } from '../../../../lib/operation';
import { setState, stateFields } from './change';

/** queryDictionary, then updateDictionary with the whole tree (seed 7moor). */
export const operation: OperationOnItem = {
	option: {
		name: 'Enable',
		action: 'Enable a dictionary option',
		description: 'Let agents choose an option of a dictionary',
	},
	fields: stateFields,
	run: async (item) => await setState(item, 'enabled'),
};
