import type { OperationOnItem } from '../../../../lib/operation';
import { registerFile } from '../../transport/files';

/** POST /weigusoft/wg_crm/commonApi, api.LoadAttachmentFieldApi (sheet kingdee §3.1). */
export const operation: OperationOnItem = {
	option: {
		name: 'Register',
		action: 'Register an attachment',
		description: 'Make an attachment record of an uploaded file, whose ID other records can name',
	},
	fields: [
		{
			displayName: 'File URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://tf.jdy.com/ierp/tempfile/download.do?…',
			description: 'The address that Attachment: Upload gave, at most 10 to 15 minutes ago',
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 背景图.png',
			description: 'Name of the file, with its ending',
		},
		{
			displayName: 'File Size',
			name: 'size',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			required: true,
			description: 'In bytes, as Attachment: Upload gives it',
		},
	],
	run: async (item) => {
		const { fields } = item;
		const file = {
			url: fields.text('url').trim(),
			name: fields.text('fileName'),
			size: fields.count('size', 0),
		};
		return { id: await registerFile(item, file), ...file };
	},
};
