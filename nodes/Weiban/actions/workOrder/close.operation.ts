import type { OperationOnItem } from '../../../../lib/operation';
import { actingStaffField, actionBody, actionFields, copyToField } from '../../remark';
import { callWeiban } from '../../transport';

/** POST /open-api/workorder/close (sheet weiban §3.5). */
export const operation: OperationOnItem = {
	option: {
		name: 'Close',
		action: 'Close a work order',
		description: 'Close a work order. Weiban publishes no call that opens it again.',
	},
	fields: actionFields(
		[actingStaffField('The member of staff who closes')],
		{ displayName: 'Remark', description: 'How it was solved, up to 600 characters' },
		[copyToField],
	),
	run: async (item) => {
		const body = actionBody(item.fields);
		await callWeiban(item, 'workOrderClose', body);
		return { success: true, id: body.order_no };
	},
};
