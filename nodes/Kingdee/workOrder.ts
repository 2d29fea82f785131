import { compareTexts } from '../../lib/compareTexts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/json';
import { isoFromChinaText } from '../../lib/time';
import {
	idOrNull,
	textOrNull,
	type Party,
	type WorkOrder,
	type WorkOrderStatus,
} from '../../lib/workOrder';

interface StatusMeaning {
	readonly status: WorkOrderStatus;
	readonly label: string;
}

/** `billstatus` (sheet kingdee §3.1.2). Whether G ends an order is not published, so it stays unknown. */
const meanings: Record<string, StatusMeaning> = {
	A: { status: 'open', label: 'New' },
	Z: { status: 'open', label: 'Not Audited' },
	C: { status: 'open', label: 'Not Handled' },
	B: { status: 'open', label: 'In Audit' },
	F: { status: 'inProgress', label: 'In Progress' },
	H: { status: 'resolved', label: 'Done' },
	G: { status: 'unknown', label: 'Cannot Be Handled' },
};

/** The states to choose from, by name. */
export const statusOptions = Object.entries(meanings)
	.map(([value, { label }]) => ({ name: label, value }))
	.sort((a, b) => compareTexts(a.name, b.name));

export function statusOfLetter(letter: string | null): WorkOrderStatus {
	return meanings[letter ?? '']?.status ?? 'unknown';
}

/** A reference comes as an object or, where single properties were asked for, maybe as dotted names. */
function partyOf(record: JsonObject, field: string): Party {
	const value = record[field];
	if (isJsonObject(value)) return { id: idOrNull(value.id), name: textOrNull(value.name) };
	return {
		id: idOrNull(record[`${field}.id`]),
		name: textOrNull(record[`${field}.name`]) ?? textOrNull(value),
	};
}

const nameOf = (record: JsonObject, field: string): JsonValue => partyOf(record, field).name;

/** Sub-tables, which only the full record has. */
const tables = {
	materials: 'material_entity',
	ratings: 'wg_scoreplandetail',
	expenses: 'entryentity1',
	income: 'entryentity2',
	team: 'wg_allocationsentry',
};

/** A `wg_service_workorder`: row of loadList or record of loadData (sheet kingdee §3.1.2). */
export function toWorkOrder(record: JsonObject): WorkOrder {
	const id = String(record.id);
	const letter = textOrNull(record.billstatus);
	const status = statusOfLetter(letter);
	return {
		vendor: 'kingdee',
		id,
		number: textOrNull(record.billno) ?? id,
		title: textOrNull(record.promble),
		description: textOrNull(record.comment),
		status,
		vendorStatus: letter,
		priority: null,
		type: partyOf(record, 'feedbacktype').name,
		customer: partyOf(record, 'servicecustomer'),
		requester: partyOf(record, 'linkman'),
		assignee: partyOf(record, 'dealman'),
		createdAt: isoFromChinaText(record.billdate) ?? isoFromChinaText(record.feedbackdate),
		updatedAt: null,
		dueAt: isoFromChinaText(record.custdldate),
		closedAt: status === 'resolved' ? isoFromChinaText(record.actualcompletiontime) : null,
		tags: [],
		attachments: [],
		custom: {
			statusName: meanings[letter ?? '']?.label ?? null,
			reportedAt: isoFromChinaText(record.feedbackdate),
			progress: record.completionprogress ?? null,
			serviceHours: record.totalservicehours ?? null,
			mobile: textOrNull(record.mobile),
			telephone: textOrNull(record.telephone),
			email: textOrNull(record.email),
			address: textOrNull(record.address),
			department: nameOf(record, 'dealdept'),
			dispatcher: nameOf(record, 'dispatchman'),
			project: nameOf(record, 'project'),
			...Object.fromEntries(
				Object.entries(tables).map(([name, field]) => [name, record[field] ?? null]),
			),
		},
	};
}
