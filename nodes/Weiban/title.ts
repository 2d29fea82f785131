import type { Fields } from '../../lib/fields';

/** Characters of `default-title` (sheet weiban §5). */
export const LONGEST_TITLE = 50;

export function titleOf(fields: Fields, title: string): string {
	const length = [...title].length;
	return length > LONGEST_TITLE
		? fields.refuse(
				'title',
				`has ${length} characters, Weiban takes ${LONGEST_TITLE}`,
				'Shorten the title.',
			)
		: title;
}
