import { DIGITS_FORM, locatorField } from '../../lib/locator.ts';

const ticket = {
	displayName: 'Ticket',
	name: 'ticketId',
	description: 'The ticket',
	list: 'searchTickets',
	example: '1473',
};
const list = {
	displayName: 'From List',
	name: 'list',
	type: 'list',
	placeholder: 'Choose…',
	typeOptions: { searchListMethod: 'searchTickets', searchable: true },
};
const id = { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1473' };

test('a field for an id is picked from a list or entered', () => {
	expect(locatorField(ticket)).toEqual({
		displayName: 'Ticket',
		name: 'ticketId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: false,
		description: 'The ticket',
		modes: [list, id],
	});
});

test('an id that is entered has the form that is asked for', () => {
	const { modes } = locatorField({ ...ticket, required: true, form: DIGITS_FORM });
	expect(modes).toEqual([
		list,
		{ ...id, validation: [{ type: 'regex', properties: DIGITS_FORM }] },
	]);
	const pattern = new RegExp(DIGITS_FORM.regex);
	for (const good of ['1473', ' 9007199254740993 ']) expect(good).toMatch(pattern);
	for (const bad of ['', 'a1', '1a', '1 2', '-1']) expect(bad).not.toMatch(pattern);
});

test('an id can be taken out of an address, which is checked as it is entered', () => {
	const regex = '^https://a.test/(\\d+)$';
	const { modes } = locatorField({ ...ticket, address: { regex, example: 'https://a.test/1' } });
	expect(modes?.[2]).toEqual({
		displayName: 'By URL',
		name: 'url',
		type: 'string',
		placeholder: 'e.g. https://a.test/1',
		extractValue: { type: 'regex', regex },
		validation: [
			{ type: 'regex', properties: { regex, errorMessage: 'Enter the address of such a page' } },
		],
	});
});
