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

/** How many results are wanted at most; Infinity for all. */
export function wantedCount(fields: Fields): number {
	return fields.flag('returnAll') ? Infinity : fields.count('limit', 1);
}
