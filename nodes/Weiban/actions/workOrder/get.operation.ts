import type { OperationOnItem } from '../../../../lib/operation';
import { shaper, workOrderOutput } from '../../../../lib/output';
import { orderNoField } from '../../locators';
import { askedWorkOrder } from '../../transport/workOrderDetail';
import { toWorkOrder } from '../../workOrder';

/** GET /open-api/workorder/detail (seed weiban). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get',
		action: 'Get a work order',
		description: 'Get one work order with its form, its flow and what may be done with it',
	},
	fields: [orderNoField, ...workOrderOutput.fields],
	reads: true,
	run: async (item) => {
		const shape = shaper(item.fields, workOrderOutput, toWorkOrder);
		return shape(await askedWorkOrder(item));
	},
};
