import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/json';
import { outputChoice } from '../../lib/output';
import { isoFromSeconds, type IsoTime } from '../../lib/time';
import { textOrNull } from '../../lib/workOrder';

/** A customer (external user). */
export interface Customer {
	readonly id: string | null;
	readonly unionId: string | null;
	readonly name: string | null;
	/** "wechat" or "wecom"; another type as Weiban writes it. */
	readonly type: string | null;
	readonly companyName: string | null;
	readonly position: string | null;
	/** Ids of the staff who have the customer; null where the answer does not say, as in the list. */
	readonly followedBy: string[] | null;
	readonly avatar: string | null;
	readonly createdAt: IsoTime | null;
}

/** A customer that was asked for with others; `found` is false for one that Weiban does not know. */
export interface AskedCustomer extends Customer {
	readonly found: boolean;
}

const types: Readonly<Record<string, string>> = { '1': 'wechat', '2': 'wecom' };

function followersOf(list: JsonValue | undefined): string[] | null {
	if (!Array.isArray(list)) return null;
	return list
		.filter(isJsonObject)
		.map(({ staff_id: id }) => textOrNull(id))
		.filter((id) => id !== null);
}

export function toCustomer(record: JsonObject): Customer {
	const type = textOrNull(record.type);
	return {
		id: textOrNull(record.id),
		unionId: textOrNull(record.unionid),
		name: textOrNull(record.name),
		type: types[type ?? ''] ?? type,
		companyName: textOrNull(record.corp_name),
		position: textOrNull(record.position),
		followedBy: followersOf(record.follow_staffs),
		avatar: textOrNull(record.avatar),
		createdAt: isoFromSeconds(record.created_at),
	};
}

export function toAskedCustomer(record: JsonObject): AskedCustomer {
	return { ...toCustomer(record), found: record.found !== false };
}

const names = [
	'id',
	'unionId',
	'name',
	'type',
	'companyName',
	'position',
	'followedBy',
	'avatar',
	'createdAt',
] as const satisfies readonly (keyof Customer)[];

export const customerOutput = outputChoice(
	names,
	'Nine fields: names, type in words, times with their zone',
);

export const askedCustomerOutput = outputChoice(
	[...names, 'found'] as const,
	'Ten fields: names, type in words, whether Weiban knows the customer',
);
