import { contains } from '../../lib/textFilter.ts';
import { titleOf } from '../../lib/titles.ts';
import { firstText, idOrNull, textOrNull } from '../../lib/workOrder.ts';

test.each([
	['a', 'a'],
	[' ', ' '],
	[0, '0'],
	[1.5, '1.5'],
	[false, 'false'],
	['', null],
	[null, null],
	[undefined, null],
	[{}, null],
	[[], null],
])('the text of %j is %j', (value, text) => {
	expect(textOrNull(value)).toBe(text);
});

test('the first name that holds text counts', () => {
	const record = { a: '', b: null, c: 'C', d: 'D' };
	expect(firstText(record, ['a', 'b', 'x', 'c', 'd'])).toBe('C');
	expect(firstText(record, ['d', 'c'])).toBe('D');
	expect(firstText(record, ['a', 'b'])).toBeNull();
});

test.each([
	['0', null],
	[0, null],
	['', null],
	[null, null],
	['00', '00'],
	['9007199254740993', '9007199254740993'],
])('the id of %j is %j', (value, id) => {
	expect(idOrNull(value)).toBe(id);
});

test.each([
	['groupChat', 'Group Chat'],
	['customerId', 'Customer ID'],
	['customerIds', 'Customer IDs'],
	['avatarUrl', 'Avatar URL'],
	['id', 'ID'],
	['ids', 'IDs'],
	['url', 'URL'],
	['identity', 'Identity'],
	['workOrderTypeList', 'Work Order Type List'],
])('%s is called %s on a form', (name, title) => {
	expect(titleOf(name)).toBe(title);
});

test('a part is found whatever the case, the empty part everywhere', () => {
	expect(contains('Pipe', 'iP')).toBe(true);
	expect(contains('Pipe', 'x')).toBe(false);
	expect(contains(null, '')).toBe(true);
	expect(contains(null, 'x')).toBe(false);
});
