import type { JsonObject } from '../../lib/json';
import { isoFromChinaText, type IsoTime } from '../../lib/time';
import { textOrNull } from '../../lib/workOrder';

/** A skill group (queue) that an agent is in, simplified. */
export interface SkillGroup {
	/** Number of the group (`exten`). */
	number: string | null;
	name: string | null;
	/** Rank of the agent in the group, as 7moor writes it. */
	penalty: string | null;
	updatedAt: IsoTime | null;
}

/** Simplifies a record of queryQueue (sheet 7moor §3.4); its time is taken for China time. */
export function toSkillGroup(record: JsonObject): SkillGroup {
	return {
		number: textOrNull(record.exten),
		name: textOrNull(record.displayName),
		penalty: textOrNull(record.penalty),
		updatedAt: isoFromChinaText(record.updateTime),
	};
}
