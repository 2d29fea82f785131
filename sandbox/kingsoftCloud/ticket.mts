/** Ids are digit strings, times epoch seconds (0 = unset), names the vendor's (sheet §3.3). */
export interface Ticket {
	id: string;
	type: number;
	title: string;
	detail: string;
	status: number;
	priority: number;
	need_process: boolean;
	creator_id: string;
	creator_name: string;
	customer_organization_id: string;
	customer_organization_name: string;
	customer_user_id: string;
	customer_info: CustomerInfo[];
	product_group_id: string;
	product_group_name: string;
	sub_type: string;
	sub_type_name: string;
	second_subtype: string;
	second_subtype_name: string;
	handler: string;
	manager: string;
	assigns: TicketAssign[];
	attachment: Attachment[];
	handle_attachment: Attachment[];
	tags: Tag[];
	form_id: string;
	form_define: TicketFormField[];
	form_values: Record<string, string>;
	feedback: string;
	feishu_group_id: string;
	im_group_id: string;
	relate_to_ticket_id: string;
	use_relate_status: boolean;
	is_creator: boolean;
	is_solved: boolean;
	is_suspended_notice: boolean;
	created_time: number;
	reported_time: number;
	updated_time: number;
	started_time: number;
	finished_time: number;
	solved_time: number;
	closed_time: number;
	suspended_time: number;
	suspended_duration: number;
	updated_progress_time: number;
}

export interface TicketAssign {
	id: string;
	product_group_id: string;
	product_group_name: string;
	user_group_id: string;
	user_id: string;
	user_name: string;
	manager_name: string;
	is_handler: boolean;
	status: number;
	created_time: number;
	handled_time: number;
	finished_time: number;
	updated_time: number;
	history: TicketFlowHistory[];
}

export interface TicketFlowHistory {
	id: string;
	action: number;
	created_time: number;
	creator_id: string;
	creator_name: string;
	creator_product_group_id: string;
	creator_user_group_id: string;
	detail: string;
}

/** `file_path` is the stored path `workorder/<author>/<32 hex>`. */
export interface Attachment {
	author: string;
	file_name: string;
	file_path: string;
	file_size: string;
	file_type: string;
}

export interface CustomerInfo {
	user_id: string;
	attribute: string;
	level: number;
	business_director_id: string;
	business_director_name: string;
}

export interface TicketFormField {
	id: string;
	form_id: string;
	display_name: string;
	display_order: number;
	display_remarks: string;
	type: number;
	options: string;
	is_required: number;
	is_deleted: boolean;
	created_time: number;
	updated_time: number;
}

export interface Tag {
	id: string;
	name: string;
	is_enabled: boolean;
	is_deleted: boolean;
	created_time: number;
	updated_time: number;
}

export const STATUS = { waiting: 1, inProgress: 2, closed: 3, cancelled: 4 } as const;
export const ASSIGN_STATUS = { waiting: 1, inProgress: 2, done: 3, rejected: 4 } as const;
export const STATUS_LABELS = ['', '待处理', '处理中', '已关闭', '已取消'];
