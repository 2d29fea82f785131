import type { OperationOnItem } from '../../../../lib/operation';
import { listEntries, productListFields } from '../productList';

/** GET /jdy/v2/bd/customer (sheet kingdee §3.2). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many customers',
		description: 'Get the customers of the account set',
	},
	fields: productListFields,
	reads: true,
	run: async (item) => await listEntries(item, 'customers'),
};
