import type { INodeProperties } from 'n8n-workflow';

import { describeOperations, type OperationTable } from '../../../lib/operation';
import { create } from './dictionary/create.operation';
import { get } from './dictionary/get.operation';
import { getAll } from './dictionary/getAll.operation';
import { update } from './dictionary/update.operation';
import type { Names } from './names';

export const resources: OperationTable<Names> = {
	dictionary: { getAll, get, create, update },
};

export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [{ name: 'Dictionary', value: 'dictionary' }],
		default: 'dictionary',
	},
	...describeOperations('dictionary', resources.dictionary),
];
