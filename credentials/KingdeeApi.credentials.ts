import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import {
	needSessionInTest,
	openOnce,
	SessionNeeded,
	testMark,
	usableSession,
} from '../lib/session';
import { SignInProblem } from '../lib/signIn';
import {
	accountOf,
	type AppAccount,
	type KingdeeSession,
	type TokenAccount,
} from './kingdee/account';
import { checkToken } from './kingdee/calls';
import { openSession } from './kingdee/session';
import { aim, currentUserPath, schemeOf, signAsApp, signAsUser } from './kingdee/sign';

const tokenMode: INodeProperties['displayOptions'] = { show: { mode: ['accessToken'] } };
const appMode: INodeProperties['displayOptions'] = { show: { mode: ['appAuthorisation'] } };

/** Calls for a token that Kingdee allows (sheet kingdee §5). */
const LOG_INS_PER_MINUTE = 2;

const sessionField: INodeProperties = {
	displayName: 'Session',
	name: 'session',
	type: 'hidden',
	typeOptions: { expirable: true, password: true },
	// Not empty: n8n would call preAuthentication before every request of the mode without sessions.
	default: 'none',
};

function signWithToken(request: IHttpRequestOptions, account: TokenAccount): void {
	const target = aim(request, account.apiAddress);
	if (schemeOf(target) !== 'user') {
		throw new SignInProblem(
			`${target.path} has to be signed with a client secret. Choose the mode App Authorisation in the Kingdee credential.`,
		);
	}
	signAsUser(request, target, account.accessToken, account.tenant, account);
}

function signForApp(
	request: IHttpRequestOptions,
	account: AppAccount,
	session: KingdeeSession,
): void {
	const target = aim(request, account.apiAddress);
	const scheme = schemeOf(target);
	if (scheme === 'user') {
		signAsUser(request, target, session.accessToken, session.tenant, account);
		return;
	}
	const { appToken, tenant } = session;
	const forProduct = scheme === 'appToken' ? { appToken, domain: tenant.domain } : {};
	signAsApp(request, target, { ...account, ...forProduct });
}

export class KingdeeApi implements ICredentialType {
	name = 'kingdeeApi';

	displayName = 'Kingdee API';

	icon = {
		light: 'file:../nodes/Kingdee/kingdee.svg',
		dark: 'file:../nodes/Kingdee/kingdee.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-gongdan/n8n-nodes-gongdan/blob/main/docs/credentials.md#kingdee';

	properties: INodeProperties[] = [
		{
			displayName: 'Mode',
			name: 'mode',
			type: 'options',
			options: [
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'You have a token and know the account set',
				},
				{
					name: 'App Authorisation',
					value: 'appAuthorisation',
					description: 'You have an app on open.jdy.com; the rest is fetched and kept up to date',
				},
			],
			default: 'accessToken',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: tokenMode,
			description: 'Token of the Kingdee cloud passport (access_token), 32 characters',
		},
		{
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: tokenMode,
			placeholder: 'e.g. 10102023',
			description: 'The user whom the token belongs to (Appuserid)',
		},
		{
			displayName: 'Group Name',
			name: 'groupName',
			type: 'string',
			default: '',
			required: true,
			displayOptions: tokenMode,
			placeholder: 'e.g. ns-v7g6',
			description: 'From the authorisation of the app (groupName)',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: tokenMode,
			placeholder: 'e.g. 1683187060740048426',
			description: 'The account set, from the authorisation of the app (accountId)',
		},
		{
			displayName: 'IDC Domain',
			name: 'idcDomain',
			type: 'string',
			default: '',
			required: true,
			displayOptions: tokenMode,
			placeholder: 'e.g. https://tf.jdy.com',
			description: 'From the authorisation of the app (domain)',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: appMode,
			description: 'Of the app on open.jdy.com (client_id)',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: appMode,
			description: 'Of the same app (client_secret)',
		},
		{
			displayName: 'Outer Instance ID',
			name: 'outerInstanceId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: appMode,
			description: 'Of the authorisation that an account set gave the app (outerInstanceId)',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			displayOptions: appMode,
			placeholder: 'e.g. 1683187060740048426',
			description: 'Needed only where the app is authorised for several account sets',
		},
		{
			displayName: 'API Address',
			name: 'apiAddress',
			type: 'string',
			default: 'https://api.kingdee.com',
			description:
				'Change it only for a proxy or a test server. https only, except on this machine.',
		},
		{
			displayName: 'AES Key',
			name: 'aesKey',
			type: 'string',
			default: '2c17e560c500f55c',
			description:
				'Makes authority_info. Published by the vendor and the same for everybody; a private deployment may have its own.',
		},
		{
			displayName: 'AES IV',
			name: 'aesIv',
			type: 'string',
			default: '5e8y6w45ju8w9jq8',
			description: 'Belongs to the AES key',
		},
		sessionField,
	];

	/** App Authorisation: opens the session. Access Token: has nothing to open, so it tries the token. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const account = accountOf(credentials);
		if (account.mode === 'accessToken') {
			await checkToken(this.helpers, account);
			return {};
		}
		const open = async () => await openSession(this.helpers, account);
		const session = await openOnce(account.madeFor, open, LOG_INS_PER_MINUTE);
		return { session };
	}

	authenticate: IAuthenticate = async (credentials, request) => {
		needSessionInTest(request);
		const account = accountOf(credentials);
		if (account.mode === 'accessToken') {
			signWithToken(request, account);
			return request;
		}
		const session = usableSession<KingdeeSession>(credentials.session, account.madeFor, Date.now());
		if (session === undefined) throw new SessionNeeded();
		signForApp(request, account, session);
		return request;
	};

	/** preAuthentication says in detail what is wrong; this harmless read makes n8n run it. */
	test: ICredentialTestRequest = {
		request: { method: 'POST', url: currentUserPath, headers: testMark, body: {} },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'success',
					value: false,
					message: 'Kingdee refused the access token that it had just accepted.',
				},
			},
		],
	};
}
