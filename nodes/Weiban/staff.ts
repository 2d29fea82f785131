import type { JsonObject } from '../../lib/json';
import { outputChoice } from '../../lib/output';
import { isoFromSeconds, type IsoTime } from '../../lib/time';
import { textOrNull } from '../../lib/workOrder';

/** A member of staff. */
export interface Staff {
	/** The WeCom user id. */
	readonly id: string | null;
	readonly name: string | null;
	readonly alias: string | null;
	/** "active", "disabled" or "inactive"; another status as Weiban writes it. */
	readonly status: string | null;
	readonly position: string | null;
	readonly mobile: string | null;
	readonly email: string | null;
	/** Ids; null where they were not asked for. */
	readonly departments: string[] | null;
	readonly avatar: string | null;
	readonly createdAt: IsoTime | null;
}

/** Sheet weiban §3.11. */
const statuses: Readonly<Record<string, string>> = {
	'1': 'active',
	'2': 'disabled',
	'4': 'inactive',
};

export function toStaff(row: JsonObject): Staff {
	const status = textOrNull(row.status);
	return {
		id: textOrNull(row.id),
		name: textOrNull(row.name),
		alias: textOrNull(row.alias),
		status: statuses[status ?? ''] ?? status,
		position: textOrNull(row.position),
		mobile: textOrNull(row.mobile),
		email: textOrNull(row.email),
		departments: Array.isArray(row.department) ? row.department.map(String) : null,
		avatar: textOrNull(row.avatar),
		createdAt: isoFromSeconds(row.created_at),
	};
}

export const staffOutput = outputChoice(
	[
		'id',
		'name',
		'alias',
		'status',
		'position',
		'mobile',
		'email',
		'departments',
		'avatar',
		'createdAt',
	] as const satisfies readonly (keyof Staff)[],
	'Ten fields: names, status in words, times with their zone',
);
