import { listingFields } from '../../../../lib/listing';
import type { OperationOnItem } from '../../../../lib/operation';
import { shaper } from '../../../../lib/output';
import { spanFields, spanOf } from '../../filters';
import { listedRows } from '../../listing';
import { staffOutput, toStaff } from '../../staff';

/** GET /open-api/staff/list (sheet weiban §3.10), in order of creation. */
export const operation: OperationOnItem = {
	option: {
		name: 'Get Many',
		action: 'Get many members of staff',
		description: 'Get a list of the staff, oldest first',
	},
	fields: [
		...listingFields,
		...staffOutput.fields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: spanFields('Counts the time when a member of staff was updated last.'),
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Include Departments',
					name: 'includeDepartments',
					type: 'boolean',
					default: false,
					description: 'Whether the IDs of the departments are asked for, too',
				},
			],
		},
	],
	reads: true,
	run: async (item) => {
		const { fields } = item;
		const shape = shaper(fields, staffOutput, toStaff);
		const withDepartments = fields.group('options').flag('includeDepartments');
		const filter = {
			...spanOf(fields.group('filters')),
			...(withDepartments ? { fields: JSON.stringify(['department']) } : {}),
		};
		return await listedRows(item, 'staffList', filter, shape);
	},
};
