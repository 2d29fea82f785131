/** The callback's key material is the published sample of the vendor's library (sheet §6.2). */
export const weibanAccount = {
	corpId: '1653682321878942721',
	secret: 'Wb7-sandbox-secret-3fK9xQ2mZt',
	callback: {
		token: 'hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo',
		encodingAesKey: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
		/** The corp id, as the docs say; a published sample uses a `ww…` id. */
		receiveId: '1653682321878942721',
	},
} as const;
