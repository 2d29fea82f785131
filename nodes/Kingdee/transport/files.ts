import { vendorError } from '../../../lib/errors';
import { placeOf, type CallSite } from '../../../lib/exchange';
import type { InputFile } from '../../../lib/inputFile';
import { isJsonObject } from '../../../lib/json';
import { firstText, textOrNull } from '../../../lib/workOrder';
import { callKingdee } from './index';
import { unknownForm } from './records';

/**
 * Uploads a file (sheet kingdee §3.1); answers the address under which Kingdee keeps it for 10 to 15
 * minutes, until a record takes it over.
 */
export async function uploadFile(site: CallSite, file: InputFile): Promise<string> {
	const form = new FormData();
	// The page's table says file1, its curl and its answer say file.
	form.append('file', new Blob([new Uint8Array(file.content)], { type: file.mimeType }), file.name);
	const { data } = await callKingdee(site, 'uploadFile', { form });
	const url = isJsonObject(data) ? textOrNull(data.file) : null;
	if (url === null) throw unknownForm(site, 'the address of an upload', data);
	return url;
}

export interface UploadedFile {
	readonly url: string;
	readonly name: string;
	/** Bytes. */
	readonly size: number;
}

/** Makes an attachment record of an uploaded file; answers its id (sheet kingdee §3.1, commonApi). */
export async function registerFile(site: CallSite, file: UploadedFile): Promise<string> {
	const { data } = await callKingdee(site, 'registerAttachment', {
		body: { api_name: 'api.LoadAttachmentFieldApi', ...file },
	});
	// The place of the id is not published: the data themselves, or in them.
	const id = textOrNull(data) ?? (isJsonObject(data) ? firstText(data, ['id']) : null);
	if (id !== null && /^\d+$/.test(id)) return id;
	throw vendorError(placeOf(site), {
		message: 'Kingdee registered the attachment, but sent its id in a form that is not known',
		advice:
			'Kingdee does not publish the form. Please report it with the answer in the error details.',
		body: JSON.stringify(data),
	});
}
