import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../lib/fields';
import type { Depth } from '../transport/records';

/** Names of the fields that a record is to have. */
export function fieldNamesField(description: string): INodeProperties {
	return {
		displayName: 'Field Names',
		name: 'fieldNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. number, name, customerid.name',
		description: `${description}. Separated by commas; a dot leads into a reference (selectProperties).`,
	};
}

/** The names as the vendor takes them, the id always among them; empty where none is given. */
export function selectionIn(fields: Fields): string {
	const names = fields.texts('fieldNames');
	return names.length === 0 ? '' : [...new Set(['id', ...names])].join(',');
}

/** How much of a record is read: both are published as names and types only. */
export const depthFields: INodeProperties[] = [
	{
		displayName: 'Level',
		name: 'level',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2',
		description: 'How deep references are followed (level)',
	},
	{
		displayName: 'Only Basic',
		name: 'onlyBasic',
		type: 'boolean',
		default: false,
		description: 'Whether to ask for basic fields only (onlyBasic)',
	},
];

export function depthIn(options: Fields): Depth {
	const level = options.optionalText('level')?.trim();
	const onlyBasic = options.optionalFlag('onlyBasic');
	return {
		...(level === undefined ? {} : { level }),
		...(onlyBasic === undefined ? {} : { onlyBasic }),
	};
}
