import type { OperationOnItem } from '../../../../lib/operation';
import { currentUser } from '../../transport/account';

/** POST /weigusoft/basedata/get_current_user_info (sheet kingdee §3.1). Only `id` of the answer is published. */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Current User',
		action: 'Get the current user',
		description: 'Get the user as whom the credential acts',
	},
	fields: [],
	reads: true,
	run: async (item) => await currentUser(item),
};
