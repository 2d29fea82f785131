import type { OperationOnItem } from '../../../../lib/operation';
import { staffField } from '../../locators';
import { actingStaffField, actionBody, actionFields, copyToField } from '../../remark';
import { callWeiban } from '../../transport';

/** POST /open-api/workorder/switch (sheet weiban §3.4), the one action whose text must be there. */
export const operation: OperationOnItem = {
	option: {
		name: 'Hand Over',
		action: 'Hand over a work order',
		description: 'Hand an open work order over to its next handler',
	},
	fields: actionFields(
		[
			actingStaffField('The member of staff who hands over'),
			staffField('Handler', 'handlerId', 'The member of staff who gets the work order', true),
		],
		{
			displayName: 'Remark',
			required: true,
			description: 'What the next handler should know, up to 600 characters',
		},
		[copyToField],
	),
	run: async (item) => {
		const { fields } = item;
		fields.text('text');
		const body = { ...actionBody(fields), handler_id: fields.text('handlerId').trim() };
		const { current_step: currentStep = null } = await callWeiban(item, 'workOrderSwitch', body);
		return { success: true, id: body.order_no, currentStep };
	},
};
