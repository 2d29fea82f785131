/** A reference to master data. */
export interface Reference {
	id: string;
	number: string;
	name: string;
}

/** `wg_service_workorder`; header fields and sub-tables as listed in the sheet, §3.1.2. */
export interface WorkOrder {
	/** 19 digits. */
	id: string;
	billno: string;
	/** `YYYY-MM-DD HH:mm:ss`, China time, like all dates here. */
	billdate: string;
	/** A new, Z not audited, C not handled, B in audit, F in progress, H done, G cannot be handled. */
	billstatus: string;
	feedbacktype: Reference | null;
	feedbackdate: string;
	dealman: Reference | null;
	dealdept: Reference | null;
	custdldate: string | null;
	dispatchman: Reference | null;
	dispatchdept: Reference | null;
	project: Reference | null;
	actualcompletiontime: string | null;
	totalservicehours: number;
	completionprogress: number;
	servicecustomer: Reference | null;
	linkman: string;
	department: string;
	job: string;
	mobile: string;
	email: string;
	telephone: string;
	wg_admindivisionfield: string;
	address: string;
	wg_scoreplan: Reference | null;
	wg_lifespanday: number;
	promble: string;
	comment: string;
	material_entity: unknown[];
	wg_scoreplandetail: unknown[];
	entryentity1: unknown[];
	entryentity2: unknown[];
	wg_allocationsentry: unknown[];
}

/** `wg_deal_record`, fields of the sheet, §3.1.2. */
export interface DealRecord {
	id: string;
	billno: string;
	/** Number of the work order: the documented filter. */
	sourcebillno: string;
	feedbackno: string;
	wg_reason: { id: string };
	wg_scheme: { id: string };
	wg_result: { id: string };
	emp: { id: string };
	dept: { id: string };
	startdate: string;
	enddate: string;
	mulemp: { fbasedataid_id: string }[];
	combofield: string;
	workinghours: number;
	completionprogress: number;
	remark: string;
	wg_address: string;
	wg_pre_image: Photo[];
	wg_after_image: Photo[];
}

export interface Photo {
	url: string;
	name: string;
}

export function blankWorkOrder(id: string, billno: string, billdate: string): WorkOrder {
	return {
		id,
		billno,
		billdate,
		billstatus: 'C',
		feedbacktype: { id: '1895123256688528300', number: 'FK01', name: '电话报修' },
		feedbackdate: billdate,
		dealman: { id: '1697009251337127936', number: 'YG001', name: '张工' },
		dealdept: { id: '1697221606960547840', number: 'BM001', name: '服务部' },
		custdldate: null,
		dispatchman: null,
		dispatchdept: null,
		project: null,
		actualcompletiontime: null,
		totalservicehours: 0,
		completionprogress: 0,
		servicecustomer: { id: '1701234567890123457', number: 'KH001', name: '南京示例机电有限公司' },
		linkman: '王先生',
		department: '',
		job: '',
		mobile: '13800000000',
		email: '',
		telephone: '',
		wg_admindivisionfield: '江苏省/南京市',
		address: '示例路1号',
		wg_scoreplan: null,
		wg_lifespanday: 0,
		promble: '设备无法启动',
		comment: '',
		material_entity: [],
		wg_scoreplandetail: [],
		entryentity1: [],
		entryentity2: [],
		wg_allocationsentry: [],
	};
}

/** An order of which nothing but its number and date is known. */
export function emptyWorkOrder(id: string, billno: string, billdate: string): WorkOrder {
	return {
		...blankWorkOrder(id, billno, billdate),
		billstatus: 'A',
		feedbacktype: null,
		dealman: null,
		dealdept: null,
		servicecustomer: null,
		linkman: '',
		mobile: '',
		wg_admindivisionfield: '',
		address: '',
		promble: '',
	};
}

/** The seed's order, and others of ours whose ids a double cannot tell from it. */
export function seedWorkOrders(): WorkOrder[] {
	return [
		blankWorkOrder('2230413444614467584', 'fwgs-20250605-00000001', '2025-06-05 09:12:00'),
		{
			...blankWorkOrder('2230413444614467585', 'fwgs-20250605-00000002', '2025-06-05 10:30:00'),
			promble: '漏水',
			billstatus: 'F',
			completionprogress: 1,
		},
		{
			...blankWorkOrder('2231150198437654017', 'fwgs-20250606-00000001', '2025-06-06 08:00:00'),
			promble: '年度保养',
			billstatus: 'H',
			completionprogress: 100,
			actualcompletiontime: '2025-06-06 16:20:00',
			servicecustomer: { id: '1701234567890123999', number: 'KH002', name: '上海示例科技有限公司' },
		},
	];
}
