import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { toDictionary } from '../../dictionary';
import { dictionaryField } from '../../fields';
import { dictionaryRecord } from '../known';
import { dictionaryOutput } from './output';

/** POST /v20210827/business/queryDictionary (seed 7moor). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get',
		action: 'Get a dictionary',
		description: 'Get one work-order dictionary with its level titles and options',
	},
	fields: [dictionaryField, ...dictionaryOutput.fields],
	reads: true,
	run: async (item) => {
		const shape = shaper(item.fields, dictionaryOutput, toDictionary);
		return shape(await dictionaryRecord(item));
	},
};
