import type { JsonObject } from '../json.mts';
import { ERRCODE, invalid, Refused } from './codes.mts';
import { inTime, pageOf, textsOf } from './input.mts';
import type { Query } from './input.mts';
import type { WeibanSettings } from './settings.mts';

/** The 23 fields of a row of the staff list (page api-8269949); `department` only on request. */
export interface Staff {
	id: string;
	alias: string;
	name: string;
	english_name: string | null;
	/** 1 active, 2 disabled, 4 inactive. */
	status: number;
	address: string | null;
	avatar: string;
	/** Epoch seconds. */
	created_at: number;
	department: string[];
	email: string;
	extattr: null;
	mobile: string;
	moment_address: string | null;
	oa_authorized: boolean;
	position: string;
	qr_code: string;
	telephone: string;
	external_contact_able: boolean;
	external_position: string | null;
	external_profile: null;
	gender: number;
	ia_authorized: boolean;
	ma_authorized: boolean;
}

/** The fields of the customer list (page api-9090458). */
export interface Customer {
	id: string;
	/** 1 WeChat, 2 WeCom. */
	type: number;
	unionid: string | null;
	/** Epoch seconds. */
	created_at: number;
	name: string;
	avatar: string;
	corp_full_name: string | null;
	corp_name: string | null;
	gender: number;
	position: string | null;
	external_profile: null;
	organization_correlation_time: number | null;
	organization_id: number | null;
	score: number | null;
	tyc_id: number | null;
}

/** In the names of the list (page api-8278618); the detail names two of them differently. */
export interface GroupChat {
	/** Epoch seconds. */
	create_time: number;
	created_at: number;
	description: string | null;
	dismissed_at: number | null;
	group_id: string;
	is_dismissed: boolean;
	last_update_statistic_time: number;
	member_count: number;
	name: string;
	notice: string | null;
	owner: string;
	today_decrease_user_count: number;
	today_increase_user_count: number;
}

/** Who of the staff has which customer; the phone number is what that person noted down. */
interface Follow {
	staffId: string;
	customerId: string;
	phoneNumber: string;
}

const BATCH_MAXIMUM = 20;

/** Staff, customers and group chats of the company. */
export class Directory {
	readonly staff = new Map<string, Staff>();
	readonly customers = new Map<string, Customer>();
	readonly groups = new Map<string, GroupChat>();
	readonly #follows: Follow[] = [];

	addStaff(partial: Partial<Staff> & { id: string }): Staff {
		const staff = { ...blankStaff, name: partial.id, ...partial };
		this.staff.set(staff.id, staff);
		return staff;
	}

	/** `followedBy`: the member of staff who has this customer. */
	addCustomer(
		partial: Partial<Customer> & { id: string },
		{ followedBy = 'LiuYang', phoneNumber = '' } = {},
	): Customer {
		const customer = { ...blankCustomer, name: partial.id, ...partial };
		this.customers.set(customer.id, customer);
		this.#follows.push({ staffId: followedBy, customerId: customer.id, phoneNumber });
		return customer;
	}

	addGroup(partial: Partial<GroupChat> & { group_id: string }): GroupChat {
		const group = { ...blankGroup, name: partial.group_id, ...partial };
		this.groups.set(group.group_id, group);
		return group;
	}

	/** GET staff/list, in order of creation. */
	listStaff(query: Query, { aboveMaximum }: WeibanSettings) {
		const fields = fieldsOf(query['fields']);
		const rows = [...this.staff.values()]
			.filter(({ created_at }) => inTime(created_at, query))
			.sort((one, other) => one.created_at - other.created_at);
		return {
			total: rows.length,
			staff_list: pageOf(rows, query, aboveMaximum).map(({ department, ...row }) =>
				fields.includes('department') ? { ...row, department } : row,
			),
		};
	}

	/** GET external_user/list. */
	listCustomers(query: Query, settings: WeibanSettings) {
		const { staff_id: staffId, phone_number: phone, order = 'asc' } = query;
		const type = query[settings.customerTypeParameter];
		if (staffId !== undefined && !this.staff.has(staffId)) {
			throw new Refused(ERRCODE.unknownListStaff, 'staff_id 错误，找不到对应员工');
		}
		if (type !== undefined && !['1', '2'].includes(type)) {
			throw new Refused(ERRCODE.invalidTypeOrOrder, 'type 不合法');
		}
		if (!['asc', 'desc'].includes(order)) {
			throw new Refused(ERRCODE.invalidTypeOrOrder, 'order 不合法');
		}
		const sign = order === 'asc' ? 1 : -1;
		const rows = [...this.customers.values()]
			.filter(
				(customer) =>
					(type === undefined || String(customer.type) === type) &&
					inTime(customer.created_at, query) &&
					this.#follows.some(
						({ customerId, ...follow }) =>
							customerId === customer.id &&
							(staffId === undefined || follow.staffId === staffId) &&
							(phone === undefined || follow.phoneNumber === phone),
					),
			)
			.sort((one, other) => sign * (one.created_at - other.created_at));
		return {
			total: rows.length,
			external_user_list: pageOf(rows, query, settings.aboveMaximum),
		};
	}

	/** GET external_user/get. */
	getCustomer({ id, unionid }: Query) {
		if (!id && !unionid) throw customerMissing('unionid 和 id 必须至少提供一个');
		const customer = id ? this.customers.get(id) : this.#byUnionId(unionid ?? '');
		if (customer === undefined) {
			throw id
				? new Refused(ERRCODE.unknownCustomer, 'id 错误，找不到对应客户')
				: new Refused(ERRCODE.unknownUnionId, 'unionid 错误，找不到对应客户');
		}
		return { total: 1, external_user: this.#detail(customer) };
	}

	/** POST external_user/batch_get. */
	getCustomers(body: JsonObject, { unknownInBatch }: WeibanSettings) {
		const ids = textsOf(body['id_list'], 'id_list');
		const unionIds = textsOf(body['unionid_list'], 'unionid_list');
		if (ids.length + unionIds.length === 0) {
			throw customerMissing('unionid_list 和 id_list 必须至少提供一个');
		}
		const asked = ids.length > 0 ? ids : unionIds;
		if (asked.length > BATCH_MAXIMUM) {
			throw new Refused(ERRCODE.batchTooLarge, '批量查询最多只支持同时查询20个用户详情数据');
		}
		const found = [...new Set(asked)]
			.map((id) => (ids.length > 0 ? this.customers.get(id) : this.#byUnionId(id)))
			.filter((customer) => customer !== undefined);
		const someUnknown = found.length < new Set(asked).size;
		if (found.length === 0 || (someUnknown && unknownInBatch === 'refuse')) {
			throw ids.length > 0
				? new Refused(ERRCODE.unknownCustomer, 'id_list 错误，找不到对应客户')
				: new Refused(ERRCODE.unknownUnionId, 'unionid_list 错误，找不到对应客户');
		}
		// No order of the answer is published: it is not that of the question.
		const external_user = found.reverse().map((customer) => this.#detail(customer));
		return { total: external_user.length, external_user };
	}

	/** GET group_chat/list; a staff id without groups has an empty list. */
	listGroups(query: Query, { aboveMaximum }: WeibanSettings) {
		const owner = query['staff_id'];
		const rows = [...this.groups.values()].filter(
			(group) => owner === undefined || group.owner === owner,
		);
		return { group_chat_list: pageOf(rows, query, aboveMaximum), total: rows.length };
	}

	/** GET group_chat/detail. */
	getGroup(query: Query) {
		const group = this.groups.get(query['group_chat_id'] ?? '');
		if (group === undefined) {
			throw new Refused(ERRCODE.unknownGroup, 'group_chat_id非法，不存在对应群聊');
		}
		return {
			group_chat: {
				create_time: group.create_time,
				description: group.description,
				dismissed_at: group.dismissed_at,
				group_chat_id: group.group_id,
				invite_link: null,
				invite_qr: null,
				is_dismissed: group.is_dismissed,
				last_update_statistic_time: group.last_update_statistic_time,
				member_count: group.member_count,
				name: group.name,
				notice: group.notice,
				owner_staff_id: group.owner,
				tag_list: [{ id: 3672, name: '重点', tag_group_id: 142 }],
				today_decrease_user_count: group.today_decrease_user_count,
				today_increase_user_count: group.today_increase_user_count,
			},
		};
	}

	#byUnionId(unionId: string): Customer | undefined {
		return [...this.customers.values()].find(({ unionid }) => unionid === unionId);
	}

	/** The 12 fields of page api-77656295. */
	#detail(customer: Customer) {
		return {
			id: customer.id,
			type: customer.type,
			unionid: customer.unionid,
			created_at: customer.created_at,
			name: customer.name,
			avatar: customer.avatar,
			corp_full_name: customer.corp_full_name,
			corp_name: customer.corp_name,
			gender: customer.gender,
			position: customer.position,
			external_profile: customer.external_profile,
			follow_staffs: this.#follows
				.filter(({ customerId }) => customerId === customer.id)
				.map(({ staffId, phoneNumber }) => ({
					staff_id: staffId,
					staff_name: this.staff.get(staffId)?.name ?? '',
					remark: '',
					phone_number: phoneNumber,
				})),
		};
	}
}

const customerMissing = (errmsg: string) => new Refused(ERRCODE.customerMissing, errmsg);

function fieldsOf(text: string | undefined): string[] {
	if (text === undefined) return [];
	try {
		return textsOf(JSON.parse(text) as string[], 'fields');
	} catch {
		throw invalid('fields');
	}
}

const blankStaff: Omit<Staff, 'id' | 'name'> = {
	alias: '',
	english_name: null,
	status: 1,
	address: null,
	avatar: 'http://wework.qpic.cn/wwhead/sandbox/0',
	created_at: 1578943948,
	department: ['1'],
	email: '',
	extattr: null,
	mobile: '',
	moment_address: null,
	oa_authorized: true,
	position: '',
	qr_code: '',
	telephone: '',
	external_contact_able: true,
	external_position: null,
	external_profile: null,
	gender: 0,
	ia_authorized: true,
	ma_authorized: false,
};

const blankCustomer: Omit<Customer, 'id' | 'name'> = {
	type: 1,
	unionid: null,
	created_at: 1579243948,
	avatar: 'http://wx.qlogo.cn/mmhead/sandbox/0',
	corp_full_name: null,
	corp_name: null,
	gender: 0,
	position: null,
	external_profile: null,
	organization_correlation_time: null,
	organization_id: null,
	score: null,
	tyc_id: null,
};

const blankGroup: Omit<GroupChat, 'group_id' | 'name'> = {
	create_time: 1581577730,
	created_at: 1582013715,
	description: null,
	dismissed_at: null,
	is_dismissed: false,
	last_update_statistic_time: 1637308895,
	member_count: 2,
	notice: null,
	owner: 'LiuYang',
	today_decrease_user_count: 0,
	today_increase_user_count: 0,
};

/** The people of the seed's work order, and some more. */
export function seedDirectory(): Directory {
	const directory = new Directory();
	const staff: Array<Partial<Staff> & { id: string }> = [
		{ id: 'LiuYang', name: '刘洋', alias: '小刘', mobile: '13000000001' },
		{ id: 'LiHua', name: '李华', department: ['1', '7'] },
		{ id: 'LiMei', name: '李梅' },
		{ id: 'ShaoKao', name: '邵考', status: 2 },
		{ id: 'WangWei', name: '王伟', status: 4 },
	];
	staff.forEach((person, index) =>
		directory.addStaff({ created_at: 1578943948 + index, ...person }),
	);
	directory.addCustomer({
		id: 'wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg',
		name: '大大怪',
		unionid: 'oz9xvw_daDaGuai0000000000000',
	});
	directory.addCustomer(
		{
			id: 'wm8xjUCAAAxiaoXiaoGuai0000000001',
			name: '小小怪',
			type: 2,
			created_at: 1579243949,
			corp_name: '星星球',
			corp_full_name: '星星球有限公司',
		},
		{ followedBy: 'LiHua', phoneNumber: '13322665599' },
	);
	directory.addGroup({ group_id: 'wr8xjUCAAAkaiXinQun0000000000001', name: '开心群' });
	directory.addGroup({
		group_id: 'wr8xjUCAAAshouHouQun000000000002',
		name: '售后群',
		owner: 'LiHua',
		notice: '有问题请提工单',
		member_count: 4,
	});
	return directory;
}
