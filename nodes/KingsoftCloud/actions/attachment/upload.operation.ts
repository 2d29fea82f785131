import { fileToUpload, uploadFields } from '../../../../lib/inputFile';
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
	fields: uploadFields,
	run: async (item) => {
		const { name, mimeType, content } = await fileToUpload(item);
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
