/**
 * Token, user, group and account set are the seed's; client id and secret those of the published
 * X-Api vector, app key and secret those of the published app_signature vector (sheet §2.4).
 */
export const kingdeeAccount = {
	accessToken: '1751589696b6fadec8ca66f4bff7eece',
	userId: '10102023',
	groupName: 'ns-f51c',
	accountId: '1683187060740048426',
	idcDomain: 'https://tf.jdy.com',
	clientId: '200421',
	clientSecret: 'f2adcfef73369bfc4e1384677d38a0ff',
	outerInstanceId: '418370618707400484',
	/** White-listed for the log-in with an authorisation code. */
	redirectUri: 'https://n8n.example.com/kingdee?from=log-in',
	appKey: 'abc',
	appSecret: 'abc123',
	/** A service engineer: `kingdee_auth_token?uid=` with this cloud account user. */
	engineer: { uid: '90002', userId: '10102024' },
} as const;

export interface KingdeeUser {
	/** `Appuserid` and the user part of authority_info. */
	id: string;
	/** Cloud account user, the `uid` of `kingdee_auth_token`. */
	uid: string;
	name: string;
	number: string;
}

/** The first is the administrator who authorised the app. */
export const USERS: readonly KingdeeUser[] = [
	{ id: kingdeeAccount.userId, uid: '90001', name: '管理员', number: 'admin' },
	{
		id: kingdeeAccount.engineer.userId,
		uid: kingdeeAccount.engineer.uid,
		name: '服务工程师',
		number: 'engineer',
	},
];
