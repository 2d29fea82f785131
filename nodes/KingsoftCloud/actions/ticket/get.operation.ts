import { isJsonObject } from '../../../../lib/json';
import type { OperationOf } from '../../../../lib/operation';
import { outputField, wantsRaw } from '../../../../lib/output';
import { ticketIdField } from '../../fields';
import { callKingsoft } from '../../transport';
import { toWorkOrder } from '../../workOrder';
import type { Names } from '../names';

/** GET /workorder/api/ticket/base (seed kingsoft). */
export const get: OperationOf<Names, 'ticket', 'get'> = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a ticket',
		description: 'Get the main fields of one ticket',
	},
	fields: [ticketIdField, outputField],
	run: async (item) => {
		const id = item.fields.integerId('ticketId');
		const { data } = await callKingsoft(item, 'base', { query: { id } });
		const record = isJsonObject(data) ? data : {};
		return wantsRaw(item.fields) ? record : toWorkOrder(record);
	},
};
