import type { OperationOnItem } from '../../../../lib/operation';
import { shaper, workOrderOutput } from '../../../../lib/output';
import { ticketIdField } from '../../fields';
import { askedTicket } from '../../transport/ticket';
import { toWorkOrder } from '../../workOrder';

/** GET /workorder/api/ticket/detail (seed kingsoft). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Details',
		action: 'Get details of a ticket',
		description:
			'Get one ticket with its assignments, history, form, tags and attachments, whose addresses live 600 seconds',
	},
	fields: [ticketIdField, ...workOrderOutput.fields],
	reads: true,
	run: async (item) => {
		const shape = shaper(item.fields, workOrderOutput, toWorkOrder);
		return shape(await askedTicket(item, 'detail'));
	},
};
