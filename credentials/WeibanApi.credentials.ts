import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { checkedAddress, completeAddress } from '../lib/apiAddress';
import { redact } from '../lib/redact';
import {
	needSessionInTest,
	openOnce,
	SessionNeeded,
	testMark,
	usableSession,
	type Session,
} from '../lib/session';
import { signInCall, SignInProblem } from '../lib/signIn';
import { fingerprint } from './signing/fingerprint';

interface WeibanSession extends Session {
	readonly accessToken: string;
}

interface Account {
	readonly apiAddress: string;
	readonly corpId: string;
	readonly secret: string;
	readonly madeFor: string;
}

/** Clients fall back to it when `expires_in` is absent (sheet weiban §2.2). */
const USUAL_LIFE_S = 7_200;
const RENEWAL_MARGIN_S = 300;

/** Codes of limits, and the ms after which another try makes sense (sheet weiban §4, §5). */
const passing: Record<string, number> = { 10052: 0, 10053: 60_000 };

function accountOf(credentials: ICredentialDataDecryptedObject): Account {
	const apiAddress = checkedAddress(credentials.apiAddress, 'API Address');
	const corpId = String(credentials.corpId ?? '').trim();
	const secret = String(credentials.secret ?? '').trim();
	return { apiAddress, corpId, secret, madeFor: fingerprint(apiAddress, corpId, secret) };
}

async function openSession(
	helpers: IHttpRequestHelper['helpers'],
	{ apiAddress, corpId, secret, madeFor }: Account,
): Promise<WeibanSession> {
	if (corpId === '' || secret === '') {
		throw new SignInProblem('Corp ID and Secret are both needed. Enter them in the credential.');
	}
	const { body } = await signInCall(helpers, 'Weiban', {
		method: 'POST',
		url: `${apiAddress}/open-api/access_token/get`,
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ corp_id: corpId, secret }),
	});
	if (body.errcode !== 0 || typeof body.access_token !== 'string') {
		const text = redact(String(body.errmsg ?? 'no reason given'), [secret]);
		throw new SignInProblem(
			`Weiban gave no access token: ${text} (errcode ${String(body.errcode)}). Check Corp ID and Secret; a secret is shown only once, so a lost one has to be made anew in Weiban.`,
			String(body.errcode),
			passing[String(body.errcode)],
		);
	}
	const life = typeof body.expires_in === 'number' ? body.expires_in : USUAL_LIFE_S;
	return {
		madeFor,
		accessToken: body.access_token,
		usableUntil: Date.now() + Math.max(life - RENEWAL_MARGIN_S, life / 2) * 1000,
	};
}

/** Holds the access token; n8n fills it through preAuthentication and stores it encrypted. */
const sessionField: INodeProperties = {
	displayName: 'Session',
	name: 'session',
	type: 'hidden',
	typeOptions: { expirable: true, password: true },
	default: '',
};

export class WeibanApi implements ICredentialType {
	name = 'weibanApi';

	displayName = 'Weiban API';

	icon = {
		light: 'file:../nodes/Weiban/weiban.svg',
		dark: 'file:../nodes/Weiban/weiban.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-gongdan/n8n-nodes-gongdan/blob/main/docs/credentials.md#weiban';

	properties: INodeProperties[] = [
		{
			displayName: 'Corp ID',
			name: 'corpId',
			type: 'string',
			default: '',
			required: true,
			description: 'Shown in Weiban under application centre, open platform (corp_id)',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Made in the same place after accepting the terms; shown only once',
		},
		{
			displayName: 'API Address',
			name: 'apiAddress',
			type: 'string',
			default: 'https://open.weibanzhushou.com',
			description:
				'Change it only for a proxy or a test server. https only, except on this machine.',
		},
		sessionField,
	];

	/** Opens the session: one log-in, whoever asks at the same time. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const account = accountOf(credentials);
		const session = await openOnce(account.madeFor, async () => {
			return await openSession(this.helpers, account);
		});
		return { session };
	}

	/** The token goes into the query of GET and POST alike (sheet weiban §1.2). */
	authenticate: IAuthenticate = async (credentials, request) => {
		needSessionInTest(request);
		const account = accountOf(credentials);
		const session = usableSession<WeibanSession>(credentials.session, account.madeFor, Date.now());
		if (session === undefined) throw new SessionNeeded();
		completeAddress(request, account.apiAddress);
		request.qs = { ...request.qs, access_token: session.accessToken };
		return request;
	};

	/** Opening the session is the test; this harmless read only makes n8n do it. */
	test: ICredentialTestRequest = {
		request: {
			method: 'GET',
			url: '/open-api/workorder/list',
			headers: testMark,
			qs: { limit: 1 },
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'errcode',
					value: 10001,
					message: 'Weiban refused the access token it had just given (errcode 10001).',
				},
			},
		],
	};
}
