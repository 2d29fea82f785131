import {
	sleep,
	type ICredentialDataDecryptedObject,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { asItems } from '../../../lib/events';
import type { Fields } from '../../../lib/fields';
import { ValueProblem } from '../../../lib/ids';
import type { JsonObject } from '../../../lib/json';
import { MINUTE_MS } from '../../../lib/limits';
import { Repetitions, type Answer, type Remembered } from '../../../lib/repetitions';
import { callbackAccount } from './account';
import { judge, type Delivery } from './delivery';
import { fetchDetails, type Details } from './details';
import {
	eventNames,
	pushedEvent,
	withoutRecord,
	withRecord,
	type EventName,
	type Envelope,
} from './events';
import { filterFrom, passes } from './filters';

/** The parts of n8n's request and response that are used. */
interface Incoming {
	readonly method?: string;
	readonly rawBody?: Uint8Array;
}
interface Outgoing extends Answer {
	writeHead(status: number, headers: Record<string, string>): unknown;
	end(text: string): unknown;
}

/** As in the vendor's sample server (sheet weiban §6.1). */
const RECEIVED = { errcode: 0 };
/** How long Weiban waits is not published; WeCom, whose scheme this is, waits five seconds. */
const DETAILS_WAIT_MS = 3_500;
export const USUAL_MAX_AGE_MINUTES = 10;

function answer(context: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	const response = context.getResponseObject() as unknown as Outgoing;
	response.writeHead(status, {
		'Content-Type': 'text/plain; charset=utf-8',
		'X-Content-Type-Options': 'nosniff',
	});
	response.end(text);
	return { noWebhookResponse: true };
}

function deliveryOf(context: IWebhookFunctions): Delivery {
	const { method, rawBody } = context.getRequestObject() as unknown as Incoming;
	const query = context.getQueryData() as Record<string, unknown>;
	// n8n keeps no raw body of a multipart form; what is left then is no delivery.
	const body = rawBody === undefined ? '' : Buffer.from(rawBody).toString('utf8');
	return method === 'GET' ? { query } : { query, body };
}

/** Full record of the work order; a slow or failing answer must not cost the event. */
async function detailsInTime(context: IWebhookFunctions, orderNo: string): Promise<Details> {
	const tooLate = sleep(DETAILS_WAIT_MS).then(() => ({ reason: 'Weiban did not answer in time' }));
	const details = fetchDetails({ context }, orderNo).catch((error: unknown) => ({
		reason: error instanceof Error ? error.message : String(error),
	}));
	return await Promise.race([details, tooLate]);
}

function knownOf({ data }: Envelope, event: EventName): JsonObject {
	// Only a hand-over says who handles the work order now.
	return event === 'handedOver' ? { handler_id: data.handler_id ?? null } : {};
}

const repetitions = new Repetitions();

/** Adds to the answer instead of copying it, which would ask for its text too early. */
function started(received: IWebhookResponseData, event: object): IWebhookResponseData {
	return Object.assign(received, { workflowData: asItems([event]) ?? [] });
}

async function emit(
	context: IWebhookFunctions,
	fields: Fields,
	envelope: Envelope,
): Promise<IWebhookResponseData> {
	const owner = `${context.getWorkflow().id}\n${context.getNode().id}`;
	const memory = context.getWorkflowStaticData('node') as Remembered;
	// A manual test may see the same event as often as the person likes.
	const repeatable = context.getMode() === 'manual';
	const received = {
		// n8n drops the mark of change when it starts the run, then asks for the answer and saves what is
		// marked (n8n 2.41.3, webhook-helpers and live-webhooks), so this is the moment to change it.
		get webhookResponse() {
			if (!repeatable) repetitions.remember(owner, envelope.id, memory);
			return RECEIVED;
		},
	};
	const event = pushedEvent(envelope);
	const filter = filterFrom(fields.group('filters'));
	const includeDetails = fields.flag('includeDetails');
	if (!fields.choices('events', eventNames).includes(event.event))
		return { webhookResponse: RECEIVED };

	const answering = context.getResponseObject() as unknown as Answer;
	if (!repeatable && !(await repetitions.claim(owner, envelope.id, memory, answering))) {
		return { webhookResponse: RECEIVED };
	}

	if (!includeDetails) {
		const matches = passes(knownOf(envelope, event.event), filter);
		return matches ? started(received, event) : received;
	}
	const details = await detailsInTime(context, envelope.orderNo);
	if ('reason' in details) {
		context.logger.warn(`Weiban Trigger emits ${event.id} without details: ${details.reason}`);
	}
	const complete =
		'record' in details ? withRecord(event, details.record) : withoutRecord(event, details.reason);
	const record = 'record' in details ? details.record : knownOf(envelope, event.event);
	return passes(record, filter) ? started(received, complete) : received;
}

function maxAgeMs(options: Fields): number {
	const minutes = options.optionalNumber('maxAgeMinutes') ?? USUAL_MAX_AGE_MINUTES;
	if (minutes < 0) options.refuse('maxAgeMinutes', `is below 0: "${minutes}"`, 'Enter 0 or more.');
	return minutes === 0 ? Infinity : minutes * MINUTE_MS;
}

/** Answers one call of Weiban and starts the workflow where it brings an event that is new. */
export async function receive(
	context: IWebhookFunctions,
	fields: Fields,
): Promise<IWebhookResponseData> {
	const account = callbackAccount(
		await context.getCredentials<ICredentialDataDecryptedObject>('weibanCallbackApi'),
	);
	if (account instanceof ValueProblem) {
		context.logger.error(`Weiban Callback API credential: ${account.problem}. ${account.advice}`);
		return answer(context, 500, 'The credential of this trigger is incomplete.');
	}
	const limits = { now: Date.now(), maxAgeMs: maxAgeMs(fields.group('options')) };
	const verdict = judge(deliveryOf(context), account, limits);
	if (verdict.kind === 'event') return await emit(context, fields, verdict.envelope);
	if (verdict.kind === 'check') return answer(context, 200, verdict.text);
	if (verdict.kind === 'unrelated') return { webhookResponse: RECEIVED };
	context.logger.warn(`Weiban Trigger refused a call: ${verdict.reason}`);
	return answer(context, verdict.status, verdict.reason);
}
