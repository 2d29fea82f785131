import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runOperations } from '../../lib/runOperations';
import { properties, resources } from './actions';
import { listSearch } from './methods/lists';

export class SevenMoor implements INodeType {
	description: INodeTypeDescription = {
		displayName: '7moor',
		name: 'sevenMoor',
		icon: { light: 'file:sevenMoor.svg', dark: 'file:sevenMoor.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Maintain work-order dictionaries, send work orders and read skill groups in 7moor',
		builderHint: {
			searchHint:
				'7moor 容联七陌: work-order dictionaries (工单字典) and their options, which can follow a table; work orders sent in. 20 calls a minute. 7moor publishes no call that lists work orders: use the 7moor Trigger for those.',
		},
		defaults: { name: '7moor' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sevenMoorApi', required: true }],
		properties,
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources);
	}
}
