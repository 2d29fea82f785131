import type { IDataObject } from 'n8n-workflow';

import { mappedValues } from '../../lib/mapping.ts';
import type { Item } from '../../lib/operation.ts';

const input: IDataObject = { title: 'Leak', level: 2, other: 'x', gone: 'y', none: null };

function values(mapped: unknown, itemIndex = 1) {
	const context = { getInputData: () => [{ json: {} }, { json: input }] };
	return mappedValues(
		{ context, itemIndex, fields: { raw: () => mapped } } as unknown as Item,
		'fields',
	);
}

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
