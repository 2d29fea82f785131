import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/json';
import { isoFromSeconds } from '../../lib/time';
import { idOrNull, textOrNull, type WorkOrder, type WorkOrderStatus } from '../../lib/workOrder';
import { textTypes } from './components';

/** Only 10 is published: a fresh order that waits for its handler (sheet weiban §3.11). */
const statuses: Record<string, WorkOrderStatus> = { '10': 'open' };

function listOf(value: JsonValue | undefined): JsonValue[] {
	if (Array.isArray(value)) return value;
	return value === null || value === undefined || value === '' ? [] : [value];
}

/** Form fields by their title; the seed writes "no value" as [], null or "". */
function formValues(records: JsonValue | undefined): JsonObject {
	const entries = listOf(records)
		.filter(isJsonObject)
		.map((record): [string, JsonValue] => {
			const single = textTypes.has(String(record.component_type));
			return [
				textOrNull(record.title) ?? String(record.component_id),
				single ? textOrNull(record.value) : listOf(record.values),
			];
		});
	return Object.fromEntries(entries);
}

/**
 * A work order of the detail answer (seed weiban). Component records repeat the order and company
 * numbers as JSON numbers; only the strings at the top are used.
 */
export function toWorkOrder(record: JsonObject): WorkOrder {
	const content = isJsonObject(record.content) ? record.content : {};
	const number = String(record.order_no);
	return {
		vendor: 'weiban',
		id: number,
		number,
		title: textOrNull(record.title),
		description: textOrNull(content.text),
		status: statuses[String(record.status)] ?? 'unknown',
		vendorStatus: textOrNull(record.status),
		priority: null,
		type: textOrNull(record.template_title),
		customer: { id: idOrNull(record.relation_id), name: textOrNull(record.relation_name) },
		requester: { id: idOrNull(record.creator_id), name: textOrNull(record.creator_name) },
		assignee: { id: idOrNull(record.handler_id), name: textOrNull(record.handler_name) },
		createdAt: isoFromSeconds(record.created_at),
		updatedAt: isoFromSeconds(record.updated_at),
		dueAt: null,
		closedAt: null,
		tags: [],
		attachments: listOf(content.pic).map((url) => ({
			name: null,
			url: textOrNull(url),
			size: null,
			type: null,
		})),
		custom: {
			form: formValues(record.work_order_component_record_list),
			stage: textOrNull(record.stage_name),
			templateId: idOrNull(record.template_id),
			templateStep: record.template_step ?? null,
			customerKind: record.relation_type ?? null,
			customerCompany: textOrNull(record.relation_corp_name),
			copiedTo: listOf(record.cc_list),
			delivered: record.deliver ?? null,
			reopened: record.reopen ?? null,
		},
	};
}
