import { isJsonObject } from '../../../../lib/json';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper, workOrderOutput } from '../../../../lib/output';
import { ticketIdField } from '../../fields';
import { callKingsoft } from '../../transport';
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
		const id = item.fields.integerId('ticketId');
		const { data } = await callKingsoft(item, 'base', { query: { id } });
		const record = isJsonObject(data) ? data : {};
		return shape(record);
	},
};
