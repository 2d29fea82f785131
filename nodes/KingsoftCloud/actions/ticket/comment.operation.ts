import { idAsNumber } from '../../../../lib/ids';
import type { OperationOnItem } from '../../../../lib/operation';
import { optionalIdNumber, productGroupIdField, ticketIdField } from '../../fields';
import { callKingsoft } from '../../transport';

/** POST /workorder/api/ticket/comment_ticket (seed kingsoft); the table marks none of its fields as required. */
export const operation: OperationOnItem = {
	option: {
		name: 'Comment',
		action: 'Comment on a ticket',
		description: 'Add a comment to a ticket',
	},
	fields: [
		ticketIdField,
		{
			displayName: 'Comment',
			name: 'detail',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			required: true,
			description: 'Text of the comment',
		},
		productGroupIdField,
	],
	run: async (item) => {
		const id = item.fields.integerId('ticketId');
		const detail = item.fields.text('detail');
		await callKingsoft(item, 'commentTicket', {
			body: {
				detail,
				id: idAsNumber(id),
				productGroupId: optionalIdNumber(item.fields, 'productGroupId'),
			},
		});
		return { success: true, id };
	},
};
