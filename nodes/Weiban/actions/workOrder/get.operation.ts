import { isJsonObject } from '../../../../lib/json';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper, workOrderOutput } from '../../../../lib/output';
import { callWeiban } from '../../transport';
import { toWorkOrder } from '../../workOrder';

/** GET /open-api/workorder/detail (seed weiban). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get',
		action: 'Get a work order',
		description: 'Get one work order with its form, its flow and what may be done with it',
	},
	fields: [
		{
			displayName: 'Work Order Number',
			name: 'orderNo',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1471808049579560960',
			description: 'The number (order_no) of the work order. Keep it as text: numbers lose digits.',
		},
		...workOrderOutput.fields,
	],
	reads: true,
	run: async (item) => {
		const shape = shaper(item.fields, workOrderOutput, toWorkOrder);
		const orderNo = item.fields.integerId('orderNo');
		const { work_order: record } = await callWeiban(item, 'workOrderDetail', { order_no: orderNo });
		if (!isJsonObject(record)) {
			return item.fields.refuse(
				'orderNo',
				`has no work order in Weiban's answer: "${orderNo}"`,
				'Check the number.',
			);
		}
		return shape(record);
	},
};
