import { inputFile, inputFileField } from '../../../../lib/inputFile';
import { isJsonObject } from '../../../../lib/json';
import type { OperationOnItem } from '../../../../lib/operation';
import { callKingsoft } from '../../transport';

/**
 * POST /workorder/api/ticket/upload_file (seed kingsoft), as a form with one part named "file". The answer
 * is the vendor's attachment, which Create and Close take as it is.
 */
export const operation: OperationOnItem = {
	option: {
		name: 'Upload',
		action: 'Upload an attachment',
		description: 'Upload a file, to be attached when a ticket is created or closed',
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
		const { fields } = item;
		const fileName = fields.group('options').optionalText('fileName');
		const file = await inputFile(item, fields.text('binaryPropertyName'), fileName);
		const { name, mimeType, content } = file;
		const form = new FormData();
		form.append('file', new Blob([new Uint8Array(content)], { type: mimeType }), name);
		const { data } = await callKingsoft(item, 'uploadFile', { form });
		return isJsonObject(data)
			? data
			: item.fields.refuse(
					'binaryPropertyName',
					'names a file whose upload was answered without its path',
					'Without it nothing can be attached. Upload the file again.',
				);
	},
};
