import type { Fields } from './fields';

/** Whether a text contains another one, whatever the case; an empty part is contained in every text. */
export function contains(text: string | null, part: string): boolean {
	return part === '' || (text ?? '').toLowerCase().includes(part.toLowerCase());
}

/** A text of a filter; empty where it is not filled in. */
export function filterText(filters: Fields, name: string): string {
	return filters.optionalText(name)?.trim() ?? '';
}
