import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../../lib/fields';
import type { JsonObject } from '../../../../lib/json';
import { wantsRaw } from '../../../../lib/output';
import { toDictionary } from '../../dictionary';

export const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	default: 'simplified',
	description: 'What the output items contain',
	options: [
		{
			name: 'Simplified',
			value: 'simplified',
			description: 'Ten fields: names, titles, paths of the options, times with their zone',
		},
		{ name: 'Raw', value: 'raw', description: "The vendor's own record, untouched" },
	],
};

/** How the chosen output makes an item of a record of the query answer. */
export function shaper(fields: Fields): (record: JsonObject) => object {
	return wantsRaw(fields) ? (record) => record : toDictionary;
}
