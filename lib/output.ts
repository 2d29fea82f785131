import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from './fields';

/** The choice between the common shape and the vendor's own record. */
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
			description: 'A work order in the shape that is the same for all vendors',
		},
		{ name: 'Raw', value: 'raw', description: "The vendor's own record, untouched" },
	],
};

export function wantsRaw(fields: Fields): boolean {
	return fields.choice('output', ['simplified', 'raw'] as const) === 'raw';
}
