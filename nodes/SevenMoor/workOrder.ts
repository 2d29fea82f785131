import { objectsIn, type JsonObject, type JsonValue } from '../../lib/json';
import { isoFromChinaText, toIso, type EpochMs, type IsoTime } from '../../lib/time';
import {
	idOrNull,
	textOrNull,
	type WorkOrder,
	type WorkOrderAttachment,
} from '../../lib/workOrder';

/** The largest instant that a JavaScript date can hold. */
const LAST_INSTANT = 8_640_000_000_000_000 - 86_400_000;

function oneOrMore(value: JsonValue | undefined): JsonObject[] {
	return objectsIn(Array.isArray(value) ? value : [value]);
}

/** Milliseconds as number or as text: the two published versions of the page differ (sheet 7moor §6). */
function isoFromMilliseconds(value: JsonValue | undefined): IsoTime | null {
	const text = typeof value === 'string' && /^\d+$/.test(value);
	const instant = text ? Number(value) : value;
	const holds = typeof instant === 'number' && instant > 0 && instant < LAST_INSTANT;
	return holds ? toIso(instant as EpochMs) : null;
}

/** End of the step; its form is not published, the vendor's other times are China text. */
export function endOfStep(push: JsonObject): IsoTime | null {
	return isoFromMilliseconds(push.processEndTime) ?? isoFromChinaText(push.processEndTime);
}

/** `createTimestamp` in the http version of the page, `creatTimestamp` in the https one (sheet 7moor §6). */
function creationOf(push: JsonObject): IsoTime | null {
	return (
		isoFromMilliseconds(push.createTimestamp) ??
		isoFromMilliseconds(push.creatTimestamp) ??
		isoFromChinaText(push.createTime)
	);
}

/** Fields by name; a value of a type that is not published stays as it is. */
function formOf(fields: readonly JsonObject[]): JsonObject {
	return Object.fromEntries(
		fields.map(({ name, value }) => [textOrNull(name) ?? '', valueOrNull(value)]),
	);
}

function filesIn(fields: readonly JsonObject[]): WorkOrderAttachment[] {
	return fields
		.filter(({ type }) => type === 'file')
		.flatMap(({ value }) => oneOrMore(value))
		.map((file) => ({
			name: textOrNull(file.name),
			url: textOrNull(file.value),
			size: null,
			type: null,
		}));
}

function valueOrNull(value: JsonValue | undefined): JsonValue {
	return value === undefined || value === '' ? null : value;
}

/** A work order as the outflow push shows it (sheet 7moor §6): it tells no status, only the step. */
export function toWorkOrder(push: JsonObject): WorkOrder {
	const id = String(push._id);
	const fields = oneOrMore(push.fields);
	const nobody = { id: null, name: null };
	return {
		vendor: 'sevenMoor',
		id,
		number: textOrNull(push.businessNumber) ?? id,
		title: null,
		description: null,
		status: 'unknown',
		vendorStatus: textOrNull(push.stepName),
		priority: null,
		type: null,
		customer: { id: idOrNull(push.customerId), name: null },
		requester: nobody,
		assignee: { id: idOrNull(push.user), name: null },
		createdAt: creationOf(push),
		updatedAt: null,
		dueAt: null,
		closedAt: null,
		tags: [],
		attachments: filesIn(fields),
		custom: {
			form: formOf(fields),
			stepName: valueOrNull(push.stepName),
			action: valueOrNull(push.action),
			flowInfo: valueOrNull(push.flowInfo),
			stepFields: valueOrNull(push.stepFields),
			processEndTime: valueOrNull(push.processEndTime),
		},
	};
}
