import { objectsIn, type JsonObject } from '../../lib/json';
import { isoFromChinaText, type IsoTime } from '../../lib/time';
import { textOrNull } from '../../lib/workOrder';
import { withoutLevel } from './optionTree';

/** A work-order dictionary, simplified. */
export interface Dictionary {
	id: string | null;
	name: string | null;
	/** Number of levels (`cascade`, which the vendor writes as text). */
	levels: number | null;
	/** One title per level. */
	headers: string[];
	/** Options on all levels. */
	optionCount: number;
	/** Names from the first level down to each option that has none below it. */
	paths: string[][];
	/** The tree as the vendor writes it, without `level`, ready to be sent back. */
	options: JsonObject[];
	createdAt: IsoTime | null;
	updatedAt: IsoTime | null;
	/** Id of the agent who changed it last; the vendor gives no name. */
	updatedBy: string | null;
}

function treeOf(options: readonly JsonObject[]): JsonObject[] {
	return options.map((option) => ({
		...withoutLevel(option),
		options: treeOf(objectsIn(option.options)),
	}));
}

function countOf(options: readonly JsonObject[]): number {
	return options.reduce((count, option) => count + 1 + countOf(objectsIn(option.options)), 0);
}

function leafPaths(options: readonly JsonObject[], above: readonly string[] = []): string[][] {
	return options.flatMap((option) => {
		const path = [...above, String(option.name ?? '')];
		const below = objectsIn(option.options);
		return below.length === 0 ? [path] : leafPaths(below, path);
	});
}

/** Simplifies a record of the query answer (seed 7moor); its times are taken for China time. */
export function toDictionary(record: JsonObject): Dictionary {
	const options = objectsIn(record.options);
	const lastChange = objectsIn(record.updateTimeArr).at(-1);
	const levels = Number(textOrNull(record.cascade) ?? NaN);
	return {
		id: textOrNull(record._id),
		name: textOrNull(record.name),
		levels: Number.isFinite(levels) ? levels : null,
		headers: Array.isArray(record.headers) ? record.headers.map(String) : [],
		optionCount: countOf(options),
		paths: leafPaths(options),
		options: treeOf(options),
		createdAt: isoFromChinaText(record.createTime),
		updatedAt: isoFromChinaText(record.biUpdateTime ?? lastChange?.updateTime),
		updatedBy: textOrNull(lastChange?.updateUser),
	};
}
