import type { OperationOnItem } from '../../../../lib/operation';
import { orderNoField, staffField } from '../../locators';
import { attachmentOptions, attachmentsOf, contentOf, isShowOf, remarkFields } from '../../remark';
import { callWeiban } from '../../transport';

/** POST /open-api/workorder/reply (sheet weiban §3.6); a closed order cannot be commented. */
export const operation: OperationOnItem = {
	option: {
		name: 'Comment',
		action: 'Comment on a work order',
		description: 'Add a comment to an open work order',
	},
	fields: [
		orderNoField,
		staffField('Acting Staff', 'staffId', 'The member of staff who comments', true),
		{
			displayName: 'Comment',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			description: 'Text of the comment, up to 600 characters. May be empty with attachments.',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [remarkFields.attachmentsField, remarkFields.pictureField, remarkFields.showField],
		},
		attachmentOptions,
	],
	run: async (item) => {
		const { fields } = item;
		const orderNo = fields.integerId('orderNo');
		const staffId = fields.text('staffId').trim();
		const additional = fields.group('additionalFields');
		const refuseText = (problem: string, advice: string) => fields.refuse('text', problem, advice);
		const content = contentOf(fields.optionalText('text'), additional, refuseText);
		const attachments = attachmentsOf(additional, fields.group('options'));
		if (content === undefined && Object.keys(attachments).length === 0) {
			return refuseText('is empty', 'Enter a text or add an attachment.');
		}
		await callWeiban(item, 'workOrderReply', {
			order_no: orderNo,
			staff_id: staffId,
			content,
			is_show: isShowOf(additional),
			...attachments,
		});
		return { success: true, id: orderNo };
	},
};
