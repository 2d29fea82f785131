import type { OperationOnItem } from '../../../../lib/operation';
import { actingStaffField, actionBody, actionFields } from '../../remark';
import { callWeiban } from '../../transport';

/** POST /open-api/workorder/reply (sheet weiban §3.6); a closed order cannot be commented. */
export const operation: OperationOnItem = {
	option: {
		name: 'Comment',
		action: 'Comment on a work order',
		description: 'Add a comment to an open work order',
	},
	fields: actionFields([actingStaffField('The member of staff who comments')], {
		displayName: 'Comment',
		description: 'Text of the comment, up to 600 characters. May be empty with attachments.',
	}),
	run: async (item) => {
		const body = actionBody(item.fields);
		if ((body.content ?? body.attached_json ?? body.attached_files) === undefined) {
			item.fields.refuse('text', 'is empty', 'Enter a text or add an attachment.');
		}
		await callWeiban(item, 'workOrderReply', body);
		return { success: true, id: body.order_no };
	},
};
