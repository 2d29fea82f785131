import type { INode } from 'n8n-workflow';

import { asItems } from '../../lib/events.ts';
import { Fields } from '../../lib/fields.ts';
import { wantedCount } from '../../lib/listing.ts';
import { concurrency, requestOptionsField, requestOptionsIn } from '../../lib/requestOptions.ts';

const node = { name: 'Node', type: 'acme', typeVersion: 1 } as INode;
const fieldsOf = (values: Record<string, unknown>) =>
	new Fields({ node }, [requestOptionsField], 'UTC', (name) => values[name]);
const chosen = (options: object) => requestOptionsIn(fieldsOf({ requestOptions: options }));

test('what a person chose comes in ms and parts of one', () => {
	expect(
		chosen({
			maxConcurrent: 3,
			maxRetryTime: 7,
			requestsPerMinute: '20',
			limitShare: 50,
			timeout: 9,
		}),
	).toEqual({
		maxConcurrent: 3,
		maxRetryMs: 7_000,
		requestsPerMinute: 20,
		share: 0.5,
		timeoutMs: 9_000,
	});
	expect(chosen({ maxRetryTime: 0, limitShare: 100 })).toEqual({ maxRetryMs: 0, share: 1 });
	expect(chosen({})).toEqual({});
	expect(chosen({ timeout: '' })).toEqual({});
});

test.each([
	[{ maxConcurrent: 0 }, /^Max Concurrent is not a whole number from 1 up: "0"/],
	[{ maxRetryTime: -1 }, /^Max Retry Time is not a whole number from 0 up: "-1"/],
	[{ requestsPerMinute: 0 }, /^Requests per Minute is not/],
	[{ limitShare: 0 }, /^Share of the Limits is not/],
	[{ limitShare: 101 }, /^Share of the Limits is above 100: "101"/],
	[{ timeout: 0 }, /^Timeout is not/],
	[{ timeout: 'long' }, /^Timeout is not a number/],
])('%j is refused', (options, message) => {
	expect(() => chosen(options)).toThrow(message);
});

test('reads run five at a time, changes one after another, unless a person wants it', () => {
	expect(concurrency({}, true)).toBe(5);
	expect(concurrency({}, false)).toBe(1);
	expect(concurrency({ maxConcurrent: 3 }, true)).toBe(3);
	expect(concurrency({ maxConcurrent: 3 }, false)).toBe(3);
});

test('how many results are wanted', () => {
	expect(wantedCount(fieldsOf({ returnAll: true, limit: 'x' }))).toBe(Infinity);
	expect(wantedCount(fieldsOf({ returnAll: false, limit: 7 }))).toBe(7);
	expect(() => wantedCount(fieldsOf({ limit: 0 }))).toThrow(/from 1 up/);
});

test('where nothing happened a trigger emits nothing', () => {
	expect(asItems([])).toBeNull();
	expect(asItems([{ id: 'a' }, { id: 'b' }])).toEqual([
		[{ json: { id: 'a' } }, { json: { id: 'b' } }],
	]);
});
