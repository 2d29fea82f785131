// Written by `npm run build` from the files beside it; an operation is found by its place.
import type { Resources } from '../../../lib/operation';
import { operation as workOrderClose } from './workOrder/close.operation';
import { operation as workOrderComment } from './workOrder/comment.operation';
import { operation as workOrderGet } from './workOrder/get.operation';
import { operation as workOrderGetAll } from './workOrder/getAll.operation';
import { operation as workOrderHandOver } from './workOrder/handOver.operation';

export const resources = {
	workOrder: {
		close: workOrderClose,
		comment: workOrderComment,
		get: workOrderGet,
		getAll: workOrderGetAll,
		handOver: workOrderHandOver,
	},
} satisfies Resources;
