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
