import type { INode } from 'n8n-workflow';

import type { CallSite } from '../../../lib/exchange.ts';
import type { JsonValue } from '../../../lib/json.ts';
import { hintAtMore, pageIn } from '../../../nodes/Kingdee/transport/records.ts';

function site() {
	const said: string[] = [];
	const context = {
		getNode: () => ({ name: 'Node', type: 'kingdee', typeVersion: 1 }) as INode,
		logger: { warn: (text: string) => said.push(text) },
	};
	const hint = (remark: string) => void said.push(remark);
	return { said, site: { context, hint } as unknown as CallSite };
}
const read = (data: JsonValue | undefined, size = 2) => pageIn(site().site, data, size);
const [a, b] = [{ id: '1' }, { id: 2 }];

test.each<[JsonValue | undefined, object]>([
	[[a, b], { rows: [a, b], full: true, total: undefined }],
	[[a], { rows: [a], full: false, total: undefined }],
	[[], { rows: [], full: false, total: undefined }],
	[
		{ rows: [a], count: 7 },
		{ rows: [a], full: false, total: 7 },
	],
	[
		{ rows: [a], total: '7' },
		{ rows: [a], full: false, total: 7 },
	],
	[
		{ other: 'x', list: [a, b], count: 2 },
		{ rows: [a, b], full: true, total: 2 },
	],
	[
		{ rows: null, count: 0 },
		{ rows: [], full: false, total: 0 },
	],
	[{ count: '0' }, { rows: [], full: false, total: 0 }],
	[null, { rows: [], full: false, total: undefined }],
	['', { rows: [], full: false, total: undefined }],
	[undefined, { rows: [], full: false, total: undefined }],
])('%j is the page %j', (data, page) => {
	expect(read(data)).toEqual(page);
});

test.each<[JsonValue]>([
	['text'],
	[7],
	[{ rows: 'x', count: 0 }],
	[{ count: 3 }],
	[{ rows: null }],
	[[{ name: 'no id' }, { id: '' }, 'x', null]],
])('%j is a form that is not known, and is shown', (data) => {
	expect(() => read(data)).toThrow('Kingdee sent a list in a form that is not known');
	try {
		read(data);
	} catch (error) {
		expect(error).toMatchObject({
			description: expect.stringMatching(/^Kingdee does not publish the form\. Please report it/),
			context: { data: { body: JSON.stringify(data) } },
		});
	}
});

test('rows without an id are left out, which is told, and the page is as full as it came', () => {
	const { said, site: asking } = site();
	expect(pageIn(asking, [a, { name: 'x' }], 2)).toEqual({
		rows: [a],
		full: true,
		total: undefined,
	});
	expect(said).toEqual([
		'Kingdee sent 1 rows without an id',
		'Kingdee sent 1 rows without an id; they are left out.',
	]);
	const whole = site();
	pageIn(whole.site, [a, b], 2);
	expect(whole.said).toEqual([]);
});

test.each([
	[10, 11, ['Kingdee has 11 of them; Limit let 10 through.']],
	[10, 10, []],
	[10, 9, []],
	[10, undefined, []],
])('of a limit of %d and %s rows is said %j', (limit, total, remarks) => {
	const { said, site: asking } = site();
	hintAtMore(asking, limit, total);
	expect(said).toEqual(remarks);
});
