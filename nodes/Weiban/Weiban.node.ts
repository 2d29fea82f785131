import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runOperations } from '../../lib/runOperations';
import { properties, resources } from './actions';
import { resourceMapping } from './methods/forms';
import { listSearch } from './methods/lists';

export class Weiban implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Weiban',
		name: 'weiban',
		icon: { light: 'file:weiban.svg', dark: 'file:weiban.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Work with work orders of WeCom customers in Weiban, and read templates, staff and customers',
		builderHint: {
			searchHint:
				'Weiban 微伴助手: work orders (工单) of WeCom customers: list, read, create, update, hand over, comment and close; templates, staff, customers and group chats. Keep order_no as text.',
		},
		defaults: { name: 'Weiban' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'weibanApi', required: true }],
		properties,
	};

	methods = { listSearch, resourceMapping };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, resources);
	}
}
