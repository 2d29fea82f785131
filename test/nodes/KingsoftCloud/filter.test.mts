import type { IDataObject, INode } from 'n8n-workflow';

import { Fields } from '../../../lib/fields.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { ticketFilter, ticketFilterFields } from '../../../nodes/KingsoftCloud/trigger/filter.ts';
import { toWorkOrder } from '../../../nodes/KingsoftCloud/workOrder.ts';

const choicesOf = (name: string): unknown[] => {
	const { options = [] } = ticketFilterFields.find((field) => field.name === name) ?? {};
	return options.map((option) => ('value' in option ? option.value : undefined)).sort();
};

const told = (field: 'status' | 'priority' | 'type', numbers: readonly number[]) =>
	numbers.map((number) => toWorkOrder({ id: '1204', [field]: number })[field]).sort();

test.each([
	['statuses', 'status', [1, 2, 3, 4]],
	['priorities', 'priority', [1, 2, 3]],
	['type', 'type', [1, 2, 3]],
] as const)('%s offers what tickets can have, no more and no less', (name, field, numbers) => {
	expect(choicesOf(name)).toEqual(told(field, numbers));
});

/** A ticket as its details show it, and as a list row does (seed kingsoft). */
const details: JsonObject = {
	id: '17',
	title: 'Leaking Pipe',
	detail: 'In the cellar',
	status: 1,
	priority: 2,
	type: 1,
	customer_organization_id: 'c1',
	customer_organization_name: 'Northern Mills',
	product_group_id: '36',
	product_group_name: 'Cloud Host',
	assigns: [{ is_handler: true, user_id: 'a1', user_name: 'Li Lei' }],
};
const filterOf = (values: IDataObject) =>
	ticketFilter(new Fields({ node: { name: 'Node' } as INode }, [], 'UTC', (name) => values[name]));

test.each<[IDataObject, boolean]>([
	[{ keyword: '17' }, true],
	[{ keyword: 'PIPE' }, true],
	[{ keyword: ' cellar ' }, true],
	[{ keyword: 'mills' }, false],
	[{ type: 'Troubleshooting' }, true],
	[{ type: 'Consultation' }, false],
	[{ priorities: ['urgent', 'high'] }, true],
	[{ priorities: ['urgent'] }, false],
	[{ statuses: ['open'] }, true],
	[{ statuses: ['closed', 'cancelled'] }, false],
	[{ keyword: 'pipe', statuses: ['open'], priorities: ['high'], type: 'Troubleshooting' }, true],
	[{ keyword: 'pipe', statuses: ['closed'] }, false],
])('the filters %j, of which a list row tells, let the ticket through: %s', (values, passes) => {
	const { matches, excludes, key } = filterOf(values);
	const row = Object.fromEntries(Object.entries(details).filter(([name]) => name !== 'assigns'));
	expect([matches(details), matches(row)]).toEqual([passes, passes]);
	expect([excludes(details), excludes(row)]).toEqual([!passes, !passes]);
	expect(key).not.toBe('');
});

test.each<[IDataObject, boolean]>([
	[{ assignee: 'a1' }, true],
	[{ assignee: ' li ' }, true],
	[{ assignee: 'a' }, false],
	[{ assignee: 'c1' }, false],
	[{ customer: 'c1' }, true],
	[{ customer: 'northern' }, true],
	[{ customer: 'Li' }, false],
	[{ productLine: '36' }, true],
	[{ productLine: '3' }, false],
	[{ productLine: 'host' }, true],
	[{ assignee: 'a1', customer: 'c1', productLine: '36', statuses: ['open'] }, true],
	[{ assignee: 'a1', customer: 'c2' }, false],
])('the filters %j, of which details tell, let the ticket through: %s', (values, passes) => {
	const { matches, excludes } = filterOf(values);
	expect([matches(details), excludes(details)]).toEqual([passes, !passes]);
	// A row does not tell, so it is not excluded before its details are known.
	const row = { id: '17', title: 'Leaking Pipe', status: 1, priority: 2, type: 1 };
	expect(excludes(row)).toBe(false);
	expect(filterOf({ ...values, statuses: ['closed'] }).excludes(row)).toBe(true);
});

test.each<IDataObject>([
	{},
	{ assignee: '', customer: ' ', keyword: '', type: '', priorities: [], statuses: [] },
	{ assignee: null, keyword: undefined, priorities: undefined, statuses: null },
])('%j filters nothing', (values) => {
	const { key, matches, excludes } = filterOf(values);
	expect([key, matches(details), excludes(details)]).toEqual(['', true, false]);
	expect([matches({ id: '1' }), excludes({ id: '1' })]).toEqual([true, false]);
});

test('the same filter has the same key, another one another', () => {
	const key = (values: IDataObject) => filterOf(values).key;
	expect(key({ keyword: ' a ' })).toBe(key({ keyword: 'a', statuses: [] }));
	expect(new Set([{ keyword: 'a' }, { assignee: 'a' }, { productLine: 'a' }].map(key)).size).toBe(
		3,
	);
});
