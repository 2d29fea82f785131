import type { INodeProperties } from 'n8n-workflow';

/**
 * Orders texts by their characters, for `sort`. Not `localeCompare`: its tables take longer to load than
 * all nodes together.
 */
export function compareTexts(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}

/** Orders fields as n8n's lists show them. */
export function byDisplayName(a: INodeProperties, b: INodeProperties): number {
	return compareTexts(a.displayName, b.displayName);
}
