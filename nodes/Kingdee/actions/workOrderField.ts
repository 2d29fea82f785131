import type { INodeProperties } from 'n8n-workflow';

import { toIntegerId, ValueProblem, type IntegerId } from '../../../lib/ids';
import { DIGITS_FORM, locatorField } from '../../../lib/locator';
import type { Item } from '../../../lib/operation';
import { textOrNull } from '../../../lib/workOrder';
import { WORK_ORDER } from '../entities';
import { listPage, readRecord } from '../transport/records';

const NAME = 'id';

function fieldWith(description: string, required: boolean): INodeProperties {
	const locator = locatorField({
		displayName: 'Work Order',
		name: NAME,
		description,
		required,
		list: 'searchWorkOrders',
		example: '2230413444614467584',
		form: DIGITS_FORM,
	});
	const byNumber = {
		displayName: 'By Number',
		name: 'number',
		type: 'string' as const,
		placeholder: 'e.g. fwgs-20250605-00000001',
		hint: 'Costs one request more, which looks up the ID',
	};
	return { ...locator, modes: [...(locator.modes ?? []), byNumber] };
}

/** One service work order. */
export const workOrderField = fieldWith(
	'The service work order. Keep its ID as text: numbers lose digits.',
	true,
);

/** One service work order, or none. */
export const optionalWorkOrderField = fieldWith(
	'The service work order to change; a new one is created where this is empty',
	false,
);

/** What the person knows of a work order: one of the two. */
export type WorkOrderKey = { readonly id: IntegerId } | { readonly number: string };

/** Reads the field without asking the vendor. */
export function workOrderKey({ fields }: Item): WorkOrderKey {
	return fields.mode(NAME) === 'number'
		? { number: fields.text(NAME).trim() }
		: { id: fields.integerId(NAME) };
}

/** The id of a work order; looked up where only the number is known. */
export async function workOrderId(item: Item, key: WorkOrderKey): Promise<IntegerId> {
	if ('id' in key) return key.id;
	const { number } = key;
	const { rows } = await listPage(
		item,
		{
			entityName: WORK_ORDER,
			selectProperties: 'id,billno',
			allOf: [{ property: 'billno', cp: '=', value: number }],
		},
		1,
		2,
	);
	const [row, ...others] = rows.filter(({ billno }) => textOrNull(billno) === number);
	if (others.length > 0) {
		return item.fields.refuse(NAME, `belongs to several work orders: "${number}"`, 'Enter the ID.');
	}
	const id = toIntegerId(row?.id);
	return id instanceof ValueProblem
		? item.fields.refuse(
				NAME,
				`has no work order in Kingdee: "${number}"`,
				'Check the number; Get Many lists the work orders.',
			)
		: id;
}

/** The number of a work order; looked up where only the id is known. */
export async function workOrderNumber(item: Item, key: WorkOrderKey): Promise<string> {
	if ('number' in key) return key.number;
	const record = await readRecord(item, {
		entityName: WORK_ORDER,
		id: key.id,
		selectProperties: 'id,billno',
	});
	return (
		textOrNull(record?.billno) ??
		item.fields.refuse(
			NAME,
			`has no work order with a number in Kingdee: "${key.id}"`,
			'Check the ID, or enter the number yourself.',
		)
	);
}
