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

import { contentHash } from '../../credentials/signing/sevenMoor';
import { asItems } from '../../lib/events';
import { triggerFields } from '../../lib/triggerFields';
import { readDelivery, Refusal } from './trigger/delivery';
import { Repetitions, type Answer, type Remembered } from '../../lib/repetitions';
import { choiceOf, guardOf, secretTest } from './trigger/settings';
import { passes, stepEvent } from './trigger/stepEvent';
import { stepTriggerProperties } from './trigger/stepTriggerProperties';

interface InboundRequest {
	readonly ip?: string;
	readonly rawBody?: Uint8Array;
}

interface OutboundAnswer extends Answer {
	status(code: number): { json(body: object): unknown };
}

/** Which answer 7moor expects is not published; its own calls answer like this. */
const RECEIVED = { code: 200, success: true, message: 'success' };

const repetitions = new Repetitions();

/** The trigger by workflow and node; two of them may get the same push. */
const nameOf = (context: IWebhookFunctions) =>
	`${context.getWorkflow().id ?? ''} ${context.getNode().id}`;

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
		const request = this.getRequestObject() as unknown as InboundRequest;
		const answer = this.getResponseObject() as unknown as OutboundAnswer;
		const { rawBody } = request;
		const delivery = {
			address: request.ip,
			headers: this.getHeaderData(),
			query: this.getQueryData() as Record<string, unknown>,
			body: rawBody,
		};
		const push = readDelivery(delivery, await guardOf(this), Date.now());
		if (push instanceof Refusal || rawBody === undefined) {
			const { status, reason } = push instanceof Refusal ? push : new Refusal(400, 'No body');
			this.logger.warn(`7moor Trigger turned a delivery away: ${reason}`);
			answer.status(status).json({ code: status, success: false, message: reason });
			return { noWebhookResponse: true };
		}
		const received: IWebhookResponseData = { webhookResponse: RECEIVED };
		const fields = triggerFields(this, stepTriggerProperties);
		const { wanted, filter, emitRepeated } = choiceOf(fields);
		if (!wanted || !passes(push, filter)) return received;

		const workflowData = asItems([stepEvent(push, rawBody)]) ?? [];
		if (this.getMode() === 'manual' || emitRepeated) return { ...received, workflowData };

		const [trigger, id] = [nameOf(this), contentHash(rawBody)];
		const memory = this.getWorkflowStaticData('node') as Remembered;
		if (!(await repetitions.claim(trigger, id, memory, answer))) return received;
		return {
			workflowData,
			// n8n drops the mark of change when it starts the run, then asks for the answer and saves what
			// is marked (n8n 2.41.3, webhook-helpers and live-webhooks), so this is the moment to change it.
			get webhookResponse() {
				repetitions.remember(trigger, id, memory);
				return RECEIVED;
			},
		};
	}
}
