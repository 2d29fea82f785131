import { kingsoftCloudAccount as account } from './account.mts';
import { STATUS } from './ticket.mts';
import type { Attachment, Tag, Ticket } from './ticket.mts';

/** Path and size of the close sample's file. */
export const SEED_FILE: Attachment = {
	author: account.closerId,
	file_name: 'test.png',
	file_path: 'workorder/40084/dc4ced807eec9218bf2fe9513ebc9b99',
	file_size: '195204',
	file_type: 'image/png',
};

const PNG_START = Buffer.from('89504e470d0a1a0a', 'hex');

export const seedFileContent = () =>
	Buffer.concat([PNG_START, Buffer.alloc(Number(SEED_FILE.file_size) - PNG_START.length)]);

/** Product lines by id; only 36 occurs in the seed. */
export const PRODUCT_GROUPS: Record<string, string> = { '36': '云服务器', '37': '对象存储' };

const tag = (id: string, name: string): Tag => ({
	id,
	name,
	is_enabled: true,
	is_deleted: false,
	created_time: 1632742075,
	updated_time: 1632742075,
});

export const TAGS: Record<string, Tag> = { '1': tag('1', '紧急客户'), '2': tag('2', '升级') };

export function blankTicket(id: string, createdTime: number): Ticket {
	return {
		id,
		type: 1,
		title: `工单${id}`,
		detail: '',
		status: STATUS.waiting,
		priority: 3,
		need_process: false,
		creator_id: account.creatorId,
		creator_name: account.creatorName,
		customer_organization_id: '1',
		customer_organization_name: '北京金山云网络技术有限公司',
		customer_user_id: '',
		customer_info: [],
		product_group_id: '36',
		product_group_name: PRODUCT_GROUPS['36'] ?? '',
		sub_type: '0',
		sub_type_name: '',
		second_subtype: '0',
		second_subtype_name: '',
		handler: '0',
		manager: '0',
		assigns: [],
		attachment: [],
		handle_attachment: [],
		tags: [],
		form_id: '0',
		form_define: [],
		form_values: {},
		feedback: '',
		feishu_group_id: '',
		im_group_id: '',
		relate_to_ticket_id: '0',
		use_relate_status: false,
		is_creator: false,
		is_solved: false,
		is_suspended_notice: false,
		created_time: createdTime,
		reported_time: createdTime,
		updated_time: createdTime,
		started_time: 0,
		finished_time: 0,
		solved_time: 0,
		closed_time: 0,
		suspended_time: 0,
		suspended_duration: 0,
		updated_progress_time: 0,
	};
}

/** 1204 is the seed's `base` sample, 1473 the ticket of its `close` samples; the others are ours. */
export function seedTickets(): Ticket[] {
	return [
		{
			...blankTicket('1204', 1632742075),
			title: '测试',
			detail: '测试',
			status: STATUS.inProgress,
			updated_time: 1635766132,
			finished_time: 1632742075,
			reported_time: 1632742020,
			feishu_group_id: 'oc_5ad11d72b830411d72b836c20',
		},
		{
			...blankTicket('1473', 1660290000),
			title: '云主机无法登录',
			detail: '客户反馈云主机重启后无法通过 SSH 登录',
			status: STATUS.inProgress,
			priority: 1,
			need_process: true,
			creator_id: account.closerId,
			creator_name: account.closerName,
			reported_time: 1660289700,
			started_time: 1660290600,
			updated_time: 1660290600,
			handler: '38361',
			manager: '40001',
			tags: Object.values(TAGS),
			attachment: [{ ...SEED_FILE }],
			customer_user_id: '2000090001',
			customer_info: [
				{
					user_id: '2000090001',
					attribute: '1',
					level: 2,
					business_director_id: '40002',
					business_director_name: '王芳',
				},
			],
			form_id: '7',
			form_values: { 机房: '北京6区' },
			form_define: [
				{
					id: '71',
					form_id: '7',
					display_name: '机房',
					display_order: 1,
					display_remarks: '',
					type: 3,
					options: '["北京6区","上海2区"]',
					is_required: 1,
					is_deleted: false,
					created_time: 1632742075,
					updated_time: 1632742075,
				},
			],
			assigns: [
				{
					id: '5001',
					product_group_id: '36',
					product_group_name: PRODUCT_GROUPS['36'] ?? '',
					user_group_id: '9',
					user_id: account.creatorId,
					user_name: account.creatorName,
					manager_name: '李强',
					is_handler: true,
					status: 2,
					created_time: 1660290000,
					handled_time: 1660290600,
					finished_time: 0,
					updated_time: 1660290600,
					history: [
						{
							id: '6001',
							action: 1,
							created_time: 1660290600,
							creator_id: account.creatorId,
							creator_name: account.creatorName,
							creator_product_group_id: '36',
							creator_user_group_id: '9',
							detail: '已接单',
						},
					],
				},
			],
		},
		{
			...blankTicket('1474', 1660300000),
			title: '带宽升级咨询',
			type: 3,
			status: STATUS.closed,
			creator_id: account.closerId,
			creator_name: account.closerName,
			updated_time: 1660386400,
			started_time: 1660303600,
			finished_time: 1660380000,
			solved_time: 1660386000,
			closed_time: 1660386400,
			is_solved: true,
		},
		{
			...blankTicket('1475', 1660310000),
			title: '重复提单',
			type: 2,
			status: STATUS.cancelled,
			creator_id: account.closerId,
			creator_name: account.closerName,
		},
		{
			...blankTicket('1476', 1660320000),
			title: '对象存储上传失败',
			priority: 2,
			product_group_id: '37',
			product_group_name: PRODUCT_GROUPS['37'] ?? '',
			customer_organization_id: '1653682321878942721',
			customer_organization_name: '上海示例科技有限公司',
		},
		// The first integer a double cannot hold: ids are int64 (sheet §7).
		{ ...blankTicket('9007199254740993', 1660330000), title: '长编号工单' },
	];
}
