import type { OperationOnItem } from '../../../../lib/operation';
import { shaper, workOrderOutput } from '../../../../lib/output';
import { ticketIdField } from '../../fields';
import { askedTicket } from '../../transport/ticket';
import { toWorkOrder } from '../../workOrder';

/** GET /workorder/api/ticket/base (seed kingsoft). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get',
		action: 'Get a ticket',
		description: 'Get the main fields of one ticket',
	},
	fields: [ticketIdField, ...workOrderOutput.fields],
	reads: true,
	run: async (item) => {
		const shape = shaper(item.fields, workOrderOutput, toWorkOrder);
		return shape(await askedTicket(item, 'base'));
	},
};
