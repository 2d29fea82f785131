import {
	NodeApiError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { AddressProblem } from './apiAddress';
import { vendorError, type Place } from './errors';
import { parseJson, isJsonObject } from './json';
import { redact } from './redact';
import { SignInProblem } from './signIn';

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
	readonly timeoutMs?: number;
	/** Values that stand in for the credential's own in this call alone. */
	readonly instead?: ICredentialDataDecryptedObject;
}

export interface VendorAnswer {
	readonly status: number;
	readonly text: string;
	/** Masks every secret of this call in a text that a person will see. */
	readonly mask: (text: string) => string;
	/** Asks again with a new session, or with the one that another call has opened meanwhile. */
	readonly again: () => Promise<VendorAnswer>;
}

const TIMEOUT_MS = 30_000;

/** Codes of connections that were never made: the vendor cannot have acted. */
const NOT_CONNECTED: Record<string, string> = {
	ECONNREFUSED: 'the host refused the connection',
	ENOTFOUND: 'there is no host of this name',
	EAI_AGAIN: 'the name of the host could not be looked up',
	EHOSTUNREACH: 'there is no way to the host',
	ENETUNREACH: 'there is no way to the host',
	CERT_HAS_EXPIRED: 'the certificate of the host has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the host is not trusted',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of the host is not trusted',
};

const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT']);

export function placeOf(site: CallSite): Place {
	return { node: site.context.getNode(), itemIndex: site.itemIndex };
}

function stringsIn(value: unknown): string[] {
	if (typeof value === 'string') {
		if (!value.startsWith('{')) return [value];
		try {
			const parsed = parseJson(value);
			return isJsonObject(parsed) ? Object.values(parsed).flatMap(stringsIn) : [value];
		} catch {
			return [value];
		}
	}
	return [];
}

function sentSecrets(options: IHttpRequestOptions, names: readonly string[]): string[] {
	const sent = { ...options.headers, ...options.qs };
	return names.flatMap((name) => stringsIn(sent[name]));
}

function causeOf(error: unknown): unknown {
	return error instanceof NodeApiError ? (error.cause ?? error) : error;
}

/** The error for a call that got no answer; says whether the vendor may have acted. */
function noAnswer(
	site: CallSite,
	profile: VendorProfile,
	request: VendorRequest,
	error: unknown,
	mask: (text: string) => string,
): NodeApiError {
	const cause = causeOf(error);
	if (cause instanceof SignInProblem) {
		return vendorError(placeOf(site), {
			message: mask(cause.message),
			advice: `Open the ${profile.name} credential and test it.`,
			code: cause.vendorCode,
			cause: 'credential-invalid',
		});
	}
	if (cause instanceof AddressProblem) {
		return vendorError(placeOf(site), {
			message: cause.message,
			advice: `Correct the address in the ${profile.name} credential.`,
			cause: 'configuration-invalid',
		});
	}
	const code = (cause as { code?: string } | undefined)?.code ?? '';
	const notConnected = NOT_CONNECTED[code];
	if (notConnected !== undefined) {
		return vendorError(placeOf(site), {
			message: `${profile.name} could not be reached: ${notConnected}`,
			advice:
				'Nothing was sent. Check the address in the credential and whether this n8n may reach it.',
			code,
			cause: 'temporarily-unavailable',
		});
	}
	const happened = TIMED_OUT.has(code)
		? `${profile.name} did not answer in time`
		: code === 'ERR_CANCELED'
			? `The call to ${profile.name} was cancelled with the execution`
			: `The connection to ${profile.name} broke off before an answer came`;
	return vendorError(placeOf(site), {
		message: happened,
		advice:
			request.kind === 'write'
				? `The call may have taken effect. Look the record up in ${profile.name} before you repeat it.`
				: 'Nothing was changed, so you can run it again.',
		code: code === '' ? undefined : code,
		cause: 'temporarily-unavailable',
	});
}

/**
 * Sends one request through n8n's authenticated helper and gives back the text of whatever answer came,
 * with any HTTP status. The credential completes the address and signs.
 *
 * @throws NodeApiError where no answer came
 */
export async function exchange(
	site: CallSite,
	profile: VendorProfile,
	request: VendorRequest,
	newSession = false,
): Promise<VendorAnswer> {
	const { context } = site;
	const { credentialType } = profile;
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.path,
		headers: { Accept: 'application/json', ...request.headers },
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		timeout: request.timeoutMs ?? TIMEOUT_MS,
		...(request.query === undefined ? {} : { qs: { ...request.query } }),
		...(request.body === undefined ? {} : { body: request.body }),
	};
	const stored = await context.getCredentials<ICredentialDataDecryptedObject>(
		credentialType,
		site.itemIndex ?? 0,
	);
	const data: ICredentialDataDecryptedObject = {
		...stored,
		...request.instead,
		...(newSession ? { session: '' } : {}),
	};
	const secrets = () => [
		...profile.secretFields.flatMap((field) => [stored[field], data[field]].flatMap(stringsIn)),
		...sentSecrets(options, profile.secretParameters),
	];
	const mask = (text: string) => redact(text, secrets());
	const sent = await (
		context.helpers.httpRequestWithAuthentication.call(context, credentialType, options, {
			credentialsDecrypted: {
				...reference(context, credentialType),
				type: credentialType,
				data,
			},
		}) as Promise<{ statusCode: number; body: unknown }>
	).catch((error: unknown) => noAnswer(site, profile, request, error, mask));
	if (sent instanceof NodeApiError) throw sent;
	return {
		status: sent.statusCode,
		text: typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body ?? ''),
		mask,
		again: async () => {
			const now = await context.getCredentials<ICredentialDataDecryptedObject>(
				credentialType,
				site.itemIndex ?? 0,
			);
			return await exchange(site, profile, request, now.session === stored.session);
		},
	};
}

function reference(context: VendorContext, credentialType: string): { id: string; name: string } {
	const details = context.getNode().credentials?.[credentialType];
	return { id: details?.id ?? '', name: details?.name ?? credentialType };
}
