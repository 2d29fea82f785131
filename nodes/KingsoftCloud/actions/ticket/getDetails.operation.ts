import { isJsonObject } from '../../../../lib/json';
import type { OperationOf } from '../../../../lib/operation';
import { outputField, wantsRaw } from '../../../../lib/output';
import { ticketIdField } from '../../fields';
import { callKingsoft } from '../../transport';
import { toWorkOrder } from '../../workOrder';
import type { Names } from '../names';

/** GET /workorder/api/ticket/detail (seed kingsoft). */
export const getDetails: OperationOf<Names, 'ticket', 'getDetails'> = {
	option: {
		name: 'Get Details',
		value: 'getDetails',
		action: 'Get details of a ticket',
		description:
			'Get one ticket with its assignments, history, form, tags and attachments, whose addresses live 600 seconds',
	},
	fields: [ticketIdField, outputField],
	run: async (item) => {
		const id = item.fields.integerId('ticketId');
		const { data } = await callKingsoft(item, 'detail', { query: { id } });
		const record = isJsonObject(data) ? data : {};
		return wantsRaw(item.fields) ? record : toWorkOrder(record);
	},
};
