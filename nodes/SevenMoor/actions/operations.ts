// Written by `npm run build` from the files beside it; an operation is found by its place.
import type { Resources } from '../../../lib/operation';
import { operation as agentGetSkillGroups } from './agent/getSkillGroups.operation';
import { operation as dictionaryCreate } from './dictionary/create.operation';
import { operation as dictionaryGet } from './dictionary/get.operation';
import { operation as dictionaryGetAll } from './dictionary/getAll.operation';
import { operation as dictionaryUpdate } from './dictionary/update.operation';
import { operation as dictionaryUpsert } from './dictionary/upsert.operation';
import { operation as dictionaryOptionAdd } from './dictionaryOption/add.operation';
import { operation as dictionaryOptionDisable } from './dictionaryOption/disable.operation';
import { operation as dictionaryOptionEnable } from './dictionaryOption/enable.operation';
import { operation as dictionaryOptionGetAll } from './dictionaryOption/getAll.operation';
import { operation as dictionaryOptionRename } from './dictionaryOption/rename.operation';
import { operation as dictionaryOptionSyncFromItems } from './dictionaryOption/syncFromItems.operation';
import { operation as workOrderSend } from './workOrder/send.operation';

export const resources = {
	agent: { getSkillGroups: agentGetSkillGroups },
	dictionary: {
		create: dictionaryCreate,
		get: dictionaryGet,
		getAll: dictionaryGetAll,
		update: dictionaryUpdate,
		upsert: dictionaryUpsert,
	},
	dictionaryOption: {
		add: dictionaryOptionAdd,
		disable: dictionaryOptionDisable,
		enable: dictionaryOptionEnable,
		getAll: dictionaryOptionGetAll,
		rename: dictionaryOptionRename,
		syncFromItems: dictionaryOptionSyncFromItems,
	},
	workOrder: { send: workOrderSend },
} satisfies Resources;
