import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** The secrets of the event subscription; Weiban calls n8n with them, never the other way round. */
export class WeibanCallbackApi implements ICredentialType {
	name = 'weibanCallbackApi';

	displayName = 'Weiban Callback API';

	icon = {
		light: 'file:../nodes/Weiban/weiban.svg',
		dark: 'file:../nodes/Weiban/weiban.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-gongdan/n8n-nodes-gongdan/blob/main/docs/credentials.md#weiban-callback';

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The Token of the event subscription in Weiban',
		},
		{
			displayName: 'EncodingAESKey',
			name: 'aesSecretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The EncodingAESKey of the event subscription in Weiban, 43 characters',
		},
		{
			displayName: 'Corp ID',
			name: 'corpId',
			type: 'string',
			default: '',
			description: 'Shown in Weiban under application centre, open platform (corp_id)',
		},
		{
			displayName: 'Receive ID Is',
			name: 'receiveIdIs',
			type: 'options',
			default: 'corpId',
			description:
				'The ID that Weiban seals into every event. Its documentation says the Corp ID, one of its samples has an ID that starts with ww.',
			options: [
				{ name: 'Another ID', value: 'other' },
				{
					name: 'Not Checked',
					value: 'any',
					description: 'Token and EncodingAESKey alone decide',
				},
				{ name: 'The Corp ID', value: 'corpId' },
			],
		},
		{
			displayName: 'Receive ID',
			name: 'receiveId',
			type: 'string',
			default: '',
			placeholder: 'e.g. ww1436e0e65a779aee',
			displayOptions: { show: { receiveIdIs: ['other'] } },
			description: 'The ID that events must carry; leave it empty to accept any',
		},
	];
}
