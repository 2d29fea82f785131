import type { INodeProperties } from 'n8n-workflow';

import { compareTexts } from './compareTexts';
import type { Fields } from './fields';
import type { JsonObject } from './json';
import { titleOf } from './titles';
import type { WorkOrder } from './workOrder';

/** What an operation can output: its fields for the person, and the names of the simplified form. */
export interface OutputChoice<Name extends string = string> {
	readonly names: readonly Name[];
	readonly fields: INodeProperties[];
}

/** The choice between a simplified form with the given names, the vendor's own record, and a selection. */
export function outputChoice<Name extends string>(
	names: readonly Name[],
	simplified: string,
): OutputChoice<Name> {
	return {
		names,
		fields: [
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				default: 'simplified',
				description: 'What the output items contain',
				options: [
					{ name: 'Raw', value: 'raw', description: "The vendor's own record, untouched" },
					{
						name: 'Selected Fields',
						value: 'selected',
						description: 'Only the fields that you choose of the simplified form',
						// A model has enough to choose from.
						displayOptions: { hide: { '@tool': [true] } },
					},
					{ name: 'Simplified', value: 'simplified', description: simplified },
				],
			},
			{
				displayName: 'Fields',
				name: 'selectedFields',
				type: 'multiOptions',
				default: [],
				displayOptions: { show: { output: ['selected'] } },
				description: 'The fields that the output items keep',
				options: names
					.map((value) => ({ name: titleOf(value), value }))
					.sort((a, b) => compareTexts(a.name, b.name)),
			},
		],
	};
}

/** How the chosen output makes an item of a vendor's record; `raw` finds the record in what is shaped. */
export function shaper<Name extends string, Shaped extends object = JsonObject>(
	fields: Fields,
	{ names }: OutputChoice<Name>,
	simplify: (shaped: Shaped) => Readonly<Record<Name, unknown>>,
	raw: (shaped: Shaped) => object = (shaped) => shaped,
): (shaped: Shaped) => object {
	const output = fields.choice('output', ['simplified', 'raw', 'selected'] as const);
	if (output === 'raw') return raw;
	if (output === 'simplified') return simplify;
	const selected = fields.choices('selectedFields', names);
	if (selected.length === 0) fields.refuse('selectedFields', 'is empty', 'Choose a field or more.');
	return (record) => {
		const whole = simplify(record);
		return Object.fromEntries(selected.map((name) => [name, whole[name]]));
	};
}

const workOrderNames = [
	'vendor',
	'id',
	'number',
	'title',
	'description',
	'status',
	'vendorStatus',
	'priority',
	'type',
	'customer',
	'requester',
	'assignee',
	'createdAt',
	'updatedAt',
	'dueAt',
	'closedAt',
	'tags',
	'attachments',
	'custom',
] as const satisfies readonly (keyof WorkOrder)[];

/** The output of everything that reads work orders. */
export const workOrderOutput = outputChoice(
	workOrderNames,
	'A work order in the shape that is the same for all vendors',
);
