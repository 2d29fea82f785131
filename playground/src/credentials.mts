import type { Sandbox } from '../../sandbox/index.mts';
import type { MailSink } from './mailSink.mts';

export interface CredentialPlan {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** The log-ins of the four vendors in the sandbox. */
export function vendorCredentialPlans({ accounts, addresses }: Sandbox): CredentialPlan[] {
	return [
		{
			name: 'Kingdee (sandbox)',
			type: 'kingdeeApi',
			data: {
				mode: 'appAuthorisation',
				apiAddress: addresses.kingdee,
				clientId: accounts.kingdee.clientId,
				clientSecret: accounts.kingdee.clientSecret,
				outerInstanceId: accounts.kingdee.outerInstanceId,
				accountId: accounts.kingdee.accountId,
			},
		},
		{
			name: 'Kingsoft Cloud (sandbox)',
			type: 'kingsoftCloudApi',
			data: {
				environment: 'custom',
				apiAddress: addresses.kingsoftCloud,
				appId: accounts.kingsoftCloud.appId,
				appSecret: accounts.kingsoftCloud.secret,
				signatureRule: 'A',
				timestampUnit: 'milliseconds',
			},
		},
		{
			name: '7moor (sandbox)',
			type: 'sevenMoorApi',
			data: {
				apiAddress: addresses.sevenMoor,
				accountId: accounts.sevenMoor.accountId,
				apiSecret: accounts.sevenMoor.apiSecret,
			},
		},
		{
			name: 'Weiban (sandbox)',
			type: 'weibanApi',
			data: {
				apiAddress: addresses.weiban,
				corpId: accounts.weiban.corpId,
				secret: accounts.weiban.secret,
			},
		},
		{
			name: 'Weiban Callback (sandbox)',
			type: 'weibanCallbackApi',
			data: {
				token: accounts.weiban.callback.token,
				aesSecretKey: accounts.weiban.callback.encodingAesKey,
				corpId: accounts.weiban.corpId,
			},
		},
	];
}

/** The log-ins of the four vendors in the sandbox, and of the mailbox. */
export function credentialPlans(sandbox: Sandbox, mail: MailSink): CredentialPlan[] {
	return [
		...vendorCredentialPlans(sandbox),
		{
			name: 'Mailbox (playground)',
			type: 'smtp',
			data: {
				host: mail.host,
				port: mail.port,
				user: mail.user,
				password: mail.password,
				secure: false,
				disableStartTls: true,
			},
		},
	];
}
