import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../lib/fields';
import { fitting } from './lengths';
import { orderNoField, staffField } from './locators';

export const pictureField: INodeProperties = {
	displayName: 'Picture URLs',
	name: 'pictures',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Picture' },
	default: [],
	placeholder: 'e.g. https://example.com/photo.png',
	description:
		'Addresses of pictures that belong to the text. Weiban publishes no way to upload one.',
};

const attachmentsField: INodeProperties = {
	displayName: 'Attachments',
	name: 'attachments',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Attachment',
	default: {},
	description: 'Pictures and videos by their addresses. Weiban takes no other kinds.',
	options: [
		{
			displayName: 'Attachment',
			name: 'attachment',
			values: [
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					default: 'image',
					options: [
						{ name: 'Image', value: 'image' },
						{ name: 'Video', value: 'video' },
					],
				},
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. https://example.com/video.mp4',
				},
			],
		},
	],
};

export const copyToField: INodeProperties = {
	displayName: 'Copy To',
	name: 'copyTo',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Staff',
	default: {},
	description: 'Members of staff who get a copy (cc_list)',
	options: [
		{
			displayName: 'Staff',
			name: 'staff',
			values: [
				staffField(
					'Staff',
					'copiedStaff',
					'A member of staff. By ID, an expression can also yield a list of IDs.',
					true,
				),
			],
		},
	],
};

const showField: INodeProperties = {
	displayName: 'Show to Customer',
	name: 'isShow',
	type: 'boolean',
	default: false,
	description:
		"Whether the text is shown (is_show); Weiban's event pages call it visible to the customer",
};

/** The field table and the sample of the vendor's three pages differ (sheet weiban §3.4). */
const attachmentNameField: INodeProperties = {
	displayName: 'Attachments Are Sent As',
	name: 'attachmentName',
	type: 'options',
	default: 'attached_json',
	description:
		"Weiban's tables of fields and its samples differ in this name. Change it where attachments do not arrive.",
	options: [
		{
			name: 'Attached Files',
			value: 'attached_files',
			description: 'Named attached_files, as in the samples of the requests',
		},
		{
			name: 'Attached JSON',
			value: 'attached_json',
			description:
				'Named attached_json, as in the tables of fields, the events and the work orders',
		},
	],
};

export const actingStaffField = (description: string) =>
	staffField('Acting Staff', 'staffId', description, true);

/**
 * The fields of an action on a work order: which one, who takes part, the text, and what may go with it.
 * Their values make an `actionBody`.
 */
export function actionFields(
	people: INodeProperties[],
	text: Pick<INodeProperties, 'displayName' | 'description' | 'required'>,
	furtherFields: INodeProperties[] = [],
): INodeProperties[] {
	return [
		orderNoField,
		...people,
		{ ...text, name: 'text', type: 'string', typeOptions: { rows: 4 }, default: '' },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [attachmentsField, ...furtherFields, pictureField, showField],
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [attachmentNameField],
		},
	];
}

function picturesIn(fields: Fields): string[] {
	const given = fields.raw('pictures');
	// An entry that is an expression may yield a whole list.
	const entries: unknown[] = Array.isArray(given) ? given.flat() : [given ?? ''];
	return entries
		.map((entry) =>
			typeof entry === 'string'
				? entry.trim()
				: fields.refuse('pictures', 'has an entry that is not text', 'Give addresses.'),
		)
		.filter((entry) => entry !== '');
}

/** A text with its pictures; undefined where neither is given. */
export function contentOf(
	fields: Fields,
	additional: Fields,
): { text: string; pic: string[] } | undefined {
	const text = fields.optionalText('text');
	const pic = picturesIn(additional);
	if (text === undefined) {
		if (pic.length === 0) return undefined;
		return fields.refuse(
			'text',
			'is empty',
			'Weiban takes Picture URLs only with a text. Enter one.',
		);
	}
	return { text: fitting(fields, 'text', text), pic };
}

/** Ids of the staff in copy; undefined where nobody is. */
export function copiedOf(additional: Fields): string[] | undefined {
	const ids = additional.rows('copyTo', 'staff').flatMap((row) => row.texts('copiedStaff'));
	return ids.length === 0 ? undefined : [...new Set(ids)];
}

interface Attachments {
	attached_json?: object[];
	attached_files?: object[];
}

/** Under one of the two names, or nothing where there are no attachments. */
function attachmentsOf(additional: Fields, options: Fields): Attachments {
	const name =
		options.optionalChoice('attachmentName', ['attached_json', 'attached_files'] as const) ??
		'attached_json';
	const attachments = additional.rows('attachments', 'attachment').map((row) => ({
		type: row.choice('type', ['image', 'video'] as const),
		url: row.text('url'),
	}));
	return attachments.length === 0 ? {} : { [name]: attachments };
}

/** What the requests of hand-over, close and comment have in common (sheet weiban §3.4 to §3.6). */
export function actionBody(fields: Fields) {
	const additional = fields.group('additionalFields');
	const isShown = additional.optionalFlag('isShow');
	return {
		order_no: fields.integerId('orderNo'),
		staff_id: fields.text('staffId').trim(),
		cc_list: copiedOf(additional),
		content: contentOf(fields, additional),
		...(isShown === undefined ? {} : { is_show: isShown ? 1 : 0 }),
		...attachmentsOf(additional, fields.group('options')),
	};
}
