// Written by `npm run build` from the files beside it; an operation is found by its place.
import type { Resources } from '../../../lib/operation';
import { operation as workOrderComment } from './workOrder/comment.operation';
import { operation as workOrderGet } from './workOrder/get.operation';

export const resources = {
	workOrder: { comment: workOrderComment, get: workOrderGet },
} satisfies Resources;
