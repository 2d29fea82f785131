import { listingFields } from '../../../../lib/listing';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { groupChatOutput, toGroupChat } from '../../groupChat';
import { listedRows } from '../../listing';
import { staffField } from '../../locators';

/** GET /open-api/group_chat/list (sheet weiban §3.10 from public clients; the vendor's page is api-8278618). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many group chats',
		description: 'Get a list of the group chats with customers',
	},
	fields: [
		...listingFields,
		...groupChatOutput.fields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [staffField('Staff', 'staffId', 'Only group chats of this member of staff', false)],
		},
	],
	reads: true,
	run: async (item) => {
		const shape = shaper(item.fields, groupChatOutput, toGroupChat);
		const staffId = item.fields.group('filters').optionalText('staffId')?.trim();
		return await listedRows(item, 'groupChatList', { staff_id: staffId }, shape);
	},
};
