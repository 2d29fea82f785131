import type { INodeProperties } from 'n8n-workflow';

import { DIGITS_FORM, locatorField } from '../../../lib/locator';

interface Field {
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
	readonly example: string;
}

export function staffLocator(field: Field): INodeProperties {
	return locatorField({ ...field, required: true, list: 'searchStaff', form: DIGITS_FORM });
}

export function departmentLocator(field: Field): INodeProperties {
	return locatorField({ ...field, required: true, list: 'searchDepartments', form: DIGITS_FORM });
}

export const entityLocator: INodeProperties = locatorField({
	displayName: 'Entity',
	name: 'entity',
	description: "Kingdee's name of the kind of record (entityName)",
	required: true,
	list: 'searchEntities',
	example: 'wg_service_workorder',
	form: { regex: '^\\s*\\w+\\s*$', errorMessage: 'Enter the name of the entity' },
});

const byNumber = locatorField({
	displayName: 'Work Order Number',
	name: 'orderNo',
	description: 'Only the records of this work order (sourcebillno)',
	list: 'searchWorkOrderNumbers',
	example: 'fwgs-20250605-00000001',
});

/** A work order by its number, or none. */
export const workOrderNumberLocator: INodeProperties = {
	...byNumber,
	modes: byNumber.modes?.map((mode) =>
		mode.name === 'id' ? { ...mode, displayName: 'By Number' } : mode,
	),
};

function recordLocatorWith(description: string, required: boolean): INodeProperties {
	return locatorField({
		displayName: 'Record',
		name: 'recordId',
		description,
		required,
		list: 'searchRecords',
		example: '1801234567890123457',
		form: DIGITS_FORM,
	});
}

/** One record of the entity. */
export const recordLocator = recordLocatorWith(
	'The record. Keep its ID as text: numbers lose digits.',
	true,
);

/** One record of the entity, or none. */
export const optionalRecordLocator = recordLocatorWith(
	'The record to change; a new one is created where this is empty',
	false,
);
