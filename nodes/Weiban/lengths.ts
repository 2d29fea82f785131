import type { Fields } from '../../lib/fields';

/** In characters (sheet weiban §5): a title (`default-title`), and the text of a remark or description. */
export const LONGEST = { title: 50, text: 600 } as const;

/** The text of the field, which Weiban would refuse if it were longer. */
export function fitting(fields: Fields, field: keyof typeof LONGEST, text: string): string {
	const length = [...text].length;
	return length > LONGEST[field]
		? fields.refuse(
				field,
				`has ${length} characters, Weiban takes ${LONGEST[field]}`,
				`Shorten the ${field}.`,
			)
		: text;
}
