import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/json';
import { isoFromChinaText, type IsoTime } from '../../lib/time';
import { firstText, idOrNull, textOrNull } from '../../lib/workOrder';

/** What was done about a work order (`wg_deal_record`, sheet kingdee §3.1.2). */
export interface ProcessingRecord {
	readonly id: string;
	readonly number: string | null;
	readonly workOrderNumber: string | null;
	/** F in progress, H done, G cannot be handled. */
	readonly status: string | null;
	readonly startedAt: IsoTime | null;
	readonly endedAt: IsoTime | null;
	/** Name of the handler, the id where the answer has no name. */
	readonly handler: string | null;
	readonly workingHours: JsonValue;
	readonly progress: JsonValue;
	readonly note: string | null;
}

function nameOrId(value: JsonValue | undefined): string | null {
	return isJsonObject(value) ? (textOrNull(value.name) ?? idOrNull(value.id)) : textOrNull(value);
}

export function toProcessingRecord(record: JsonObject): ProcessingRecord {
	return {
		id: String(record.id),
		number: textOrNull(record.billno),
		workOrderNumber: firstText(record, ['sourcebillno', 'feedbackno']),
		status: textOrNull(record.combofield),
		startedAt: isoFromChinaText(record.startdate),
		endedAt: isoFromChinaText(record.enddate),
		handler: nameOrId(record.emp),
		workingHours: record.workinghours ?? null,
		progress: record.completionprogress ?? null,
		note: textOrNull(record.remark),
	};
}
