import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

/** A field for one id, which is picked from a list, entered, or taken from an address. */
export interface Locator {
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
	readonly required?: boolean;
	/** Name of the node's list search that fills the list. */
	readonly list: string;
	/** What the id looks like, for the placeholder: "1471808049579560960". */
	readonly example: string;
	/** Whole-text pattern of an id, with what to say where it does not match. */
	readonly form?: { readonly regex: string; readonly errorMessage: string };
	/** Address in the vendor's pages; the first group of the pattern is the id. */
	readonly address?: { readonly regex: string; readonly example: string };
}

/** The digits of an id, or an expression that yields them. */
export const DIGITS_FORM = { regex: '^\\s*\\d+\\s*$', errorMessage: 'Enter the digits of the ID' };

/** Ids are checked again when the node runs: the form's patterns do not see what expressions yield. */
export function locatorField(locator: Locator): INodeProperties {
	const { displayName, name, description, required = false, list, example, form } = locator;
	const modes: INodePropertyMode[] = [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose…',
			typeOptions: { searchListMethod: list, searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: `e.g. ${example}`,
			...(form === undefined ? {} : { validation: [{ type: 'regex', properties: form }] }),
		},
	];
	if (locator.address !== undefined) {
		const { regex, example: address } = locator.address;
		modes.push({
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: `e.g. ${address}`,
			extractValue: { type: 'regex', regex },
			validation: [
				{ type: 'regex', properties: { regex, errorMessage: 'Enter the address of such a page' } },
			],
		});
	}
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required,
		description,
		modes,
	};
}
