import { sleep, type IPollFunctions } from 'n8n-workflow';

import { compareTexts } from '../../../lib/compareTexts';
import type { Fields } from '../../../lib/fields';
import type { JsonObject } from '../../../lib/json';
import { MINUTE_MS } from '../../../lib/limits';
import { dictionaryPage, USUAL_PAGE_SIZE } from '../transport/dictionaries';
import { changeTime } from './dictionaryEvents';
import type { DictionaryReader } from './dictionaryWatch';

/** 7moor allows 20 (sheet 7moor §5); half of them are left to other workflows. */
export const USUAL_CALLS_PER_MINUTE = 10;
export const MOST_CALLS_PER_MINUTE = 20;

/** Asks 7moor on behalf of a poll, at the pace that was chosen. */
export function dictionaryReader(context: IPollFunctions, fields: Fields): DictionaryReader {
	const options = fields.group('options');
	const pageSize = options.optionalCount('pageSize', 1) ?? USUAL_PAGE_SIZE;
	const callsPerMinute = Math.min(
		options.optionalCount('callsPerMinute', 1) ?? USUAL_CALLS_PER_MINUTE,
		MOST_CALLS_PER_MINUTE,
	);
	let calls = 0;
	return {
		pageSize,
		page: async (number) => {
			if (calls++ > 0) await sleep(MINUTE_MS / callsPerMinute);
			return await dictionaryPage({ context }, {}, number, pageSize);
		},
		report: (problem) => context.logger.warn(`7moor Dictionary Trigger: ${problem}`),
	};
}

/** The newest of the first page and of the last one: the order of the list is not published. */
export async function newestDictionaries(reader: DictionaryReader): Promise<JsonObject[]> {
	const first = await reader.page(1);
	const lastPage = Math.ceil((first.total ?? 0) / reader.pageSize);
	const last = lastPage > 1 ? (await reader.page(lastPage)).records : [];
	return [...first.records, ...last].sort((a, b) => compareTexts(changeTime(b), changeTime(a)));
}
