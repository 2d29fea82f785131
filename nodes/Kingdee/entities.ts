/** Entities that 为谷 names (sheet kingdee §3.1.2), with our English for them. */
export const entities = {
	wg_activity: 'Project Task',
	wg_bd_customer_inh: 'CRM Customer',
	wg_deal_record: 'Processing Record',
	wg_inv_crm_contact: 'CRM Contact',
	wg_project_files: 'Project File',
	wg_service_workorder: 'Service Work Order',
} as const;

export const WORK_ORDER = 'wg_service_workorder';
export const PROCESSING_RECORD = 'wg_deal_record';

/** What lists of work orders ask for; the full record has sub-tables as well. */
export const WORK_ORDER_FIELDS = [
	'id',
	'billno',
	'billstatus',
	'billdate',
	'feedbackdate',
	'feedbacktype',
	'custdldate',
	'actualcompletiontime',
	'completionprogress',
	'totalservicehours',
	'promble',
	'comment',
	'linkman',
	'mobile',
	'address',
	'servicecustomer.name',
	'dealman.name',
].join(',');

/** Lists of processing records refuse to answer without a selection (sheet kingdee §3.1.2). */
export const PROCESSING_RECORD_FIELDS = [
	'id',
	'billno',
	'sourcebillno',
	'feedbackno',
	'combofield',
	'completionprogress',
	'workinghours',
	'startdate',
	'enddate',
	'emp',
	'dept',
	'mulemp',
	'wg_reason',
	'wg_scheme',
	'wg_result',
	'remark',
	'wg_address',
	'wg_pre_image',
	'wg_after_image',
].join(',');
