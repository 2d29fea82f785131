import { outputChoice } from '../../../../lib/output';
import type { Dictionary } from '../../dictionary';

/** The output of everything that reads dictionaries. */
export const dictionaryOutput = outputChoice(
	[
		'id',
		'name',
		'levels',
		'headers',
		'optionCount',
		'paths',
		'options',
		'createdAt',
		'updatedAt',
		'updatedBy',
	] as const satisfies readonly (keyof Dictionary)[],
	'Ten fields: names, titles, paths of the options, times with their zone',
);
