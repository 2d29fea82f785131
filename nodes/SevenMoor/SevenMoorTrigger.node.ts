import {
	NodeConnectionTypes,
	type ICredentialTestFunctions,
	type ICredentialsDecrypted,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { triggerFields } from '../../lib/triggerFields';
import { receive } from './trigger/receive';
import { guardOf, secretTest } from './trigger/settings';
import { stepTriggerProperties } from './trigger/stepTriggerProperties';

export class SevenMoorTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '7moor Trigger',
		name: 'sevenMoorTrigger',
		icon: { light: 'file:sevenMoor.svg', dark: 'file:sevenMoor.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when 7moor pushes a work order that has reached a step',
		builderHint: {
			searchHint:
				'Starts when 7moor 容联七陌 pushes a work order (工单流出) that has reached a step. A webhook.',
		},
		defaults: { name: '7moor Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'sevenMoorPushApi',
				required: true,
				testedBy: 'pushSecretTest',
				displayOptions: { show: { checks: ['secretHeader'] } },
			},
			{
				name: 'sevenMoorApi',
				required: true,
				displayOptions: { show: { checks: ['signature'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				// n8n records the execution, then answers: a push that was answered is not lost.
				responseMode: 'onReceived',
				// Empty, so that the answer is the one that `webhook` gives.
				responseData: '',
				path: '={{ $parameter["path"] }}',
				isFullPath: true,
			},
		],
		properties: stepTriggerProperties,
	};

	methods = {
		credentialTest: {
			async pushSecretTest(this: ICredentialTestFunctions, credential: ICredentialsDecrypted) {
				return secretTest(credential.data ?? {});
			},
		},
	};

	/** 7moor has no call to register a receiver: a person enters the address there (sheet 7moor §6). */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await guardOf(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, triggerFields(this, stepTriggerProperties));
	}
}
