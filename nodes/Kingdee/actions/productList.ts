import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../lib/fields';
import { collected, listingFields, wantedCount } from '../../../lib/listing';
import type { Item } from '../../../lib/operation';
import { outputChoice, shaper } from '../../../lib/output';
import { toProductEntry, type ProductEntry } from '../productEntry';
import { productPages, type ProductList } from '../transport/product';

const output = outputChoice(
	['id', 'number', 'name'] as const satisfies readonly (keyof ProductEntry)[],
	'ID, number and name; Raw has what else Kingdee sends',
);

/** What every list of 星辰 v2 asks a person. */
export const productListFields: INodeProperties[] = [
	...listingFields,
	...output.fields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Query Parameters',
				name: 'queryParameters',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Parameter',
				default: {},
				description:
					"Filters of Kingdee's own API pages, sent as they are. Only page and page_size, which the node sends itself, are known to it.",
				options: [
					{
						displayName: 'Parameter',
						name: 'parameter',
						values: [
							{
								displayName: 'Parameter Name',
								name: 'name',
								type: 'string',
								default: '',
								description: 'As Kingdee writes it',
							},
							{
								displayName: 'Parameter Value',
								name: 'value',
								type: 'string',
								default: '',
								description: 'As Kingdee writes it',
							},
						],
					},
				],
			},
		],
	},
];

function queryIn(fields: Fields): Record<string, string> {
	const rows = fields.group('options').rows('queryParameters', 'parameter');
	const pairs = rows.map((row) => {
		const name = row.text('name').trim();
		return name === 'page' || name === 'page_size'
			? row.refuse('name', `is ${name}, which the node sends itself`, 'Use Limit instead.')
			: ([name, row.optionalText('value') ?? ''] as const);
	});
	return Object.fromEntries(pairs);
}

/** Entries of a list, up to the wanted number. */
export async function listEntries(item: Item, list: ProductList): Promise<object[]> {
	const { fields } = item;
	const shape = shaper(fields, output, toProductEntry);
	return await collected(productPages(item, list, wantedCount(fields), queryIn(fields)), shape);
}
