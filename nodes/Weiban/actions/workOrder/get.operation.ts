import { isJsonObject } from '../../../../lib/json';
import type { OperationOf } from '../../../../lib/operation';
import { outputField, wantsRaw } from '../../../../lib/output';
import { callWeiban } from '../../transport';
import { toWorkOrder } from '../../workOrder';
import type { Names } from '../names';

/** GET /open-api/workorder/detail (seed weiban). */
export const get: OperationOf<Names, 'workOrder', 'get'> = {
	option: {
		name: 'Get',
		value: 'get',
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
		outputField,
	],
	run: async (item) => {
		const orderNo = item.fields.integerId('orderNo');
		const { work_order: record } = await callWeiban(item, 'workOrderDetail', { order_no: orderNo });
		if (!isJsonObject(record)) {
			return item.fields.refuse(
				'orderNo',
				`has no work order in Weiban's answer: "${orderNo}"`,
				'Check the number.',
			);
		}
		return wantsRaw(item.fields) ? record : toWorkOrder(record);
	},
};
