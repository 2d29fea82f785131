import type { INodeProperties } from 'n8n-workflow';

import { describeOperations, type OperationTable } from '../../../lib/operation';
import type { Names } from './names';
import { process } from './workOrder/process.operation';

export const resources: OperationTable<Names> = {
	workOrder: { process },
};

export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [{ name: 'Work Order', value: 'workOrder' }],
		default: 'workOrder',
	},
	...describeOperations('workOrder', resources.workOrder),
];
