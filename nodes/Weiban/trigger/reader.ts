import type { IPollFunctions } from 'n8n-workflow';

import { PAGE_SIZE } from '../transport/lists';
import { workOrderPage } from '../transport/workOrderPage';
import { readListing } from './listing';
import { isReadable } from './rowEvents';
import type { OrderReader } from './watch';

/** Asks Weiban on behalf of a poll. */
export function orderReader(context: IPollFunctions, hasTime: () => boolean): OrderReader {
	const page = async (since: number, offset: number) => {
		const answer = await workOrderPage({ context }, since, offset);
		const unreadable = answer.rows.filter((row) => !isReadable(row)).length;
		if (unreadable > 0) {
			context.logger.warn(
				`Weiban lists ${unreadable} work orders without a number or a time of creation; they are passed over`,
			);
		}
		return answer;
	};
	return {
		since: async (second) => {
			return await readListing(async (offset) => await page(second, offset), hasTime);
		},
		sample: async () => {
			const first = await page(0, 0);
			const offset = first.total - PAGE_SIZE;
			const last = offset > 0 ? await page(0, offset) : { rows: [] };
			return [...first.rows, ...last.rows];
		},
	};
}
