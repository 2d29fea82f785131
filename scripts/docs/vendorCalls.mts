import type { Vendor } from '../../sandbox/index.mts';

/** A call that a vendor documents, or that its public clients make. */
export interface VendorCall {
	vendor: Vendor;
	method: 'GET' | 'POST';
	/** Ends before an account id in the path. */
	path: string;
	what: string;
	/** What besides operations makes the call. */
	by?: 'credential' | 'trigger';
}

const call =
	(vendor: Vendor) =>
	(method: 'GET' | 'POST', path: string, what: string, by?: VendorCall['by']): VendorCall => ({
		vendor,
		method,
		path,
		what,
		by,
	});

const kingdee = call('kingdee');
const kingsoftCloud = call('kingsoftCloud');
const sevenMoor = call('sevenMoor');
const weiban = call('weiban');

/** Every call of the vendors' pages that belongs to work orders or to filling their forms. */
export const vendorCalls: readonly VendorCall[] = [
	kingdee('POST', '/weigusoft/wg_crm/wg_handleBillBusinessApi', 'process a work order'),
	kingdee('POST', '/weigusoft/wg_cost/loadList', 'list records of an entity'),
	kingdee('POST', '/weigusoft/wg_cost/loadData', 'read records of an entity by id'),
	kingdee('POST', '/weigusoft/wg_cost/saveBill', 'create or update a record'),
	kingdee('POST', '/weigusoft/wg_cost/deleteBill', 'delete records'),
	kingdee('POST', '/weigusoft/basedata/get_current_user_info', 'who is logged in'),
	kingdee('POST', '/weigusoft/wg_crm/commonApi', 'register an attachment'),
	kingdee('POST', '/jdy/basedata/attachment_upload', 'upload a file'),
	kingdee('GET', '/auth/oauth2/access_token', 'exchange an authorisation code', 'credential'),
	kingdee('GET', '/auth/user/access_token', 'log in with name and password'),
	kingdee('GET', '/jdyconnector/app_management/kingdee_auth_token', 'app token', 'credential'),
	kingdee('POST', '/jdyconnector/app_management/push_app_authorize', 'authorisations'),
	kingdee('GET', '/jdy/v2/sys/current_user_info', 'who is logged in, 星辰 v2'),
	kingdee('GET', '/jdy/v2/sys/user_list', 'users'),
	kingdee('POST', '/jdy/v2/sys/attachment_upload', 'upload a file, 星辰 v2'),
	kingdee('POST', '/jdy/v2/basedata/image_upload', 'upload a picture'),
	kingdee('POST', '/jdy/v2/sys/common_operate', 'audit, void or delete bills'),
	kingdee('POST', '/jdy/v2/cust/list', 'list user-defined bills'),
	kingdee('POST', '/jdy/v2/cust/save', 'save a user-defined bill'),
	kingdee('POST', '/jdy/v2/cust/detail', 'read a user-defined bill'),
	kingdee('POST', '/jdy/v2/cust/operate', 'act on user-defined bills'),
	kingdee('POST', '/jdy/v2/sys/outside_msg', 'send a message to users'),
	kingdee('GET', '/jdy/v2/bd/emp', 'staff'),
	kingdee('GET', '/jdy/v2/bd/department', 'departments'),
	kingdee('GET', '/jdy/v2/bd/customer', 'customers'),

	kingsoftCloud('POST', '/workorder/api/ticket/list_tickets', 'list tickets'),
	kingsoftCloud('GET', '/workorder/api/ticket/base', 'one ticket, flat'),
	kingsoftCloud('GET', '/workorder/api/ticket/detail', 'one ticket with all that belongs to it'),
	kingsoftCloud('POST', '/workorder/api/ticket/reject_handle', 'reject'),
	kingsoftCloud('POST', '/workorder/api/ticket/comment_ticket', 'comment'),
	kingsoftCloud('POST', '/workorder/api/ticket/create', 'create'),
	kingsoftCloud('POST', '/workorder/api/ticket/close_ticket', 'close'),
	kingsoftCloud('POST', '/workorder/api/ticket/upload_file', 'upload a file'),

	sevenMoor('POST', '/v20210827/business/queryDictionary', 'query dictionaries'),
	sevenMoor('POST', '/v20210827/business/addDictionary', 'add a dictionary'),
	sevenMoor('POST', '/v20210827/business/updateDictionary', 'update a dictionary'),
	sevenMoor('POST', '/v20170704/business/handleBusiness', 'send a work order in'),
	sevenMoor('POST', '/v20210827/user/queryQueue', 'skill groups of an agent'),
	sevenMoor('POST', '/v20210827/user/updateQueue', 'change skill groups of an agent'),
	sevenMoor('POST', '/v20160818/user/queryUserState', 'state of an agent'),
	sevenMoor('POST', '/v20160818/customer/getTemplate', 'fields of customers'),

	weiban('POST', '/open-api/access_token/get', 'log in', 'credential'),
	weiban('GET', '/open-api/workorder/list', 'list work orders'),
	weiban('GET', '/open-api/workorder/detail', 'one work order'),
	weiban('POST', '/open-api/workorder/switch', 'hand over'),
	weiban('POST', '/open-api/workorder/close', 'close'),
	weiban('POST', '/open-api/workorder/reply', 'comment'),
	weiban('POST', '/open-api/workorder/create', 'create'),
	weiban('POST', '/open-api/workorder/update', 'update'),
	weiban('GET', '/open-api/workorder/template/list', 'list templates'),
	weiban('GET', '/open-api/workorder/template/detail', 'one template'),
	weiban('GET', '/open-api/staff/list', 'list staff'),
	weiban('GET', '/open-api/external_user/list', 'list customers'),
	weiban('GET', '/open-api/external_user/update/list', 'customers that changed'),
	weiban('GET', '/open-api/external_user/list/outflow', 'customers that were lost'),
	weiban('GET', '/open-api/external_user/get', 'one customer'),
	weiban('POST', '/open-api/external_user/batch_get', 'several customers'),
	weiban('GET', '/open-api/external_user_staff_relation/list', 'who follows which customer'),
	weiban('GET', '/open-api/group_chat/list', 'list group chats'),
	weiban('GET', '/open-api/group_chat/detail', 'one group chat'),
	weiban('GET', '/open-api/group_chat/member/list', 'members of group chats'),
];
