import type { IDataObject } from 'n8n-workflow';

import { mappedFields, mappedValues } from '../../lib/mapping.ts';
import type { Item } from '../../lib/operation.ts';

const input: IDataObject = { title: 'Leak', level: 2, other: 'x', gone: 'y', none: null };

function itemWith(mapped: unknown, itemIndex = 1): Item {
	const context = { getInputData: () => [{ json: {} }, { json: input }] };
	const fields = {
		raw: () => mapped,
		refuse: (...words: string[]) => {
			throw new Error(words.join('; '));
		},
	};
	return { context, itemIndex, fields } as unknown as Item;
}

const values = (mapped: unknown, itemIndex?: number) =>
	mappedValues(itemWith(mapped, itemIndex), 'values');

test.each([
	[{ mappingMode: 'defineBelow', value: { a: 1 } }, { a: 1 }],
	[{ mappingMode: 'defineBelow', value: null }, {}],
	[{ mappingMode: 'defineBelow' }, {}],
	[{ value: { a: 1 } }, { a: 1 }],
	[null, {}],
	[undefined, {}],
])('entered as %j are the values %j', (mapped, expected) => {
	expect(values(mapped)).toEqual(expected);
});

test('of the input item those count that bear the name of a field that is wanted', () => {
	const schema = [
		{ id: 'title' },
		{ id: 'level', removed: false },
		{ id: 'gone', removed: true },
		{ id: 'none' },
		{ id: 'absent' },
	];
	const mapped = { mappingMode: 'autoMapInputData', schema, value: { title: 'not this' } };
	expect(values(mapped)).toEqual({ title: 'Leak', level: 2, none: null });
	expect(values(mapped, 0)).toEqual({});
	expect(values(mapped, 9)).toEqual({});
	expect(values({ mappingMode: 'autoMapInputData' })).toEqual({});
});

test.each(['text', 7, [], true])('%j, which is no mapping, is refused', (mapped) => {
	for (const read of [mappedValues, mappedFields]) {
		expect(() => read(itemWith(mapped), 'values')).toThrow(
			'values; is not a mapping; Map the fields in the node.',
		);
	}
});

test.each(['text', 7, []])('a mapping with the values %j is refused', (value) => {
	expect(() => values({ mappingMode: 'defineBelow', value })).toThrow('values; has no values;');
});

test('mapped fields are those that have an id and were not taken out', () => {
	const schema = [
		{ id: 'a', type: 'string' },
		{ id: 'b' },
		{ id: 'c', removed: true },
		{ id: 7 },
		{},
		null,
		'd',
	];
	expect(mappedFields(itemWith({ schema }), 'values')).toEqual([
		{ id: 'a', type: 'string' },
		{ id: 'b', type: undefined },
	]);
	for (const none of [undefined, null, 'text', {}]) {
		expect(mappedFields(itemWith({ schema: none }), 'values')).toEqual([]);
	}
});
