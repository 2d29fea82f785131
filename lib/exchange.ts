import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { vendorError, type Place } from './errors';
import { countCall, holdOff, inTurn, type Turn } from './governor';
import { parseObject } from './json';
import { accountKey, ownTurns, vendorTurns, type VendorLimit } from './limits';
import { causeOf, noAnswer } from './noAnswer';
import { cancelSignal, inTime, patienceOf, unlessCancelled } from './patience';
import { redact } from './redact';
import { USUAL_RETRY_MS, type RequestOptions } from './requestOptions';
import { retryAfterIn } from './retryAfter';
import { latestSession, rememberSession, TooManyLogIns } from './session';

export type VendorContext =
	| IExecuteFunctions
	| IPollFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions;

/** Who asks: n8n's functions, and the input item when there is one. */
export interface CallSite {
	readonly context: VendorContext;
	readonly itemIndex?: number;
	/** Shows a remark beside the node's output, where there is one. */
	readonly hint?: (remark: string) => void;
	/** What the person chose for the calls. */
	readonly requestOptions?: RequestOptions;
	/** Ends waits; the signal of the execution where there is none. */
	readonly signal?: AbortSignal;
	/** Is told for how many ms a call has waited for its turn. */
	readonly waited?: (ms: number) => void;
}

/** What the exchange has to know of a vendor. */
export interface VendorProfile {
	/** As people know it, for messages. */
	readonly name: string;
	readonly credentialType: string;
	/** Credential fields whose values may never be seen. */
	readonly secretFields: readonly string[];
	/** Headers and query parameters, set by the credential, whose values may never be seen. */
	readonly secretParameters: readonly string[];
	/** Credential fields, no secrets, that name the account whose limits a call counts for. */
	readonly accountFields: readonly string[];
	/** Those of calls under way at once last: nobody is to hold a place among them while waiting. */
	readonly limits: readonly VendorLimit[];
	/** Calls of a log-in that count for the first of the limits. */
	readonly logInCalls?: number;
}

export interface VendorRequest {
	readonly method: 'GET' | 'POST';
	/** Below the API address of the credential. */
	readonly path: string;
	/** Whether a repetition could act twice. */
	readonly kind: 'read' | 'write';
	readonly query?: IDataObject;
	readonly headers?: Record<string, string>;
	/** JSON text or a multipart form. */
	readonly body?: string | FormData;
	/** Values that stand in for the credential's own in this call alone. */
	readonly instead?: ICredentialDataDecryptedObject;
	/** Where they differ from those of the profile. */
	readonly limits?: readonly VendorLimit[];
}

export interface VendorAnswer {
	readonly status: number;
	readonly text: string;
	/** The credential's session with which the call was made. */
	readonly session: unknown;
	/** What the vendor asks for in a Retry-After header. */
	readonly retryAfterMs?: number;
	/** Masks every secret of this call in a text that a person will see. */
	readonly mask: (text: string) => string;
	/** Asks again, or something else, with a new session or the one that another call has opened meanwhile. */
	readonly again: (request?: VendorRequest) => Promise<VendorAnswer>;
	/** Asks again likewise; it is this answer where the vendor allows no further log-in for the moment. */
	readonly againIfAllowed: () => Promise<VendorAnswer>;
	/**
	 * Keeps calls back after the vendor refused this one for a limit.
	 *
	 * @returns whether waiting makes sense
	 */
	readonly holdOff: (ms: number | undefined) => boolean;
}

interface RawAnswer {
	readonly statusCode: number;
	readonly headers?: IDataObject;
	readonly body: unknown;
}

const TIMEOUT_MS = 30_000;
/** For forms. */
const UPLOAD_TIMEOUT_MS = 120_000;

export function placeOf(site: CallSite): Place {
	return { node: site.context.getNode(), itemIndex: site.itemIndex };
}

function stringsIn(value: unknown): string[] {
	if (typeof value !== 'string') return [];
	const parts = value.startsWith('{') ? parseObject(value) : undefined;
	return parts === undefined ? [value] : Object.values(parts).flatMap(stringsIn);
}

function sentSecrets(options: IHttpRequestOptions, names: readonly string[]): string[] {
	const sent = { ...options.headers, ...options.qs };
	return names.flatMap((name) => stringsIn(sent[name]));
}

async function storedCredential(site: CallSite, { credentialType }: VendorProfile) {
	return await site.context.getCredentials<ICredentialDataDecryptedObject>(
		credentialType,
		site.itemIndex ?? 0,
	);
}

function reference(context: VendorContext, credentialType: string): { id: string; name: string } {
	const details = context.getNode().credentials?.[credentialType];
	return { id: details?.id ?? '', name: details?.name ?? credentialType };
}

function optionsFor(request: VendorRequest, { timeoutMs }: RequestOptions) {
	const usual = request.body instanceof FormData ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS;
	return {
		method: request.method,
		url: request.path,
		headers: { Accept: 'application/json', ...request.headers },
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// Another host must not get the signature or the token.
		disableFollowRedirect: true,
		timeout: timeoutMs ?? usual,
		...(request.query === undefined ? {} : { qs: { ...request.query } }),
		...(request.body === undefined ? {} : { body: request.body }),
	} satisfies IHttpRequestOptions;
}

function turnsFor(
	{ context, requestOptions = {} }: CallSite,
	profile: VendorProfile,
	request: VendorRequest,
	credential: ICredentialDataDecryptedObject,
): Record<'own' | 'vendor', Turn[]> {
	const call = {
		account: accountKey(profile.credentialType, credential, profile.accountFields),
		node: `${context.getWorkflow().id} ${context.getNode().id}`,
		path: request.path,
		kind: request.kind,
		limits: request.limits ?? profile.limits,
	};
	return { own: ownTurns(call, requestOptions), vendor: vendorTurns(call, requestOptions) };
}

function countLogIn({ logInCalls = 0 }: VendorProfile, [turn]: readonly Turn[]): void {
	for (let calls = 0; turn !== undefined && calls < logInCalls; calls++) countCall(turn);
}

function isAnswer(value: unknown): value is RawAnswer {
	return typeof value === 'object' && value !== null && 'statusCode' in value;
}

/**
 * Sends one request, when its turn has come, through n8n's authenticated helper and gives back the text of
 * whatever answer came, with any HTTP status. The credential completes the address and signs.
 *
 * @param over a session that is not to be used again: a new one is opened where no other call has done so
 * @param refused given back where a new session is wanted, but no log-in allowed for the moment
 * @throws NodeApiError where no answer came
 */
export async function exchange(
	site: CallSite,
	profile: VendorProfile,
	request: VendorRequest,
	over?: ICredentialDataDecryptedObject[string],
	refused?: VendorAnswer,
): Promise<VendorAnswer> {
	const { context, requestOptions = {} } = site;
	const { credentialType } = profile;
	const options = optionsFor(request, requestOptions);
	const { timeout } = options;
	const stored = await storedCredential(site, profile);
	const credential = { ...reference(context, credentialType), type: credentialType };
	const data: ICredentialDataDecryptedObject = { ...stored, ...request.instead };
	const mask = (text: string) =>
		redact(text, [
			...profile.secretFields.flatMap((field) => [stored[field], data[field]].flatMap(stringsIn)),
			...sentSecrets(options, profile.secretParameters),
		]);
	const turns = turnsFor(site, profile, request, stored);
	let sent = false;
	let session: ICredentialDataDecryptedObject[string] | undefined;
	// Before the next call has its turn, which is to find it.
	const keepOpened = () => {
		// n8n's helper puts a session that it had opened into the data.
		const opened = data.session !== '' && data.session !== session;
		if (opened && rememberSession(credential.id, stored.session, data.session)) {
			countLogIn(profile, turns.vendor);
		}
	};
	const begin = performance.now();
	const send = async (): Promise<RawAnswer> => {
		sent = true;
		// Asked for now: while this call waited for its turn, another one may have opened a session.
		session = latestSession(credential.id, stored.session);
		if (session !== undefined) data.session = session === over ? '' : session;
		site.waited?.(performance.now() - begin);
		const answering = context.helpers.httpRequestWithAuthentication.call(
			context,
			credentialType,
			options,
			{ credentialsDecrypted: { ...credential, data } },
		);
		const answer = inTime(answering as Promise<RawAnswer>, timeout);
		return await unlessCancelled(answer, cancelSignal(context)).finally(keepOpened);
	};
	const patience = patienceOf(context, site.signal);
	const answer = await inTurn([...turns.own, ...turns.vendor], patience, send).catch(causeOf);
	if (answer instanceof TooManyLogIns && refused !== undefined) return refused;
	if (!isAnswer(answer)) {
		throw vendorError(placeOf(site), noAnswer({ profile, request, sent, mask }, answer));
	}
	const renewed = async (next: VendorRequest, orThis?: VendorAnswer) =>
		await exchange(site, profile, next, data.session, orThis);
	const given: VendorAnswer = {
		status: answer.statusCode,
		text: typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? ''),
		session: data.session,
		retryAfterMs: retryAfterIn(answer.headers),
		mask,
		again: async (other) => await renewed(other ?? request),
		againIfAllowed: async () => await renewed(request, given),
		holdOff: (ms) => {
			const [turn] = turns.vendor;
			const most = requestOptions.maxRetryMs ?? USUAL_RETRY_MS;
			const asked = given.retryAfterMs !== undefined;
			return ms === undefined || (ms <= most && (turn === undefined || holdOff(turn, ms, asked)));
		},
	};
	return given;
}
