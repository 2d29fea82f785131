import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runOperations } from '../../lib/operation';
import { properties, resources } from './actions';

export class KingsoftCloud implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kingsoft Cloud',
		name: 'kingsoftCloud',
		icon: { light: 'file:kingsoftCloud.svg', dark: 'file:kingsoftCloud.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read, open, comment, reject and close support tickets of Kingsoft Cloud',
		defaults: { name: 'Kingsoft Cloud' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kingsoftCloudApi', required: true }],
		properties,
	};

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources);
	}
}
