import {
	NodeConnectionTypes,
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IHookFunctions,
	type INodeCredentialTestResult,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { ValueProblem } from '../../lib/ids';
import { triggerFields } from '../../lib/triggerFields';
import { callbackAccount } from './trigger/account';
import { includeDetailsField } from './trigger/details';
import { filtersField } from './trigger/filters';
import { receive, USUAL_MAX_AGE_MINUTES } from './trigger/receive';

const properties: INodeProperties[] = [
	{
		displayName:
			"Activate the workflow, then enter this node's Production URL as the callback address of the event subscription in Weiban, with the Token and EncodingAESKey of the credential",
		name: 'setupNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['created'],
		options: [
			{
				name: 'Other Event',
				value: 'other',
				description: 'A kind of work-order event that Weiban does not document',
			},
			{ name: 'Work Order Closed', value: 'closed' },
			{ name: 'Work Order Commented', value: 'commented' },
			{ name: 'Work Order Created', value: 'created' },
			{ name: 'Work Order Handed Over', value: 'handedOver' },
			{ name: 'Work Order Reopened', value: 'reopened' },
		],
	},
	includeDetailsField,
	{
		displayName:
			'An event names only the work order and, when it is handed over, its new handler. Filters by template and title need Include Details; what is not known passes.',
		name: 'filterNotice',
		type: 'notice',
		default: '',
		displayOptions: { hide: { includeDetails: [true] } },
	},
	filtersField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Max Age of a Delivery (Minutes)',
				name: 'maxAgeMinutes',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: USUAL_MAX_AGE_MINUTES,
				description:
					'How far the time stamp of a delivery may be from the time of this machine. Weiban publishes no figure. 0 accepts any age.',
			},
		],
	},
];

export class WeibanTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Weiban Trigger',
		name: 'weibanTrigger',
		icon: { light: 'file:weiban.svg', dark: 'file:weiban.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when Weiban pushes an event of a work order',
		builderHint: {
			searchHint:
				'Starts on work-order events (工单事件) that Weiban 微伴助手 pushes: created, handed over, commented, closed, reopened. A webhook; the best choice where the callback can be set up.',
		},
		defaults: { name: 'Weiban Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'weibanCallbackApi', required: true, testedBy: 'weibanCallbackTest' },
			{
				name: 'weibanApi',
				required: true,
				displayOptions: { show: { includeDetails: [true] } },
			},
		],
		webhooks: [
			// Weiban checks the address with a GET before it pushes (sheet weiban §6.1).
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'webhook' },
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Without it n8n answers the name of its usual value, "firstEntryJson", in place of the reply.
				responseData: '',
				path: 'webhook',
			},
		],
		properties,
	};

	methods = {
		credentialTest: {
			/** Nothing can be asked of Weiban with these values, so their form is what can be tested. */
			async weibanCallbackTest(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
			): Promise<INodeCredentialTestResult> {
				const account = callbackAccount(credential.data ?? {});
				return account instanceof ValueProblem
					? { status: 'Error', message: `${account.problem}. ${account.advice}` }
					: { status: 'OK', message: 'Complete; Weiban itself checks them with the address' };
			},
		},
	};

	/** Weiban has no call to subscribe: a person enters the address there. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			/** Refuses a credential that could not check a single delivery. */
			async create(this: IHookFunctions): Promise<boolean> {
				const account = callbackAccount(
					await this.getCredentials<ICredentialDataDecryptedObject>('weibanCallbackApi'),
				);
				if (account instanceof ValueProblem) {
					throw new NodeOperationError(this.getNode(), account.problem, {
						description: `${account.advice} It belongs to the Weiban Callback API credential.`,
					});
				}
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions) {
		return await receive(this, triggerFields(this, properties));
	}
}
