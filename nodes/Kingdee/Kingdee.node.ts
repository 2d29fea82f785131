import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runOperations } from '../../lib/runOperations';
import { properties, resources } from './actions';
import { listSearch } from './methods/lists';
import { resourceMapping } from './methods/sampleFields';

export class Kingdee implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kingdee',
		name: 'kingdee',
		icon: { light: 'file:kingdee.svg', dark: 'file:kingdee.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read, save and process field-service work orders in Kingdee',
		defaults: { name: 'Kingdee' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Field-service work orders (服务工单) of Kingdee 云星辰 with the 为谷 app: read, save, process with photos, and any other record of the app. Keep every ID as text.',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kingdeeApi', required: true }],
		properties,
	};

	methods = { listSearch, resourceMapping };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources);
	}
}
