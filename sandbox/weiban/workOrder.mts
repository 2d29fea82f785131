import { isoChina } from './time.mts';

/** Names and values as in the detail answer; `order_no`, `corp_id` and `id` are digit strings. */
export interface WorkOrder {
	button_operate: Record<string, boolean>;
	cc_list: string[];
	content: Content;
	corp_id: string;
	/** Epoch seconds. */
	created_at: number;
	creator_avatar: string;
	creator_id: string;
	creator_name: string;
	deleted: number;
	deliver: boolean;
	flow_handler: number;
	handler_avatar: string;
	handler_id: string;
	handler_name: string;
	id: string;
	last_handler_avatar: string;
	last_handler_id: string;
	last_handler_name: string;
	msg_list: string[];
	order_no: string;
	processing_flows: ProcessingFlow[];
	relation_avatar: string;
	relation_corp_name: string;
	relation_id: string;
	relation_name: string;
	relation_type: number;
	reopen: boolean;
	stage_name: string;
	status: number;
	template_id: number;
	template_step: number;
	template_title: string;
	title: string;
	total_time: number;
	/** Epoch seconds. */
	updated_at: number;
	work_order_component_record_list: ComponentRecord[];
}

export interface Content {
	pic: string[] | null;
	text: string;
}

export interface ProcessingFlow {
	attached_json: unknown[];
	cc_list: string[] | null;
	content: Content;
	created_at: number;
	creator_avatar: string;
	creator_id: string;
	creator_name: string;
	del_reply_status: boolean;
	handler_avatar: string;
	handler_id: string;
	handler_name: string;
	id: number;
	is_show: number;
	point: number;
	reply_time: number;
	to_avatar: string;
	to_id: string;
	to_name: string;
	to_type: number;
	type: number;
	type_name: string;
}

/** Without `order_no` and `corp_id`: the answer takes them from the work order. */
export interface ComponentRecord {
	component_id: number;
	component_type: string;
	/** ISO 8601 with `+08:00`. */
	created_at: string;
	id: number;
	sort: number;
	template_id: number;
	title: string;
	updated_at: string;
	value: string;
	values: string[] | string | null;
}

export function blankWorkOrder(orderNo: string, corpId: string, createdAt: number): WorkOrder {
	return {
		button_operate: {
			chat_record: true,
			close: true,
			comment: true,
			deliver: true,
			evaluate: false,
			preview_flow: true,
			reopen: false,
			share: true,
			update: false,
		},
		cc_list: [],
		content: { pic: [], text: '' },
		corp_id: corpId,
		created_at: createdAt,
		creator_avatar: '',
		creator_id: 'LiuYang',
		creator_name: '刘洋',
		deleted: 0,
		deliver: false,
		flow_handler: 1,
		handler_avatar: '',
		handler_id: 'LiuYang',
		handler_name: '刘洋',
		id: '0',
		last_handler_avatar: '',
		last_handler_id: '',
		last_handler_name: '',
		msg_list: [],
		order_no: orderNo,
		processing_flows: [],
		relation_avatar: '',
		relation_corp_name: '',
		relation_id: 'wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg',
		relation_name: '大大怪',
		relation_type: 1,
		reopen: false,
		stage_name: '',
		// The only documented status (sheet §3.11).
		status: 10,
		template_id: 62081,
		template_step: 1,
		template_title: '鬼鬼',
		title: `工单${orderNo}`,
		total_time: 0,
		updated_at: createdAt,
		work_order_component_record_list: [
			{
				component_id: 16129,
				component_type: 'input',
				created_at: isoChina(createdAt),
				id: 126209,
				sort: 9,
				template_id: 62081,
				title: '电话',
				updated_at: isoChina(createdAt),
				value: '45645645632',
				values: '',
			},
		],
	};
}

export function detailAnswer(order: WorkOrder) {
	return {
		...order,
		id: BigInt(order.id),
		// Unquoted 19-digit integers here, strings at the top level (sheet §7).
		work_order_component_record_list: order.work_order_component_record_list.map((record) => ({
			component_id: record.component_id,
			component_type: record.component_type,
			corp_id: BigInt(order.corp_id),
			created_at: record.created_at,
			id: record.id,
			order_no: BigInt(order.order_no),
			sort: record.sort,
			template_id: record.template_id,
			title: record.title,
			updated_at: record.updated_at,
			value: record.value,
			values: record.values,
		})),
	};
}

/** The 17 fields of a list row (sheet §3.2). */
export function listRow(order: WorkOrder) {
	return {
		id: BigInt(order.id),
		order_no: order.order_no,
		template_id: order.template_id,
		template_title: order.template_title,
		flow_handler: order.flow_handler,
		template_step: order.template_step,
		title: order.title,
		relation_type: order.relation_type,
		relation_id: order.relation_id,
		status: order.status,
		handler_id: order.handler_id,
		// null here, "" in the detail answer (sheet §7).
		last_handler_id: order.last_handler_id || null,
		creator_id: order.creator_id,
		created_at: order.created_at,
		updated_at: order.updated_at,
		total_time: order.total_time,
		content: order.content,
	};
}
