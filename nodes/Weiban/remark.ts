import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../lib/fields';
import { staffField } from './locators';

/** Longest text of a remark, in characters (sheet weiban §5). */
const LONGEST_TEXT = 600;

const pictureField: INodeProperties = {
	displayName: 'Picture URLs',
	name: 'pictures',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Picture' },
	default: [],
	placeholder: 'e.g. https://example.com/photo.png',
	description:
		'Addresses of pictures that belong to the text. Weiban publishes no way to upload one.',
};

export const attachmentsField: INodeProperties = {
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

export const showField: INodeProperties = {
	displayName: 'Show to Customer',
	name: 'isShow',
	type: 'boolean',
	default: false,
	description:
		"Whether the text is shown (is_show); Weiban's event pages call it visible to the customer",
};

/** The field table and the sample of the vendor's three pages differ (sheet weiban §3.4). */
export const attachmentOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Attachments Are Sent As',
			name: 'attachmentName',
			type: 'options',
			default: 'attached_json',
			description:
				"Weiban's table of fields and its sample differ in this name. Change it where attachments do not arrive.",
			options: [
				{
					name: 'Attached Files (attached_files)',
					value: 'attached_files',
					description: 'As in the samples of the requests',
				},
				{
					name: 'Attached JSON (attached_json)',
					value: 'attached_json',
					description: 'As in the tables of fields, the events and the work orders themselves',
				},
			],
		},
	],
};

/** What an action on a work order says, beside the work order and who acts. */
export const remarkFields = { pictureField, attachmentsField, copyToField, showField };

function pictures(fields: Fields): string[] {
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
	text: string | undefined,
	additional: Fields,
	refuseText: (problem: string, advice: string) => never,
): { text: string; pic: string[] } | undefined {
	const pic = pictures(additional);
	if (text === undefined && pic.length === 0) return undefined;
	if (text === undefined) {
		return refuseText('is empty', 'Weiban takes pictures only with a text. Enter one.');
	}
	const length = [...text].length;
	if (length > LONGEST_TEXT) {
		return refuseText(
			`has ${length} characters, Weiban takes ${LONGEST_TEXT}`,
			'Shorten the text.',
		);
	}
	return { text, pic };
}

/** `attached_json` or `attached_files`, or nothing where there are no attachments. */
export function attachmentsOf(additional: Fields, options: Fields): object {
	const name =
		options.optionalChoice('attachmentName', ['attached_json', 'attached_files'] as const) ??
		'attached_json';
	const attachments = additional.rows('attachments', 'attachment').map((row) => ({
		type: row.choice('type', ['image', 'video'] as const),
		url: row.text('url'),
	}));
	return attachments.length === 0 ? {} : { [name]: attachments };
}

export function isShowOf(additional: Fields): 0 | 1 | undefined {
	const shown = additional.optionalFlag('isShow');
	return shown === undefined ? undefined : shown ? 1 : 0;
}

/** Ids of staff in copy; undefined where nobody is. */
export function copiedOf(additional: Fields): string[] | undefined {
	const ids = additional.rows('copyTo', 'staff').flatMap((row) => row.texts('copiedStaff'));
	return ids.length === 0 ? undefined : [...new Set(ids)];
}
