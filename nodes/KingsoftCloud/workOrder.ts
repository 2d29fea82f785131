import { isJsonObject, objectsIn, type JsonObject, type JsonValue } from '../../lib/json';
import { isoFromChinaText, isoFromSeconds, type IsoTime } from '../../lib/time';
import {
	idOrNull,
	textOrNull,
	type WorkOrder,
	type WorkOrderAttachment,
	type WorkOrderPriority,
	type WorkOrderStatus,
} from '../../lib/workOrder';

/** Ticket status (sheet kingsoft §3.9); list rows type it as text, whose form is not published. */
const statuses: Record<string, WorkOrderStatus> = {
	'1': 'open',
	'2': 'inProgress',
	'3': 'closed',
	'4': 'cancelled',
	待处理: 'open',
	处理中: 'inProgress',
	已关闭: 'closed',
	已取消: 'cancelled',
};

/** Priority on read; on create the same numbers have other meanings (sheet kingsoft §3.9). */
const priorities: Record<string, WorkOrderPriority> = { '1': 'urgent', '2': 'high', '3': 'normal' };

const types: Record<string, string> = {
	'1': 'Troubleshooting',
	'2': 'Requirement feedback',
	'3': 'Consultation',
};

export function statusOf(record: JsonObject): WorkOrderStatus {
	return statuses[String(record.status)] ?? 'unknown';
}

/** Epoch seconds in list rows and base, naive China time in details, "" and 0 where unset. */
function timeOf(value: JsonValue | undefined): IsoTime | null {
	return isoFromSeconds(value) ?? isoFromChinaText(value);
}

function attachmentsOf(...lists: (JsonValue | undefined)[]): WorkOrderAttachment[] {
	return lists.flatMap(objectsIn).map((file) => ({
		name: textOrNull(file.file_name),
		url: textOrNull(file.file_path),
		size: typeof file.file_size === 'number' ? file.file_size : null,
		type: textOrNull(file.file_type),
	}));
}

/** List rows have their tags in one text of unknown form, details a list of tag objects. */
function tagsOf(tags: JsonValue | undefined): string[] {
	const entries = Array.isArray(tags)
		? tags.map((tag) => (isJsonObject(tag) ? tag.name : tag))
		: [tags];
	return entries.map(textOrNull).filter((tag) => tag !== null);
}

function currentHandler(assigns: JsonValue | undefined): JsonObject {
	return objectsIn(assigns).find((assign) => assign.is_handler === true) ?? {};
}

/** A ticket in any of the vendor's three forms: row of list_tickets, base, detail (seed kingsoft). */
export function toWorkOrder(record: JsonObject): WorkOrder {
	const handler = currentHandler(record.assigns);
	const id = String(record.id);
	return {
		vendor: 'kingsoftCloud',
		id,
		number: id,
		title: textOrNull(record.title),
		description: textOrNull(record.detail),
		status: statusOf(record),
		vendorStatus: textOrNull(record.status),
		priority: priorities[String(record.priority)] ?? null,
		type: types[String(record.type)] ?? textOrNull(record.type),
		customer: {
			id: idOrNull(record.customer_organization_id),
			name: textOrNull(record.customer_organization_name),
		},
		requester: { id: idOrNull(record.creator_id), name: textOrNull(record.creator_name) },
		assignee: {
			id: idOrNull(record.handler ?? handler.user_id),
			name: textOrNull(handler.user_name),
		},
		createdAt: timeOf(record.created_time),
		updatedAt: timeOf(record.updated_time),
		dueAt: null,
		closedAt: timeOf(record.closed_time),
		tags: tagsOf(record.tags),
		attachments: attachmentsOf(record.attachment, record.handle_attachment),
		custom: {
			reportedAt: timeOf(record.reported_time),
			solvedAt: timeOf(record.solved_time),
			solved: record.is_solved ?? null,
			productGroup: textOrNull(record.product_group ?? record.product_group_name),
			// Only some of the three forms have these.
			productGroupId: idOrNull(record.product_group_id),
			subTypeId: idOrNull(record.sub_type),
			secondSubTypeId: idOrNull(record.second_subtype),
			managerId: idOrNull(record.manager),
			customerUserId: idOrNull(record.customer_user_id),
			feishuGroupId: idOrNull(record.feishu_group_id),
			relatedTicketId: idOrNull(record.relate_to_ticket_id),
			formValues: record.form_values ?? null,
		},
	};
}
