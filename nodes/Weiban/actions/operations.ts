// Written by `npm run build` from the files beside it; an operation is found by its place.
import type { Resources } from '../../../lib/operation';
import { operation as customerGet } from './customer/get.operation';
import { operation as customerGetAll } from './customer/getAll.operation';
import { operation as customerGetSeveral } from './customer/getSeveral.operation';
import { operation as groupChatGet } from './groupChat/get.operation';
import { operation as groupChatGetAll } from './groupChat/getAll.operation';
import { operation as staffGetAll } from './staff/getAll.operation';
import { operation as templateGet } from './template/get.operation';
import { operation as templateGetAll } from './template/getAll.operation';
import { operation as workOrderClose } from './workOrder/close.operation';
import { operation as workOrderComment } from './workOrder/comment.operation';
import { operation as workOrderCreate } from './workOrder/create.operation';
import { operation as workOrderGet } from './workOrder/get.operation';
import { operation as workOrderGetAll } from './workOrder/getAll.operation';
import { operation as workOrderHandOver } from './workOrder/handOver.operation';
import { operation as workOrderUpdate } from './workOrder/update.operation';

export const resources = {
	customer: { get: customerGet, getAll: customerGetAll, getSeveral: customerGetSeveral },
	groupChat: { get: groupChatGet, getAll: groupChatGetAll },
	staff: { getAll: staffGetAll },
	template: { get: templateGet, getAll: templateGetAll },
	workOrder: {
		close: workOrderClose,
		comment: workOrderComment,
		create: workOrderCreate,
		get: workOrderGet,
		getAll: workOrderGetAll,
		handOver: workOrderHandOver,
		update: workOrderUpdate,
	},
} satisfies Resources;
