import type { OperationOnItem } from '../../../../lib/operation';
import { WORK_ORDER } from '../../entities';
import { deleteBill } from '../../transport/bills';
import { workOrderField, workOrderId, workOrderKey } from '../workOrderField';

/** POST /weigusoft/wg_cost/deleteBill (sheet kingdee §3.1). */
export const operation: OperationOnItem = {
	option: {
		name: 'Delete',
		action: 'Delete a work order',
		description: 'Delete a service work order for good',
	},
	fields: [workOrderField],
	run: async (item) => {
		const id = await workOrderId(item, workOrderKey(item));
		const message = await deleteBill(item, WORK_ORDER, id);
		return { id, deleted: true, message };
	},
};
