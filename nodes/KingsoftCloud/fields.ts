import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../lib/fields';
import { idAsNumber, toIntegerId, ValueProblem } from '../../lib/ids';
import { isJsonObject, parseJson, type BareInteger, type JsonObject } from '../../lib/json';
import { DIGITS_FORM, locatorField } from '../../lib/locator';

const tickets = { list: 'searchTickets', example: '1204', form: DIGITS_FORM };

export const ticketIdField = locatorField({
	displayName: 'Ticket',
	name: 'ticketId',
	description: 'The ticket. Keep long IDs as text: numbers lose digits.',
	required: true,
	...tickets,
});

export const relatedTicketField = locatorField({
	displayName: 'Related Ticket',
	name: 'relatedTicketId',
	description: 'Another ticket that belongs to it (relate_to_ticket_id)',
	...tickets,
});

export const productGroupIdField: INodeProperties = {
	displayName: 'Product Line ID',
	name: 'productGroupId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 36',
	description: 'The ID of the product line that acts (productGroupId). Enter it where you know it.',
};

/** An id as the int64 that the vendor wants; undefined where the field is empty. */
export function optionalIdNumber(fields: Fields, name: string): BareInteger | undefined {
	const id = fields.optionalIntegerId(name);
	return id && idAsNumber(id);
}

/** Ids likewise; undefined where there are none. */
export function idNumbers(fields: Fields, name: string): BareInteger[] | undefined {
	const ids = fields.integerIds(name);
	return ids.length === 0 ? undefined : ids.map(idAsNumber);
}

/** Value sets of the vendor (sheet kingsoft §3.9). */
export const ticketTypes = [1, 2, 3] as const;

export const ticketTypeOptions = [
	{ name: 'Consultation', value: 3 },
	{ name: 'Requirement Feedback', value: 2 },
	{ name: 'Troubleshooting', value: 1 },
];

/** An attachment in the vendor's form; `author` and `file_size` are int64. */
export interface Attachment {
	readonly author?: BareInteger;
	readonly file_name: string;
	readonly file_type: string;
	readonly file_path: string;
	readonly file_size: BareInteger;
}

/** A field that takes the output of Attachment: Upload as it is, one or many. */
export function attachmentsField(name: string, description: string): INodeProperties {
	return {
		displayName: 'Attachments',
		name,
		type: 'json',
		default: '[]',
		description: `${description}. Drag the output of Attachment: Upload here, or map a list of such outputs.`,
	};
}

function asList(fields: Fields, name: string): JsonObject[] {
	const given = fields.raw(name);
	let value = given;
	if (typeof given === 'string') {
		try {
			value = parseJson(given);
		} catch {
			return fields.refuse(name, 'is not JSON', 'Map the output of Attachment: Upload.');
		}
	}
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	return entries.map((entry, index) =>
		isJsonObject(entry)
			? entry
			: fields.refuse(
					name,
					`has no attachment at place ${index + 1}`,
					'Map the output of Attachment: Upload.',
				),
	);
}

/**
 * Reads what Attachment: Upload answered. Close demands `author`, Create does not (seed kingsoft).
 */
export function readAttachments(
	fields: Fields,
	name: string,
	authorRequired: boolean,
): Attachment[] | undefined {
	if (!fields.has(name)) return undefined;
	const files = asList(fields, name);
	if (files.length === 0) return undefined;
	return files.map((file, index) => {
		const text = (key: string): string => {
			const value = file[key];
			return typeof value === 'string' && value !== ''
				? value
				: fields.refuse(
						name,
						`has no ${key} at place ${index + 1}`,
						'Map the whole output of Attachment: Upload.',
					);
		};
		const integer = (key: string): BareInteger => {
			const id = toIntegerId(file[key]);
			return id instanceof ValueProblem
				? fields.refuse(
						name,
						`has no usable ${key} at place ${index + 1}: it ${id.problem}`,
						id.advice,
					)
				: idAsNumber(id);
		};
		const hasAuthor = file.author !== undefined && file.author !== null;
		return {
			...(authorRequired || hasAuthor ? { author: integer('author') } : {}),
			file_name: text('file_name'),
			file_type: text('file_type'),
			file_path: text('file_path'),
			file_size: integer('file_size'),
		};
	});
}
