import type { Sandbox } from '../../sandbox/index.mts';

/** Credentials that the sandbox accepts, by credential type. */
export function credentialsFor(sandbox: Sandbox) {
	const { accounts, addresses } = sandbox;
	return {
		kingdeeApi: {
			mode: 'appAuthorisation',
			clientId: accounts.kingdee.clientId,
			clientSecret: accounts.kingdee.clientSecret,
			outerInstanceId: accounts.kingdee.outerInstanceId,
			apiAddress: addresses.kingdee,
		},
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
