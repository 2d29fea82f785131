import { inputFile, inputFileField } from '../../../../lib/inputFile';
import type { OperationOnItem } from '../../../../lib/operation';
import { uploadFile } from '../../transport/files';

/**
 * POST /jdy/basedata/attachment_upload (sheet kingdee §3.1). The answer is what Work Order: Process takes
 * as a photo and Attachment: Register as a file.
 */
export const operation: OperationOnItem = {
	option: {
		name: 'Upload',
		action: 'Upload an attachment',
		description:
			'Upload a file, which Kingdee keeps for 10 to 15 minutes unless a record takes it over',
	},
	fields: [
		inputFileField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'File Name',
					name: 'fileName',
					type: 'string',
					default: '',
					placeholder: 'e.g. 背景图.png',
					description: 'Used instead of the name that the file has',
				},
			],
		},
	],
	run: async (item) => {
		const fileName = item.fields.group('options').optionalText('fileName');
		const file = await inputFile(item, item.fields.text('binaryPropertyName'), fileName);
		const { name, mimeType, content } = file;
		return { url: await uploadFile(item, file), name, size: content.length, mimeType };
	},
};
