// Written by `npm run build` from the files beside it; an operation is found by its place.
import type { Resources } from '../../../lib/operation';
import { operation as accountFindSignatureRule } from './account/findSignatureRule.operation';
import { operation as attachmentUpload } from './attachment/upload.operation';
import { operation as ticketClose } from './ticket/close.operation';
import { operation as ticketComment } from './ticket/comment.operation';
import { operation as ticketCreate } from './ticket/create.operation';
import { operation as ticketDownloadAttachment } from './ticket/downloadAttachment.operation';
import { operation as ticketGet } from './ticket/get.operation';
import { operation as ticketGetAll } from './ticket/getAll.operation';
import { operation as ticketGetDetails } from './ticket/getDetails.operation';
import { operation as ticketReject } from './ticket/reject.operation';

export const resources = {
	account: { findSignatureRule: accountFindSignatureRule },
	attachment: { upload: attachmentUpload },
	ticket: {
		close: ticketClose,
		comment: ticketComment,
		create: ticketCreate,
		downloadAttachment: ticketDownloadAttachment,
		get: ticketGet,
		getAll: ticketGetAll,
		getDetails: ticketGetDetails,
		reject: ticketReject,
	},
} satisfies Resources;
