/** The caller's log-in and the employees of the seed's samples. Numbers are employee numbers. */
export const kingsoftCloudAccount = {
	appId: 'gongdan-sandbox',
	secret: '5f0c8f6b7e1d4a0c9b3e2d1f8a7c6b5e',
	creatorId: '38361',
	creatorName: '姜程',
	closerId: '40084',
	closerName: '田金秀',
} as const;
