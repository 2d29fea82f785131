import type { IDataObject } from 'n8n-workflow';

import { isPlainObject } from './json';
import type { Item } from './operation';

const ADVICE = 'Map the fields in the node.';

/** A mapped field, by what n8n keeps of its description. */
interface Mapped {
	readonly id: string;
	/** Undefined where n8n does not say. */
	readonly type: unknown;
}

function mappingOf({ fields }: Item, name: string): Readonly<Record<string, unknown>> {
	const mapping = fields.raw(name) ?? {};
	return isPlainObject(mapping) ? mapping : fields.refuse(name, 'is not a mapping', ADVICE);
}

/** The fields that a resource mapper knew when it was filled in, without those that were taken out. */
export function mappedFields(item: Item, name: string): Mapped[] {
	const { schema } = mappingOf(item, name);
	return (Array.isArray(schema) ? schema : [])
		.filter(isPlainObject)
		.flatMap(({ id, type, removed }) =>
			typeof id === 'string' && removed !== true ? [{ id, type }] : [],
		);
}

/**
 * The values of a resource mapper field for one item, by the id of the mapped field: those that the
 * person entered, or those of the input item that bear the ids. Fields that were taken out are left out.
 */
export function mappedValues(item: Item, name: string): Readonly<Record<string, unknown>> {
	const { mappingMode, value } = mappingOf(item, name);
	if (mappingMode !== 'autoMapInputData') {
		const values = value ?? {};
		return isPlainObject(values) ? values : item.fields.refuse(name, 'has no values', ADVICE);
	}
	const input: IDataObject = item.context.getInputData()[item.itemIndex]?.json ?? {};
	return Object.fromEntries(
		mappedFields(item, name).flatMap(({ id }) =>
			Object.hasOwn(input, id) ? [[id, input[id]] as const] : [],
		),
	);
}
