import { chinaText } from '../clock.mts';
import { writeJson } from '../json.mts';
import { STATUS_LABELS } from './ticket.mts';
import type { Attachment, Ticket, TicketAssign } from './ticket.mts';

/** Writes an attachment's stored path as the address a caller may load. */
export type Publish = (attachment: Attachment) => string;

const int = (digits: string) => BigInt(digits);

const textTime = (epochSeconds: number) =>
	epochSeconds === 0 ? '' : chinaText(epochSeconds * 1000);

const between = (from: number, to: number) => (from === 0 || to === 0 ? 0 : Math.max(0, to - from));

/** Row of `list_tickets`: other types than everywhere else (sheet §7). */
export function listRow(ticket: Ticket, statusAs: 'digits' | 'label') {
	return {
		closed_time: ticket.closed_time,
		created_time: ticket.created_time,
		creator_name: ticket.creator_name,
		customer_organization_name: ticket.customer_organization_name,
		customer_user_id: ticket.customer_user_id,
		detail: ticket.detail,
		form_values: writeJson(ticket.form_values),
		handler: int(ticket.handler),
		id: int(ticket.id),
		manager: int(ticket.manager),
		need_process: ticket.need_process ? 1 : 0,
		priority: String(ticket.priority),
		product_group: ticket.product_group_name,
		reported_time: ticket.reported_time,
		status: statusAs === 'label' ? (STATUS_LABELS[ticket.status] ?? '') : String(ticket.status),
		tags: ticket.tags.map(({ name }) => name).join(','),
		title: ticket.title,
		type: ticket.type,
		sub_type: int(ticket.sub_type),
		second_subtype: int(ticket.second_subtype),
	};
}

export function base(ticket: Ticket) {
	return {
		id: int(ticket.id),
		type: ticket.type,
		title: ticket.title,
		detail: ticket.detail,
		status: ticket.status,
		priority: ticket.priority,
		need_process: ticket.need_process,
		creator_id: int(ticket.creator_id),
		creator_name: ticket.creator_name,
		customer_organization_id: int(ticket.customer_organization_id),
		customer_organization_name: ticket.customer_organization_name,
		product_group_id: int(ticket.product_group_id),
		updated_time: ticket.updated_time,
		started_time: ticket.started_time,
		suspended_time: ticket.suspended_time,
		updated_progress_time: ticket.updated_progress_time,
		finished_time: ticket.finished_time,
		solved_time: ticket.solved_time,
		closed_time: ticket.closed_time,
		is_solved: ticket.is_solved,
		is_suspended_notice: ticket.is_suspended_notice,
		reported_time: ticket.reported_time,
		created_time: ticket.created_time,
	};
}

export function detail(ticket: Ticket, publish: Publish) {
	const { created_time, reported_time, started_time, finished_time, solved_time } = ticket;
	return {
		assigns: ticket.assigns.map((assign) => assignAnswer(assign, ticket.id)),
		attachment: ticket.attachment.map((file) => ({
			...attachmentAnswer(file),
			file_path: publish(file),
		})),
		close_duration: between(solved_time, ticket.closed_time),
		closed_time: ticket.closed_time,
		confirm_duration: between(finished_time, solved_time),
		created_duration: between(reported_time, created_time),
		created_time: textTime(created_time),
		creator_id: int(ticket.creator_id),
		creator_name: ticket.creator_name,
		customer_info: ticket.customer_info.map((info) => ({
			attribute: int(info.attribute),
			business_director_id: int(info.business_director_id),
			business_director_name: info.business_director_name,
			level: info.level,
			ticket_id: int(ticket.id),
			user_id: int(info.user_id),
		})),
		customer_organization_id: int(ticket.customer_organization_id),
		customer_organization_name: ticket.customer_organization_name,
		detail: ticket.detail,
		feedback: ticket.feedback,
		feishu_group_id: ticket.feishu_group_id,
		finished_time,
		form_define: ticket.form_define.map((field) => ({
			...field,
			id: int(field.id),
			form_id: int(field.form_id),
		})),
		form_id: int(ticket.form_id),
		form_values: ticket.form_values,
		handle_attachment: ticket.handle_attachment.map((file) => ({
			...attachmentAnswer(file),
			file_path: publish(file),
		})),
		id: int(ticket.id),
		im_group_id: ticket.im_group_id,
		is_creator: ticket.is_creator,
		is_solved: ticket.is_solved,
		is_suspended_notice: ticket.is_suspended_notice,
		need_process: ticket.need_process,
		pending_duration: between(created_time, started_time),
		priority: ticket.priority,
		process_duration: between(created_time, finished_time),
		product_group_id: int(ticket.product_group_id),
		product_group_name: ticket.product_group_name,
		relate_to_ticket_id: int(ticket.relate_to_ticket_id),
		reported_time: textTime(reported_time),
		second_subtype: int(ticket.second_subtype),
		second_subtype_name: ticket.second_subtype_name,
		solved_time,
		started_time,
		status: ticket.status,
		sub_type: int(ticket.sub_type),
		sub_type_name: ticket.sub_type_name,
		suspended_duration: ticket.suspended_duration,
		suspended_time: ticket.suspended_time,
		tags: ticket.tags.map((tag) => ({ ...tag, id: int(tag.id) })),
		title: ticket.title,
		total_duration: between(reported_time, solved_time),
		type: ticket.type,
		updated_progress_time: ticket.updated_progress_time,
		updated_time: ticket.updated_time,
		use_relate_status: ticket.use_relate_status,
	};
}

function assignAnswer(assign: TicketAssign, ticketId: string) {
	return {
		...assign,
		id: int(assign.id),
		ticket_id: int(ticketId),
		product_group_id: int(assign.product_group_id),
		user_group_id: int(assign.user_group_id),
		user_id: int(assign.user_id),
		history: assign.history.map((entry) => ({
			...entry,
			id: int(entry.id),
			// Described as seconds, typed string(date-time), "" in the sample (sheet §3.3).
			created_time: textTime(entry.created_time),
			creator_id: int(entry.creator_id),
			creator_product_group_id: int(entry.creator_product_group_id),
			creator_user_group_id: int(entry.creator_user_group_id),
		})),
	};
}

export function attachmentAnswer(file: Attachment) {
	return {
		author: int(file.author),
		file_name: file.file_name,
		file_path: file.file_path,
		file_size: int(file.file_size),
		file_type: file.file_type,
	};
}
