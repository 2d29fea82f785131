export const sevenMoorAccount = {
	accountId: 'N00000046053',
	apiSecret: '7c2e9f40-51d8-11ec-9b6e-3d2f5a8c1e77',
} as const;

/** Account id to secret: the seed's account and the one of the published vector (sheet §2.3). */
export const secrets = new Map<string, string>([
	[sevenMoorAccount.accountId, sevenMoorAccount.apiSecret],
	['N00000000556', 'secret'],
]);
