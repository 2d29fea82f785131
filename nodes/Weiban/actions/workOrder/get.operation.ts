import type { OperationOnItem } from '../../../../lib/operation';
import { shaper, workOrderOutput } from '../../../../lib/output';
import { orderNoField } from '../../locators';
import { readWorkOrder } from '../../transport/workOrderDetail';
import { toWorkOrder } from '../../workOrder';

/** GET /open-api/workorder/detail (seed weiban). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get',
		action: 'Get a work order',
		description: 'Get one work order with its form, its flow and what may be done with it',
	},
	fields: [orderNoField, ...workOrderOutput.fields],
	run: async (item) => {
		const shape = shaper(item.fields, workOrderOutput, toWorkOrder);
		const orderNo = item.fields.integerId('orderNo');
		const record = await readWorkOrder(item, orderNo);
		if (record === undefined) {
			return item.fields.refuse(
				'orderNo',
				`has no work order in Weiban's answer: "${orderNo}"`,
				'Check the number.',
			);
		}
		return shape(record);
	},
};
