import { DIGITS_FORM, locatorField } from '../../lib/locator';

export const orderNoField = locatorField({
	displayName: 'Work Order Number',
	name: 'orderNo',
	description:
		'The number (order_no) of the work order. Keep it as text: numbers lose digits. The list is searched by title.',
	required: true,
	list: 'searchWorkOrders',
	example: '1471808049579560960',
	form: DIGITS_FORM,
});

/** A member of staff; the ids are WeCom user ids (sheet weiban §7). */
export function staffField(
	displayName: string,
	name: string,
	description: string,
	required: boolean,
) {
	return locatorField({
		displayName,
		name,
		description,
		required,
		list: 'searchStaff',
		example: 'LiuYang',
	});
}
