import type { INodeProperties } from 'n8n-workflow';

import { describeOperations, type OperationTable } from '../../../lib/operation';
import { upload } from './attachment/upload.operation';
import type { Names } from './names';
import { close } from './ticket/close.operation';
import { comment } from './ticket/comment.operation';
import { create } from './ticket/create.operation';
import { get } from './ticket/get.operation';
import { getAll } from './ticket/getAll.operation';
import { getDetails } from './ticket/getDetails.operation';
import { reject } from './ticket/reject.operation';

export const resources: OperationTable<Names> = {
	ticket: { getAll, get, getDetails, create, comment, reject, close },
	attachment: { upload },
};

export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Attachment', value: 'attachment' },
			{ name: 'Ticket', value: 'ticket' },
		],
		default: 'ticket',
	},
	...describeOperations('ticket', resources.ticket),
	...describeOperations('attachment', resources.attachment),
];
