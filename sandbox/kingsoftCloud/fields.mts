import { isObject } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';

export type Kind =
	| 'int32'
	| 'int64'
	| 'string'
	| 'boolean'
	| 'map'
	/** The element type is not stated (sheet §3.1, §3.6): bare or quoted digits. */
	| 'idArray'
	| { arrayOf: Record<string, Field> };

export interface Field {
	kind: Kind;
	required?: boolean;
	/** The value set of an integer field, ends included. */
	range?: [number, number];
}

/** What is wrong with `body`, or `null`. Integers must be bare digits: a quoted one is a string. */
export function checkFields(body: JsonObject, fields: Record<string, Field>): string | null {
	for (const [name, field] of Object.entries(fields)) {
		const value = body[name];
		if (value === undefined || value === null || value === '') {
			if (field.required === true) return `${name} 不能为空`;
			if (value !== '' || field.kind === 'string') continue;
		}
		const wrong = checkKind(name, value, field.kind);
		if (wrong !== null) return wrong;
		if (field.range !== undefined && typeof value === 'bigint') {
			const [least, most] = field.range;
			if (value < BigInt(least) || value > BigInt(most)) return `${name} 取值错误`;
		}
	}
	return null;
}

function checkKind(name: string, value: Json | undefined, kind: Kind): string | null {
	const mismatch = `${name} 类型错误`;
	switch (kind) {
		case 'int32':
			return typeof value === 'bigint' && BigInt.asIntN(32, value) === value ? null : mismatch;
		case 'int64':
			return typeof value === 'bigint' && BigInt.asIntN(64, value) === value ? null : mismatch;
		case 'string':
			return typeof value === 'string' ? null : mismatch;
		case 'boolean':
			return typeof value === 'boolean' ? null : mismatch;
		case 'map':
			return isObject(value) ? null : mismatch;
		case 'idArray':
			return Array.isArray(value) && value.every((item) => /^\d+$/.test(String(item)))
				? null
				: mismatch;
		default:
			if (!Array.isArray(value)) return mismatch;
			for (const item of value) {
				if (!isObject(item)) return mismatch;
				const wrong = checkFields(item, kind.arrayOf);
				if (wrong !== null) return `${name}.${wrong}`;
			}
			return null;
	}
}

const attachmentFields = (authorRequired: boolean): Kind => ({
	arrayOf: {
		author: { kind: 'int64', required: authorRequired },
		file_name: { kind: 'string', required: true },
		file_path: { kind: 'string', required: true },
		file_size: { kind: 'int64', required: true },
		file_type: { kind: 'string', required: true },
	},
});

export const listFields: Record<string, Field> = {
	created_start: { kind: 'int64' },
	created_end: { kind: 'int64' },
	creator_id: { kind: 'int64' },
	customer_organization_name: { kind: 'string' },
	page: { kind: 'int32', range: [1, 2 ** 31 - 1] },
	page_size: { kind: 'int32', range: [1, 2 ** 31 - 1] },
	product_group_id: { kind: 'idArray' },
	status: { kind: 'int32', range: [0, 4] },
	type: { kind: 'int32', range: [0, 3] },
	sub_type: { kind: 'int32' },
	second_subtype: { kind: 'int32' },
};

export const operateFields: Record<string, Field> = {
	id: { kind: 'int64' },
	productGroupId: { kind: 'int64' },
	detail: { kind: 'string' },
};

export const createFields: Record<string, Field> = {
	title: { kind: 'string', required: true },
	detail: { kind: 'string', required: true },
	reported_time: { kind: 'int64', required: true },
	type: { kind: 'int32', required: true, range: [1, 3] },
	priority: { kind: 'int32', required: true, range: [1, 3] },
	customer_organization_id: { kind: 'int64', required: true },
	customer_organization_name: { kind: 'string', required: true },
	repository_product_id: { kind: 'int64', required: true },
	whether_product_group_id: { kind: 'boolean' },
	creator_id: { kind: 'int64', required: true },
	creator_name: { kind: 'string', required: true },
	tags: { kind: 'idArray' },
	customer_info: {
		kind: {
			arrayOf: {
				user_id: { kind: 'int64', required: true },
				attribute: { kind: 'int64' },
				level: { kind: 'int32' },
				business_director_id: { kind: 'int64' },
				business_director_name: { kind: 'string' },
			},
		},
	},
	attachment: { kind: attachmentFields(false) },
	need_process: { kind: 'boolean' },
	relate_to_ticket_id: { kind: 'int64' },
	use_relate_status: { kind: 'boolean' },
	form_id: { kind: 'int64' },
	form_values: { kind: 'map' },
	// In the sample and in a public client, not in the table (sheet §3.6).
	sub_type: { kind: 'int64' },
	second_subtype: { kind: 'int64' },
};

export const closeFields: Record<string, Field> = {
	id: { kind: 'int64', required: true },
	closer_id: { kind: 'int64', required: true },
	closer_name: { kind: 'string', required: true },
	solved_time: { kind: 'int64', required: true },
	detail: { kind: 'string' },
	is_solved: { kind: 'boolean' },
	// The table says Object, the sample sends an array (seed, close_ticket).
	handle_attachment: { kind: attachmentFields(true) },
};
