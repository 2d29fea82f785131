// Written by `npm run build` from the files beside it; an operation is found by its place.
import type { Resources } from '../../../lib/operation';
import { operation as dictionaryCreate } from './dictionary/create.operation';
import { operation as dictionaryGet } from './dictionary/get.operation';
import { operation as dictionaryGetAll } from './dictionary/getAll.operation';
import { operation as dictionaryUpdate } from './dictionary/update.operation';

export const resources = {
	dictionary: {
		create: dictionaryCreate,
		get: dictionaryGet,
		getAll: dictionaryGetAll,
		update: dictionaryUpdate,
	},
} satisfies Resources;
