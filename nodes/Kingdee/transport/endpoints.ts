/** Which layer of Kingdee answers: each has an envelope of its own (sheet kingdee §4.1). */
export type Layer = 'weigusoft' | 'product' | 'connector';

/** Documented calls (sheet kingdee §3.1, §3.2). */
export const endpoints = {
	handleWorkOrder: {
		method: 'POST',
		path: '/weigusoft/wg_crm/wg_handleBillBusinessApi',
		kind: 'write',
		layer: 'weigusoft',
	},
	currentUser: {
		method: 'POST',
		path: '/weigusoft/basedata/get_current_user_info',
		kind: 'read',
		layer: 'weigusoft',
	},
	loadList: {
		method: 'POST',
		path: '/weigusoft/wg_cost/loadList',
		kind: 'read',
		layer: 'weigusoft',
	},
	loadData: {
		method: 'POST',
		path: '/weigusoft/wg_cost/loadData',
		kind: 'read',
		layer: 'weigusoft',
	},
	saveBill: {
		method: 'POST',
		path: '/weigusoft/wg_cost/saveBill',
		kind: 'write',
		layer: 'weigusoft',
	},
	deleteBill: {
		method: 'POST',
		path: '/weigusoft/wg_cost/deleteBill',
		kind: 'write',
		layer: 'weigusoft',
	},
	/** Its `api.LoadAttachmentFieldApi` is the only one published. */
	registerAttachment: {
		method: 'POST',
		path: '/weigusoft/wg_crm/commonApi',
		kind: 'write',
		layer: 'weigusoft',
	},
	/** A temporary file: a second one does no harm. */
	uploadFile: {
		method: 'POST',
		path: '/jdy/basedata/attachment_upload',
		kind: 'read',
		layer: 'weigusoft',
	},
	/** Sheet kingdee §2.3a. */
	authorisations: {
		method: 'POST',
		path: '/jdyconnector/app_management/push_app_authorize',
		kind: 'read',
		layer: 'connector',
	},
	staff: { method: 'GET', path: '/jdy/v2/bd/emp', kind: 'read', layer: 'product' },
	departments: { method: 'GET', path: '/jdy/v2/bd/department', kind: 'read', layer: 'product' },
	customers: { method: 'GET', path: '/jdy/v2/bd/customer', kind: 'read', layer: 'product' },
} as const;

export type EndpointName = keyof typeof endpoints;
