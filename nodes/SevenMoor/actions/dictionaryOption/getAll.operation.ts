import { listingFields, wantedCount } from '../../../../lib/listing';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { dictionaryField } from '../../fields';
import { flatOptions, type FoundOption } from '../../flatOption';
import { statesOf } from '../../transport/states';
import { dictionaryRecord } from '../known';
import { optionOutput } from './output';

/** POST /v20210827/business/queryDictionary (seed 7moor): the options come with their dictionary. */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many dictionary options',
		description: 'Get the options of a dictionary one by one, each with its full path',
	},
	fields: [dictionaryField, ...listingFields, ...optionOutput.fields],
	reads: true,
	run: async (item) => {
		const shape = shaper(
			item.fields,
			optionOutput,
			({ flat }: FoundOption) => flat,
			({ record }) => record,
		);
		const limit = wantedCount(item.fields);
		const states = await statesOf(item);
		const found = [...flatOptions(await dictionaryRecord(item), states)];
		if (found.length > limit) {
			item.hint(`The dictionary has ${found.length} options; the limit let ${limit} through.`);
		}
		return found.slice(0, limit).map(shape);
	},
};
