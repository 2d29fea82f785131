import type { Json, JsonObject } from '../json.mts';
import { isObject } from '../json.mts';
import { ERRCODE, invalid, Refused } from './codes.mts';
import type { Directory, Staff } from './directory.mts';
import { filledForm, updateForm } from './forms.mts';
import { integerIn, objectsOf, optionalTextIn, textIn, textsOf } from './input.mts';
import type { WeibanSettings } from './settings.mts';
import type { Templates } from './templates.mts';
import type { Content, ProcessingFlow, WorkOrder } from './workOrder.mts';

/** What the actions on work orders work with. */
export interface Desk {
	readonly settings: WeibanSettings;
	readonly directory: Directory;
	readonly templates: Templates;
	readonly orders: ReadonlyMap<string, WorkOrder>;
	/** Numbers of the closed orders. */
	readonly closed: Set<string>;
	/** Epoch seconds. */
	now(): number;
	nextId(): number;
	createWorkOrder(partial: Partial<WorkOrder>): WorkOrder;
}

/** Types 1 and 2 are published (sheet §3.11), the others are the sandbox's own. */
const FLOW = {
	created: { type: 1, type_name: '新建工单' },
	waiting: { type: 2, type_name: '待处理' },
	closed: { type: 3, type_name: '关闭工单' },
	commented: { type: 4, type_name: '评论' },
} as const;

const TEXT_MAXIMUM = 600;
const TITLE_MAXIMUM = 50;

/** POST workorder/switch. */
export function handOver(desk: Desk, body: JsonObject) {
	const order = openOrder(desk, body);
	const actor = actorOf(desk, body);
	const handler = desk.directory.staff.get(textIn(body, 'handler_id'));
	if (handler === undefined) {
		throw new Refused(ERRCODE.unknownHandler, 'handler_id非法，对应员工不存在');
	}
	const copied = copiedIn(desk, body);
	const content = contentIn(body, 'required');
	addFlow(desk, body, order, actor, content, FLOW.waiting, copied, handler);
	Object.assign(order, {
		last_handler_id: order.handler_id,
		last_handler_name: order.handler_name,
		last_handler_avatar: order.handler_avatar,
		handler_id: handler.id,
		handler_name: handler.name,
		handler_avatar: handler.avatar,
		template_step: order.template_step + 1,
		cc_list: copied,
		content,
	});
	return { current_step: order.template_step };
}

/** POST workorder/close. */
export function close(desk: Desk, body: JsonObject) {
	const order = openOrder(desk, body);
	const actor = actorOf(desk, body);
	const copied = copiedIn(desk, body);
	addFlow(desk, body, order, actor, contentIn(body), FLOW.closed, copied);
	order.status = desk.settings.closedStatus;
	desk.closed.add(order.order_no);
	return {};
}

/** POST workorder/reply. */
export function reply(desk: Desk, body: JsonObject) {
	const order = openOrder(desk, body);
	const actor = actorOf(desk, body);
	addFlow(desk, body, order, actor, contentIn(body, 'whole'), FLOW.commented, null);
	return {};
}

/** POST workorder/create. */
export function create(desk: Desk, body: JsonObject) {
	const { directory, settings } = desk;
	const template = desk.templates.find(Number(integerIn(body, 'template_id')));
	const title = titleIn(body);
	const content = contentIn(body);
	const relation = relationOf(desk, body);
	const handlerId = optionalTextIn(body, 'handler_id');
	const handler = handlerId === undefined ? undefined : directory.staff.get(handlerId);
	if (handlerId !== undefined && handler === undefined) {
		throw new Refused(ERRCODE.unknownHandler, 'handler_id非法，对应员工不存在');
	}
	const copied = copiedIn(desk, body);
	const creator = staffOf(desk, body);
	const now = desk.now();
	const form = filledForm(body, template, settings.componentId, () => desk.nextId(), now);
	const responsible = handler ?? creator;
	const order = desk.createWorkOrder({
		template_id: template.id,
		template_title: template.title,
		title,
		content,
		...relation,
		creator_id: creator.id,
		creator_name: creator.name,
		creator_avatar: creator.avatar,
		handler_id: responsible.id,
		handler_name: responsible.name,
		handler_avatar: responsible.avatar,
		cc_list: copied,
		msg_list: textsOf(body['msg_list'], 'msg_list'),
		work_order_component_record_list: form,
	});
	template.count += 1;
	addFlow(desk, {}, order, creator, { pic: null, text: '' }, FLOW.created, null);
	return { order_no: order.order_no };
}

/** POST workorder/update. The page lists no 22307, so a closed order can be changed. */
export function update(desk: Desk, body: JsonObject) {
	const order = orderOf(desk, body);
	actorOf(desk, body);
	const title = body['title'] === undefined ? order.title : titleIn(body);
	const content = body['content'] === undefined ? order.content : contentIn(body);
	const template = desk.templates.get(order.template_id);
	updateForm(body, order, template, desk.now());
	Object.assign(order, { title, content, updated_at: desk.now() });
	return {};
}

function orderOf(desk: Desk, body: JsonObject): WorkOrder {
	const order = desk.orders.get(textIn(body, 'order_no'));
	if (order === undefined) {
		throw new Refused(ERRCODE.unknownOrder, 'order_no非法，对应工单不存在');
	}
	return order;
}

function openOrder(desk: Desk, body: JsonObject): WorkOrder {
	const order = orderOf(desk, body);
	if (desk.closed.has(order.order_no)) {
		throw new Refused(ERRCODE.closed, '工单已关闭，不可操作');
	}
	return order;
}

function staffOf({ directory }: Desk, body: JsonObject): Staff {
	const staff = directory.staff.get(textIn(body, 'staff_id'));
	if (staff === undefined) {
		throw new Refused(ERRCODE.unknownStaff, 'staff_id非法，对应员工不存在');
	}
	return staff;
}

function actorOf(desk: Desk, body: JsonObject): Staff {
	const staff = staffOf(desk, body);
	if (desk.settings.refusedStaff.includes(staff.id)) {
		throw new Refused(ERRCODE.mayNotAct, 'staff_id对应员工无处理本工单权限');
	}
	return staff;
}

function copiedIn({ directory }: Desk, body: JsonObject): string[] {
	const copied = textsOf(body['cc_list'], 'cc_list');
	const unknown = copied.find((id) => !directory.staff.has(id));
	if (unknown !== undefined) {
		throw new Refused(ERRCODE.unknownCopied, `cc_list内的id：“${unknown}”非法，对应员工不存在`);
	}
	return copied;
}

function titleIn(body: JsonObject): string {
	const title = textIn(body, 'title');
	if ([...title].length > TITLE_MAXIMUM) throw invalid('title');
	return title;
}

/**
 * `required`: the object and its text must be there. `whole`: where the object is there, so must be its
 * text and its pictures (sheet §3.6).
 */
function contentIn(body: JsonObject, strictness?: 'required' | 'whole'): Content {
	const content: Json | undefined = body['content'];
	if (content === undefined && strictness !== 'required') return { pic: null, text: '' };
	if (!isObject(content)) throw invalid('content');
	const { text, pic } = content;
	if (text !== undefined && typeof text !== 'string') throw invalid('content.text');
	if (strictness !== undefined && !text) throw invalid('content.text');
	if (strictness === 'whole' && pic === undefined) throw invalid('content.pic');
	if ([...(text ?? '')].length > TEXT_MAXIMUM) throw invalid('content.text');
	return { pic: textsOf(pic, 'content.pic'), text: text ?? '' };
}

function attachmentsIn(desk: Desk, body: JsonObject): JsonObject[] {
	const name = desk.settings.attachmentField;
	return objectsOf(body[name], name).map((attachment) => {
		if (!['image', 'video'].includes(textIn(attachment, 'type'))) throw invalid(`${name}.type`);
		textIn(attachment, 'url');
		return attachment;
	});
}

function addFlow(
	desk: Desk,
	body: JsonObject,
	order: WorkOrder,
	actor: Staff,
	content: Content,
	kind: Pick<ProcessingFlow, 'type' | 'type_name'>,
	copied: string[] | null,
	to?: Staff,
): void {
	const isShow = body['is_show'] ?? 0n;
	if (isShow !== 0n && isShow !== 1n) throw invalid('is_show');
	const flow: ProcessingFlow = {
		attached_json: attachmentsIn(desk, body),
		cc_list: copied,
		content,
		created_at: desk.now(),
		creator_avatar: actor.avatar,
		creator_id: actor.id,
		creator_name: actor.name,
		del_reply_status: false,
		handler_avatar: order.handler_avatar,
		handler_id: order.handler_id,
		handler_name: order.handler_name,
		id: desk.nextId(),
		is_show: Number(isShow),
		point: 0,
		reply_time: 0,
		to_avatar: to?.avatar ?? '',
		to_id: to?.id ?? '',
		to_name: to?.name ?? '',
		to_type: 0,
		...kind,
	};
	order.processing_flows.unshift(flow);
	order.updated_at = desk.now();
}

function relationOf({ directory }: Desk, body: JsonObject) {
	const type = integerIn(body, 'relation_type');
	const id = textIn(body, 'relation_id');
	if (type !== 1n && type !== 2n) throw invalid('relation_type');
	const object = type === 1n ? directory.customers.get(id) : directory.groups.get(id);
	if (object === undefined)
		throw new Refused(ERRCODE.unknownRelation, 'relation_id非法，对象不存在');
	return {
		relation_type: Number(type),
		relation_id: id,
		relation_name: object.name,
		relation_avatar: 'avatar' in object ? object.avatar : '',
		relation_corp_name: 'corp_name' in object ? (object.corp_name ?? '') : '',
	};
}
