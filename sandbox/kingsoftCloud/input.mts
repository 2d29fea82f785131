import { isObject } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';
import { TAGS } from './seed.mts';
import type { Attachment, CustomerInfo, Tag } from './ticket.mts';

const objects = (value: Json | undefined): JsonObject[] =>
	Array.isArray(value) ? value.filter(isObject) : [];

export function readAttachments(value: Json | undefined): Attachment[] {
	return objects(value).map((file) => ({
		author: String(file['author'] ?? '0'),
		file_name: String(file['file_name']),
		file_path: String(file['file_path']),
		file_size: String(file['file_size']),
		file_type: String(file['file_type']),
	}));
}

export function readCustomers(value: Json | undefined): CustomerInfo[] {
	return objects(value).map((info) => ({
		user_id: String(info['user_id']),
		attribute: String(info['attribute'] ?? '0'),
		level: Number(info['level'] ?? 0),
		business_director_id: String(info['business_director_id'] ?? '0'),
		business_director_name: String(info['business_director_name'] ?? ''),
	}));
}

export function readTags(value: Json | undefined, now: number): Tag[] {
	return (Array.isArray(value) ? value : []).map(String).map(
		(id) =>
			TAGS[id] ?? {
				id,
				name: `标签${id}`,
				is_enabled: true,
				is_deleted: false,
				created_time: now,
				updated_time: now,
			},
	);
}
