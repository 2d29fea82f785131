import type { OperationOnItem } from '../../../../lib/operation';
import { shaper, workOrderOutput } from '../../../../lib/output';
import { WORK_ORDER } from '../../entities';
import { readRecord } from '../../transport/records';
import { toWorkOrder } from '../../workOrder';
import { workOrderField, workOrderId, workOrderKey } from '../workOrderField';

/** POST /weigusoft/wg_cost/loadData (sheet kingdee §3.1.2). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get',
		action: 'Get a work order',
		description: 'Get one service work order with its materials, ratings, expenses and team',
	},
	fields: [workOrderField, ...workOrderOutput.fields],
	reads: true,
	run: async (item) => {
		const shape = shaper(item.fields, workOrderOutput, toWorkOrder);
		const id = await workOrderId(item, workOrderKey(item));
		const record = await readRecord(item, { entityName: WORK_ORDER, id });
		return record === undefined
			? item.fields.refuse('id', `has no work order in Kingdee: "${id}"`, 'Check the ID.')
			: shape(record);
	},
};
