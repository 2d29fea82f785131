import type { OperationOnItem } from '../../../../lib/operation';
import { listEntries, productListFields } from '../productList';

/** GET /jdy/v2/bd/emp (sheet kingdee §3.2). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many staff members',
		description: 'Get the staff members of the account set, whose IDs work orders name as handlers',
	},
	fields: productListFields,
	reads: true,
	run: async (item) => await listEntries(item, 'staff'),
};
