import { idAsNumber } from '../../../../lib/ids';
import type { OperationOnItem } from '../../../../lib/operation';
import { optionalIdNumber, productGroupIdField, ticketIdField } from '../../fields';
import { callKingsoft } from '../../transport';

/** POST /workorder/api/ticket/reject_handle (seed kingsoft); the table marks none of its fields as required. */
export const operation: OperationOnItem = {
	option: {
		name: 'Reject',
		action: 'Reject a ticket',
		description: 'Reject a ticket on behalf of a product line',
	},
	fields: [
		ticketIdField,
		{
			displayName: 'Reason',
			name: 'detail',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'Why the ticket is rejected',
		},
		productGroupIdField,
	],
	run: async (item) => {
		const id = item.fields.integerId('ticketId');
		const detail = item.fields.optionalText('detail');
		await callKingsoft(item, 'rejectHandle', {
			body: {
				detail,
				id: idAsNumber(id),
				productGroupId: optionalIdNumber(item.fields, 'productGroupId'),
			},
		});
		return { success: true, id };
	},
};
