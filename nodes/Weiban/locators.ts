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

export const customerField = locatorField({
	displayName: 'Customer',
	name: 'customerId',
	description: 'The customer, by name or ID. The list begins with those recorded last.',
	required: true,
	list: 'searchCustomers',
	example: 'wm8xjUCAAAjzIxv1bnZErBXWZgBV2RBg',
});

export const groupChatField = locatorField({
	displayName: 'Group Chat',
	name: 'groupChatId',
	description: 'The group chat, by name or ID',
	required: true,
	list: 'searchGroupChats',
	example: 'wr8xjUCAAAb4IiVmBjWjHSwHTXxPa9-A',
});

export function templateField(description: string, required: boolean) {
	return locatorField({
		displayName: 'Template',
		name: 'templateId',
		description,
		required,
		list: 'searchTemplates',
		example: '62081',
		form: DIGITS_FORM,
	});
}
