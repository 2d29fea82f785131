/** Sheet §4, but for the two marked ones, which are the sandbox's own. */
export const ERRCODE = {
	ok: 0,
	unauthenticated: 10001,
	/** Own: the code for an unknown corp_id is not public. */
	unknownCorp: 10002,
	/** Own: the code for a wrong secret is not public. */
	wrongSecret: 10003,
	invalidParameter: 10049,
	concurrency: 10052,
	frequency: 10053,
	/** 20201 and 20202 as on the page of the customer list; another page swaps them (sheet §4). */
	unknownListStaff: 20201,
	invalidTypeOrOrder: 20202,
	batchTooLarge: 20205,
	unknownCustomer: 20206,
	unknownUnionId: 20207,
	customerMissing: 20208,
	unknownGroup: 20209,
	unknownOrder: 22301,
	unknownHandler: 22302,
	unknownCopied: 22303,
	unknownStaff: 22304,
	mayNotAct: 22305,
	closed: 22307,
	unknownRelation: 22309,
	unknownComponent: 22310,
	valuesMissing: 22311,
	valueMissing: 22312,
	sortTaken: 22313,
	requiredMissing: 22315,
	notAnOption: 22316,
	neitherValue: 22317,
	unknownRecord: 22318,
	/** Six digits, as printed. */
	unknownTemplate: 223014,
} as const;

/** Thrown by a call that the vendor refuses. */
export class Refused extends Error {
	readonly errcode: number;

	constructor(errcode: number, errmsg: string) {
		super(errmsg);
		this.errcode = errcode;
	}
}

/** Own: the sheet names 10049 for the customer pages only. */
export function invalid(name: string): Refused {
	return new Refused(ERRCODE.invalidParameter, `参数错误：${name}`);
}
