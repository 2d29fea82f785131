import type { OperationOnItem } from '../../../../lib/operation';
import { deleteBill } from '../../transport/bills';
import { entityLocator, recordLocator } from '../locators';

/** POST /weigusoft/wg_cost/deleteBill (sheet kingdee §3.1). */
export const operation: OperationOnItem = {
	option: {
		name: 'Delete',
		action: 'Delete a record',
		description: 'Delete a record of any entity for good',
	},
	fields: [entityLocator, recordLocator],
	run: async (item) => {
		const entity = item.fields.text('entity').trim();
		const id = item.fields.integerId('recordId');
		return { id, deleted: true, message: await deleteBill(item, entity, id) };
	},
};
