import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { contentHash } from '../../../credentials/signing/sevenMoor';
import { asItems } from '../../../lib/events';
import type { Fields } from '../../../lib/fields';
import { Repetitions, type Answer, type Remembered } from '../../../lib/repetitions';
import { readDelivery, Refusal } from './delivery';
import { choiceOf, guardOf } from './settings';
import { passes, stepEvent } from './stepEvent';

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

/** Answers one push of 7moor and starts the workflow where it brings a step that is wanted and new. */
export async function receive(
	context: IWebhookFunctions,
	fields: Fields,
): Promise<IWebhookResponseData> {
	const request = context.getRequestObject() as unknown as InboundRequest;
	const answer = context.getResponseObject() as unknown as OutboundAnswer;
	const { rawBody } = request;
	const delivery = {
		address: request.ip,
		headers: context.getHeaderData(),
		query: context.getQueryData() as Record<string, unknown>,
		body: rawBody,
	};
	const push = readDelivery(delivery, await guardOf(context), Date.now());
	if (push instanceof Refusal || rawBody === undefined) {
		const { status, reason } = push instanceof Refusal ? push : new Refusal(400, 'No body');
		context.logger.warn(`7moor Trigger turned a delivery away: ${reason}`);
		answer.status(status).json({ code: status, success: false, message: reason });
		return { noWebhookResponse: true };
	}
	const received: IWebhookResponseData = { webhookResponse: RECEIVED };
	const { wanted, filter, emitRepeated } = choiceOf(fields);
	if (!wanted || !passes(push, filter)) return received;

	const workflowData = asItems([stepEvent(push, rawBody)]) ?? [];
	if (context.getMode() === 'manual' || emitRepeated) return { ...received, workflowData };

	const [trigger, id] = [nameOf(context), contentHash(rawBody)];
	const memory = context.getWorkflowStaticData('node') as Remembered;
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
