import { outputChoice } from '../../../../lib/output';
import type { FlatOption } from '../../flatOption';

export const optionOutput = outputChoice(
	[
		'dictionaryId',
		'key',
		'name',
		'path',
		'level',
		'levelTitle',
		'state',
		'enabled',
		'leaf',
		'parentKey',
	] as const satisfies readonly (keyof FlatOption)[],
	'Ten fields: key, name, full path, level, state',
);
