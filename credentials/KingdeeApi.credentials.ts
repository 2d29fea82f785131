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
	type CodeAccount,
	type KingdeeSession,
	type TokenAccount,
} from './kingdee/account';
import { checkToken } from './kingdee/calls';
import { LOG_INS_PER_MINUTE, openCodeSession, openSession } from './kingdee/session';
import { aim, currentUserPath, schemeOf, signAsApp, signAsUser, type Target } from './kingdee/sign';

const tokenMode: INodeProperties['displayOptions'] = { show: { mode: ['accessToken'] } };
const appModes: INodeProperties['displayOptions'] = {
	show: { mode: ['appAuthorisation', 'authorisationCode'] },
};
const codeMode: INodeProperties['displayOptions'] = { show: { mode: ['authorisationCode'] } };

const sessionField: INodeProperties = {
	displayName: 'Session',
	name: 'session',
	type: 'hidden',
	typeOptions: { expirable: true, password: true },
	// Not empty: n8n would call preAuthentication before every request of the mode without sessions.
	default: 'none',
};

/** Not the session, which is emptied where it is over: a code works once. */
const grantField: INodeProperties = {
	displayName: 'Grant',
	name: 'grant',
	type: 'hidden',
	typeOptions: { password: true },
	default: '',
};

function signWithToken(request: IHttpRequestOptions, account: TokenAccount): void {
	const target = aim(request, account.apiAddress);
	if (schemeOf(target) !== 'user') {
		throw new SignInProblem(
			`${target.path} has to be signed with a client secret. Choose another mode than Access Token in the Kingdee credential.`,
		);
	}
	signAsUser(request, target, account.accessToken, account.tenant, account);
}

function signInSession(
	request: IHttpRequestOptions,
	target: Target,
	account: AppAccount | CodeAccount,
	session: KingdeeSession,
): void {
	const { accessToken, appToken, appTokenRefused, tenant } = session;
	if (schemeOf(target) === 'user') {
		signAsUser(request, target, accessToken, tenant, account);
		return;
	}
	if (appTokenRefused !== undefined) throw new SignInProblem(appTokenRefused.message);
	signAsApp(request, target, { ...account, appToken, domain: tenant.domain });
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
				{
					name: 'Authorisation Code',
					value: 'authorisationCode',
					description: 'You have an app on open.jdy.com, and a person logs in for it in a browser',
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
			displayOptions: appModes,
			description: 'Of the app on open.jdy.com (client_id)',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: appModes,
			description: 'Of the same app (client_secret)',
		},
		{
			displayName: 'Outer Instance ID',
			name: 'outerInstanceId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: appModes,
			description: 'Of the authorisation that an account set gave the app (outerInstanceId)',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			displayOptions: appModes,
			placeholder: 'e.g. 1683187060740048426',
			description: 'Needed only where the app is authorised for several account sets',
		},
		{
			displayName: 'Acting User UID',
			name: 'uid',
			type: 'string',
			default: '',
			displayOptions: { show: { mode: ['appAuthorisation'] } },
			description:
				'The cloud account user as whom the calls are made (uid), of the same certified company; the administrator who authorised the app where this is empty',
		},
		{
			displayName: 'Redirect Address',
			name: 'redirectAddress',
			type: 'string',
			default: '',
			required: true,
			displayOptions: codeMode,
			placeholder: 'e.g. https://example.com/kingdee',
			description:
				'Where the log-in leads back to; any page of yours that is white-listed for the app in the Kingdee cloud console',
		},
		{
			displayName:
				'Save without a code first: the message then shows the address where you log in. Afterwards enter the code, which works once. What it gives is kept in this credential; should it get lost, or the log-in end, log in again and enter the new code.',
			name: 'codeNotice',
			type: 'notice',
			default: '',
			displayOptions: codeMode,
		},
		{
			displayName: 'Authorisation Code',
			name: 'authorisationCode',
			type: 'string',
			default: '',
			displayOptions: codeMode,
			description:
				'What stands behind code= in the address that the log-in led to, or that whole address',
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
		grantField,
	];

	/** Opens the session. The mode Access Token has nothing to open, so it tries the token. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const account = accountOf(credentials);
		if (account.mode === 'accessToken') {
			await checkToken(this.helpers, account);
			return {};
		}
		if (account.mode === 'authorisationCode') {
			return await openCodeSession(this.helpers, account, credentials.grant);
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
		const target = aim(request, account.apiAddress);
		if (schemeOf(target) === 'app') {
			// The client secret alone signs these.
			signAsApp(request, target, account);
			return request;
		}
		const session = usableSession<KingdeeSession>(credentials.session, account.madeFor, Date.now());
		if (session === undefined) throw new SessionNeeded();
		signInSession(request, target, account, session);
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
