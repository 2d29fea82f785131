import { fileToUpload, uploadFields } from '../../../../lib/inputFile';
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
	fields: uploadFields,
	run: async (item) => {
		const file = await fileToUpload(item);
		const { name, mimeType, content } = file;
		return { url: await uploadFile(item, file), name, size: content.length, mimeType };
	},
};
