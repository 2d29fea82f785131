import { idAsNumber } from '../../../../lib/ids';
import type { OperationOnItem } from '../../../../lib/operation';
import { toSeconds } from '../../../../lib/time';
import { attachmentsField, readAttachments, ticketIdField } from '../../fields';
import { callKingsoft } from '../../transport';

/** POST /workorder/api/ticket/close_ticket (seed kingsoft); it answers no data. */
export const operation: OperationOnItem = {
	option: {
		name: 'Close',
		action: 'Close a ticket',
		description: 'Close a ticket. Only the person who created it may do so.',
	},
	fields: [
		ticketIdField,
		{
			displayName: 'Closer ID',
			name: 'closerId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 40084',
			description:
				'Employee number, as in the address book, of the person who closes; it has to be the creator of the ticket',
		},
		{
			displayName: 'Closer Name',
			name: 'closerName',
			type: 'string',
			default: '',
			required: true,
		},
		{
			displayName: 'Solved At',
			name: 'solvedTime',
			type: 'dateTime',
			default: '',
			required: true,
			description:
				"When the customer confirmed the solution. Without an offset it is read in the workflow's time zone.",
		},
		{
			displayName: 'Cause Located',
			name: 'isSolved',
			type: 'boolean',
			default: false,
			description: 'Whether the cause has been located (is_solved)',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				attachmentsField('handleAttachment', 'Files of the troubleshooting'),
				{
					displayName: 'Remark',
					name: 'detail',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					description: 'Remark on closing',
				},
			],
		},
	],
	run: async (item) => {
		const { fields } = item;
		const additional = fields.group('additionalFields');
		const id = fields.integerId('ticketId');
		await callKingsoft(item, 'closeTicket', {
			body: {
				closer_id: idAsNumber(fields.integerId('closerId')),
				closer_name: fields.text('closerName'),
				is_solved: fields.flag('isSolved'),
				detail: additional.optionalText('detail'),
				solved_time: toSeconds(fields.instant('solvedTime')),
				handle_attachment: readAttachments(additional, 'handleAttachment', true),
				id: idAsNumber(id),
			},
		});
		return { success: true, id };
	},
};
