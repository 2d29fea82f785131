import type { ICredentialType, INodeProperties } from 'n8n-workflow';

export class SevenMoorPushApi implements ICredentialType {
	name = 'sevenMoorPushApi';

	displayName = '7moor Push API';

	icon = {
		light: 'file:../nodes/SevenMoor/sevenMoor.svg',
		dark: 'file:../nodes/SevenMoor/sevenMoor.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-gongdan/n8n-nodes-gongdan/blob/main/docs/triggers.md#7moor-trigger';

	properties: INodeProperties[] = [
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'X-Webhook-Secret',
			required: true,
			description: 'Name of the request header that carries the secret',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'At least 16 letters, digits or signs that nobody can guess. A push without it is turned away. 7moor documents no way to add a header, so a proxy in front of n8n may have to add it.',
		},
	];
}
