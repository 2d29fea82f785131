import type { Bench, Json } from './bench.mts';

/** One way to log in: what is right, and what can be wrong with it. */
export interface LogIn {
	name: string;
	type: string;
	vendor: 'kingdee' | 'kingsoftCloud' | 'sevenMoor' | 'weiban';
	data: Json;
	/** The field of the secret. */
	secret: string;
	/** The field that names the account. */
	account: string;
}

export function logIns({ sandbox }: Pick<Bench, 'sandbox'>): LogIn[] {
	const { accounts, addresses } = sandbox;
	const { kingdee, kingsoftCloud, sevenMoor, weiban } = accounts;
	return [
		{
			name: 'Kingdee app',
			type: 'kingdeeApi',
			vendor: 'kingdee',
			data: {
				mode: 'appAuthorisation',
				apiAddress: addresses.kingdee,
				clientId: kingdee.clientId,
				clientSecret: kingdee.clientSecret,
				outerInstanceId: kingdee.outerInstanceId,
			},
			secret: 'clientSecret',
			account: 'clientId',
		},
		{
			name: 'Kingdee token',
			type: 'kingdeeApi',
			vendor: 'kingdee',
			data: {
				mode: 'accessToken',
				apiAddress: addresses.kingdee,
				accessToken: kingdee.accessToken,
				userId: kingdee.userId,
				groupName: kingdee.groupName,
				accountId: kingdee.accountId,
				idcDomain: kingdee.idcDomain,
			},
			secret: 'accessToken',
			account: 'accountId',
		},
		{
			name: 'Kingsoft Cloud',
			type: 'kingsoftCloudApi',
			vendor: 'kingsoftCloud',
			data: {
				environment: 'custom',
				apiAddress: addresses.kingsoftCloud,
				appId: kingsoftCloud.appId,
				appSecret: kingsoftCloud.secret,
				signatureRule: 'A',
				timestampUnit: 'milliseconds',
			},
			secret: 'appSecret',
			account: 'appId',
		},
		{
			name: '7moor',
			type: 'sevenMoorApi',
			vendor: 'sevenMoor',
			data: {
				apiAddress: addresses.sevenMoor,
				accountId: sevenMoor.accountId,
				apiSecret: sevenMoor.apiSecret,
			},
			secret: 'apiSecret',
			account: 'accountId',
		},
		{
			name: 'Weiban',
			type: 'weibanApi',
			vendor: 'weiban',
			data: { apiAddress: addresses.weiban, corpId: weiban.corpId, secret: weiban.secret },
			secret: 'secret',
			account: 'corpId',
		},
	];
}

/** Creates the credentials with the right values and notes their secrets. */
export async function addLogIns(bench: Bench): Promise<void> {
	for (const { name, type, data, secret } of logIns(bench)) {
		bench.secrets.add(String(data[secret]));
		await bench.addCredential(name, type, data);
	}
}
