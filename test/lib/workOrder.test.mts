import type { IDataObject, INode } from 'n8n-workflow';

import { Fields } from '../../lib/fields.ts';
import { titleOf } from '../../lib/titles.ts';
import { firstText, idOrNull, textOrNull, type WorkOrder } from '../../lib/workOrder.ts';
import {
	contains,
	isParty,
	readWorkOrderFilter,
	workOrderFilter,
} from '../../lib/workOrderFilter.ts';

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

const order = {
	number: 'WO-17',
	title: 'Leaking Pipe',
	description: null,
	status: 'open',
	priority: 'high',
	type: 'Repair',
	assignee: { id: 'a1', name: 'Li Lei' },
	customer: { id: 'c1', name: null },
} as WorkOrder;

const filterOf = (values: IDataObject) =>
	workOrderFilter(
		readWorkOrderFilter(
			new Fields({ node: { name: 'Node' } as INode }, [], 'UTC', (name) => values[name]),
		),
	);

test.each<[IDataObject, boolean]>([
	[{ assignee: 'a1' }, true],
	[{ assignee: ' li ' }, true],
	[{ assignee: 'a' }, false],
	[{ assignee: 'c1' }, false],
	[{ customer: 'c1' }, true],
	[{ customer: 'c' }, false],
	[{ customer: 'Li' }, false],
	[{ keyword: 'wo-1' }, true],
	[{ keyword: 'PIPE' }, true],
	[{ keyword: 17 }, true],
	[{ keyword: 'repair' }, false],
	[{ type: 'pair' }, true],
	[{ type: 'pipe' }, false],
	[{ priorities: ['low', 'high'] }, true],
	[{ priorities: ['low'] }, false],
	[{ statuses: ['open'] }, true],
	[{ statuses: ['closed'] }, false],
	[
		{
			assignee: 'a1',
			customer: 'c1',
			keyword: 'pipe',
			type: 'repair',
			priorities: ['high'],
			statuses: ['open'],
		},
		true,
	],
	[{ assignee: 'a1', statuses: ['closed'] }, false],
])('the filters %j let the order through: %s', (values, passes) => {
	expect(filterOf(values)?.(order)).toBe(passes);
});

test('a description is searched, too', () => {
	const described = { ...order, description: 'In the cellar' };
	expect(filterOf({ keyword: 'cellar' })?.(described)).toBe(true);
	expect(filterOf({ keyword: 'cellar' })?.(order)).toBe(false);
});

test.each<IDataObject>([
	{},
	{ assignee: '', customer: ' ', keyword: '', type: '', priorities: [], statuses: [] },
	{ assignee: null, keyword: undefined, priorities: undefined, statuses: null },
])('%j filters nothing', (values) => {
	expect(filterOf(values)).toBeUndefined();
});

test('a part is found whatever the case, the empty part everywhere', () => {
	expect(contains('Pipe', 'iP')).toBe(true);
	expect(contains('Pipe', 'x')).toBe(false);
	expect(contains(null, '')).toBe(true);
	expect(contains(null, 'x')).toBe(false);
	expect(isParty({ id: 'a', name: 'Bo' }, 'a')).toBe(true);
	expect(isParty({ id: 'ab', name: 'Bo' }, 'a')).toBe(false);
	expect(isParty({ id: null, name: 'Bo' }, 'b')).toBe(true);
});
