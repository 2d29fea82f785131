// Written by `npm run build` from the files beside it; an operation is found by its place.
import type { Resources } from '../../../lib/operation';
import { operation as accountGetAuthorisations } from './account/getAuthorisations.operation';
import { operation as accountGetCurrentUser } from './account/getCurrentUser.operation';
import { operation as attachmentRegister } from './attachment/register.operation';
import { operation as attachmentUpload } from './attachment/upload.operation';
import { operation as customerGetAll } from './customer/getAll.operation';
import { operation as departmentGetAll } from './department/getAll.operation';
import { operation as processingRecordGetAll } from './processingRecord/getAll.operation';
import { operation as recordDelete } from './record/delete.operation';
import { operation as recordGet } from './record/get.operation';
import { operation as recordGetAll } from './record/getAll.operation';
import { operation as recordSave } from './record/save.operation';
import { operation as staffGetAll } from './staff/getAll.operation';
import { operation as workOrderDelete } from './workOrder/delete.operation';
import { operation as workOrderGet } from './workOrder/get.operation';
import { operation as workOrderGetAll } from './workOrder/getAll.operation';
import { operation as workOrderProcess } from './workOrder/process.operation';
import { operation as workOrderUpsert } from './workOrder/upsert.operation';

export const resources = {
	account: { getAuthorisations: accountGetAuthorisations, getCurrentUser: accountGetCurrentUser },
	attachment: { register: attachmentRegister, upload: attachmentUpload },
	customer: { getAll: customerGetAll },
	department: { getAll: departmentGetAll },
	processingRecord: { getAll: processingRecordGetAll },
	record: { delete: recordDelete, get: recordGet, getAll: recordGetAll, save: recordSave },
	staff: { getAll: staffGetAll },
	workOrder: {
		delete: workOrderDelete,
		get: workOrderGet,
		getAll: workOrderGetAll,
		process: workOrderProcess,
		upsert: workOrderUpsert,
	},
} satisfies Resources;
