import type { IDataObject, ResourceMapperValue } from 'n8n-workflow';

import type { Item } from './operation';

/**
 * The values of a resource mapper field for one item, by the id of the mapped field: those that the
 * person entered, or those of the input item that bear the ids. Fields that were taken out are left out.
 */
export function mappedValues(item: Item, name: string): Readonly<Record<string, unknown>> {
	const mapped = item.fields.raw(name) as Partial<ResourceMapperValue> | null;
	if (mapped?.mappingMode !== 'autoMapInputData') return mapped?.value ?? {};
	const input: IDataObject = item.context.getInputData()[item.itemIndex]?.json ?? {};
	const wanted = (mapped.schema ?? []).filter(({ removed }) => removed !== true);
	return Object.fromEntries(
		wanted.flatMap(({ id }) => (id in input ? [[id, input[id]] as const] : [])),
	);
}
