import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runOperations } from '../../lib/runOperations';
import { properties, resources } from './actions';
import { listSearch } from './methods/lists';

export class KingsoftCloud implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kingsoft Cloud',
		name: 'kingsoftCloud',
		icon: { light: 'file:kingsoftCloud.svg', dark: 'file:kingsoftCloud.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read, create, comment on, reject and close support tickets in Kingsoft Cloud',
		builderHint: {
			searchHint:
				'Internal support tickets (工单) of Kingsoft Cloud 金山云: list, read, create, comment, reject and close tickets, load and upload their files. Keep every ID as text.',
		},
		defaults: { name: 'Kingsoft Cloud' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kingsoftCloudApi', required: true }],
		properties,
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources);
	}
}
