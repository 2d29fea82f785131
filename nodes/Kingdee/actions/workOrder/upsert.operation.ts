import type { IntegerId } from '../../../../lib/ids';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { WORK_ORDER } from '../../entities';
import { savedIn } from '../../saved';
import { saveBill } from '../../transport/bills';
import { savedOutput } from '../savedOutput';
import { valueFields, valuesIn } from '../values';
import { optionalWorkOrderField, workOrderId, workOrderKey } from '../workOrderField';

/** POST /weigusoft/wg_cost/saveBill (sheet kingdee §3.1.2). */
export const operation: OperationOnItem = {
	option: {
		name: 'Create or Update',
		action: 'Create or update a work order',
		description: 'Create a service work order, or change fields of one',
	},
	fields: [
		optionalWorkOrderField,
		...valueFields('getWorkOrderFields', ['id.value']),
		...savedOutput.fields,
	],
	run: async (item) => {
		let id: IntegerId | undefined;
		const shape = shaper(item.fields, savedOutput, (answer) => savedIn(answer, id));
		const values = valuesIn(item);
		if (item.fields.has('id')) id = await workOrderId(item, workOrderKey(item));
		return shape(await saveBill(item, WORK_ORDER, id, values));
	},
};
