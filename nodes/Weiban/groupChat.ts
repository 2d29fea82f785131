import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/json';
import { outputChoice } from '../../lib/output';
import { isoFromSeconds, type IsoTime } from '../../lib/time';
import { firstText, textOrNull } from '../../lib/workOrder';

/** A group chat of customers. */
export interface GroupChat {
	readonly id: string | null;
	readonly name: string | null;
	readonly ownerId: string | null;
	readonly memberCount: number | null;
	readonly notice: string | null;
	readonly description: string | null;
	readonly isDismissed: boolean | null;
	/** Names; null where the answer does not say, as in the list. */
	readonly tags: string[] | null;
	readonly createdAt: IsoTime | null;
}

function tagsOf(list: JsonValue | undefined): string[] | null {
	if (!Array.isArray(list)) return null;
	return list
		.filter(isJsonObject)
		.map(({ name }) => textOrNull(name))
		.filter((name) => name !== null);
}

/** Id and owner have one name in the list and another one in the detail (pages api-8278618, api-9102767). */
export function toGroupChat(record: JsonObject): GroupChat {
	return {
		id: firstText(record, ['group_chat_id', 'group_id']),
		name: textOrNull(record.name),
		ownerId: firstText(record, ['owner_staff_id', 'owner']),
		memberCount: typeof record.member_count === 'number' ? record.member_count : null,
		notice: textOrNull(record.notice),
		description: textOrNull(record.description),
		isDismissed: typeof record.is_dismissed === 'boolean' ? record.is_dismissed : null,
		tags: tagsOf(record.tag_list),
		createdAt: isoFromSeconds(record.create_time),
	};
}

export const groupChatOutput = outputChoice(
	[
		'id',
		'name',
		'ownerId',
		'memberCount',
		'notice',
		'description',
		'isDismissed',
		'tags',
		'createdAt',
	] as const satisfies readonly (keyof GroupChat)[],
	'Nine fields: names, owner, tags, times with their zone',
);
