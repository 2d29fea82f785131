/**
 * Orders texts by their characters, for `sort`. Not `localeCompare`: its tables take longer to load than
 * all nodes together.
 */
export function compareTexts(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}
