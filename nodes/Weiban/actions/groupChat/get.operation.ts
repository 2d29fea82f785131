import { isJsonObject } from '../../../../lib/json';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { groupChatOutput, toGroupChat } from '../../groupChat';
import { groupChatField } from '../../locators';
import { callWeiban } from '../../transport';

/** GET /open-api/group_chat/detail (sheet weiban §3.10, page api-9102767). */
export const operation: OperationOnItem = {
	option: {
		name: 'Get',
		action: 'Get a group chat',
		description: 'Get one group chat with its tags',
	},
	fields: [groupChatField, ...groupChatOutput.fields],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const shape = shaper(fields, groupChatOutput, toGroupChat);
		const id = fields.text('groupChatId').trim();
		const { group_chat: group } = await callWeiban(item, 'groupChat', { group_chat_id: id });
		return isJsonObject(group)
			? shape(group)
			: fields.refuse('groupChatId', `has no group in Weiban's answer: "${id}"`, 'Check it.');
	},
};
