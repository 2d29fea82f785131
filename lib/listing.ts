import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from './fields';

/** Return All and Limit, in n8n's own words. */
export const listingFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/** All rows of the pages, each shaped as it comes: what is not kept of a page can be let go of. */
export async function collected<Row, Shaped>(
	pages: AsyncIterable<readonly Row[]>,
	shape: (row: Row) => Shaped,
): Promise<Shaped[]> {
	const found: Shaped[] = [];
	for await (const rows of pages) for (const row of rows) found.push(shape(row));
	return found;
}

/** How many results are wanted at most; Infinity for all. */
export function wantedCount(fields: Fields): number {
	return fields.flag('returnAll') ? Infinity : fields.count('limit', 1);
}
