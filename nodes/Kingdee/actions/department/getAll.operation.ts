import type { OperationOnItem } from '../../../../lib/operation';
import { listEntries, productListFields } from '../productList';

/** GET /jdy/v2/bd/department (sheet kingdee §3.2). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many departments',
		description: 'Get the departments of the account set, whose IDs work orders name',
	},
	fields: productListFields,
	reads: true,
	run: async (item) => await listEntries(item, 'departments'),
};
