import type { IDataObject } from 'n8n-workflow';

import { objectIn, refusalError, unreadableError, type Refusal } from '../../../lib/answers';
import {
	exchange,
	type CallSite,
	type VendorAnswer,
	type VendorProfile,
	type VendorRequest,
} from '../../../lib/exchange';
import { writeJson, type JsonObject } from '../../../lib/json';
import { repeatedly } from '../../../lib/retry';

const profile: VendorProfile = {
	name: 'Kingsoft Cloud',
	credentialType: 'kingsoftCloudApi',
	secretFields: ['appSecret'],
	secretParameters: ['Sign'],
	accountFields: ['environment', 'apiAddress', 'appId'],
	// No limit is published (sheet kingsoft §5).
	limits: [{ calls: 5, of: 'account' }],
};

/** The eight calls of the seed. */
const endpoints = {
	listTickets: { method: 'POST', path: '/workorder/api/ticket/list_tickets', kind: 'read' },
	base: { method: 'GET', path: '/workorder/api/ticket/base', kind: 'read' },
	detail: { method: 'GET', path: '/workorder/api/ticket/detail', kind: 'read' },
	rejectHandle: { method: 'POST', path: '/workorder/api/ticket/reject_handle', kind: 'write' },
	commentTicket: { method: 'POST', path: '/workorder/api/ticket/comment_ticket', kind: 'write' },
	create: { method: 'POST', path: '/workorder/api/ticket/create', kind: 'write' },
	closeTicket: { method: 'POST', path: '/workorder/api/ticket/close_ticket', kind: 'write' },
	uploadFile: { method: 'POST', path: '/workorder/api/ticket/upload_file', kind: 'write' },
} as const;

/** Everything else is a failure, on HTTP 200 too (seed kingsoft, close_ticket). */
export const SUCCESS = 10000;

const UNKNOWN_CODE =
	'Kingsoft Cloud publishes no list of its codes; the text is its own. If it speaks of the signature, test the credential.';

/** The one failure code that is published. */
const refusals: Record<string, Omit<Refusal, 'text' | 'code'>> = {
	'23000': {
		advice:
			'The status of the ticket does not allow it. Look at the ticket; which statuses allow closing is not published.',
	},
};

export type Content =
	| { readonly query: IDataObject }
	| { readonly body: object }
	| { readonly form: FormData };

function requestFor(endpoint: keyof typeof endpoints, content: Content): VendorRequest {
	return {
		...endpoints[endpoint],
		...('query' in content ? { query: content.query } : {}),
		...('form' in content ? { body: content.form } : {}),
		...('body' in content
			? { body: writeJson(content.body), headers: { 'Content-Type': 'application/json' } }
			: {}),
	};
}

/** Sends one call and gives back whatever answer came; `instead` stands in for values of the credential. */
export async function sendToKingsoft(
	site: CallSite,
	endpoint: keyof typeof endpoints,
	content: Content,
	instead?: VendorRequest['instead'],
): Promise<VendorAnswer> {
	return await exchange(site, profile, { ...requestFor(endpoint, content), instead });
}

/**
 * One call to Kingsoft Cloud; answers the whole envelope. Ids in `body` are BareIntegers, which arrive as
 * the int64 numbers that the vendor wants.
 *
 * @throws NodeApiError with the vendor's errmsg, errno and request id, or saying why there was no answer
 */
export async function callKingsoft(
	site: CallSite,
	endpoint: keyof typeof endpoints,
	content: Content,
): Promise<JsonObject> {
	const request = requestFor(endpoint, content);
	return await repeatedly(
		site,
		profile,
		request,
		async (governed) => await attempt(governed, request),
	);
}

async function attempt(site: CallSite, request: VendorRequest): Promise<JsonObject> {
	const answer = await exchange(site, profile, request);
	const envelope = objectIn(answer);
	if (envelope === undefined || envelope.errno === undefined) {
		throw unreadableError(site, profile, answer, request.kind === 'write');
	}
	if (envelope.errno !== SUCCESS) {
		const errno = String(envelope.errno);
		throw refusalError(site, profile, answer, {
			advice: UNKNOWN_CODE,
			...refusals[errno],
			text: String(envelope.errmsg ?? ''),
			code: `errno ${errno}`,
			requestId: typeof envelope.request_id === 'string' ? envelope.request_id : undefined,
		});
	}
	return envelope;
}
