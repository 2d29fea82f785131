import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox/index.mts';

/** A Kingdee credential with the token and the account set of an authorised app. */
export function kingdeeByToken({ accounts, addresses }: Sandbox): ICredentialDataDecryptedObject {
	const { accessToken, userId, groupName, accountId, idcDomain } = accounts.kingdee;
	const account = { accessToken, userId, groupName, accountId, idcDomain };
	return { mode: 'accessToken', ...account, apiAddress: addresses.kingdee };
}

/** A Kingdee credential of an app, which logs in by itself. */
export function kingdeeByApp({ accounts, addresses }: Sandbox): ICredentialDataDecryptedObject {
	const { clientId, clientSecret, outerInstanceId } = accounts.kingdee;
	const app = { clientId, clientSecret, outerInstanceId };
	return { mode: 'appAuthorisation', ...app, apiAddress: addresses.kingdee };
}

/** Credentials that the sandbox accepts, by credential type. */
export function credentialsFor(sandbox: Sandbox) {
	const { accounts, addresses } = sandbox;
	return {
		kingdeeApi: kingdeeByApp(sandbox),
		kingsoftCloudApi: {
			environment: 'custom',
			apiAddress: addresses.kingsoftCloud,
			appId: accounts.kingsoftCloud.appId,
			appSecret: accounts.kingsoftCloud.secret,
		},
		sevenMoorApi: {
			environment: 'custom',
			apiAddress: addresses.sevenMoor,
			accountId: accounts.sevenMoor.accountId,
			apiSecret: accounts.sevenMoor.apiSecret,
		},
		weibanApi: {
			apiAddress: addresses.weiban,
			corpId: accounts.weiban.corpId,
			secret: accounts.weiban.secret,
		},
	};
}

/** Ids that do not survive a JavaScript number. */
export const longIds = ['9007199254740993', '1471808049579560961', '2230413444614467584'] as const;
