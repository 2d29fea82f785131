import type { INodeExecutionData } from 'n8n-workflow';

import type { RecordedRequest } from '../../sandbox/index.mts';
import { CallsByItem, judge, type Judgement } from './judge.mts';
import { ownersIn, ownValues } from './plan.mts';
import type { FinishedRun } from './runs.mts';

const items = [ownValues(1), ownValues(2)];
const [one, two] = items.map(({ own }) => own) as [string, string];

const request = (own: string, more: Partial<RecordedRequest> = {}): RecordedRequest => ({
	vendor: 'weiban',
	at: 0,
	method: 'POST',
	path: '/close',
	rawUrl: '/close',
	query: {},
	headers: {},
	body: JSON.stringify({ order_no: own }),
	parts: [],
	status: 200,
	answer: '{}',
	accepted: true,
	refusal: null,
	...more,
});
const result = (item: number, json: object): INodeExecutionData => ({
	json: json as INodeExecutionData['json'],
	pairedItem: { item },
});
const failed = (item: number, description: string, error = 'no answer') =>
	result(item, { error, details: { description } });

const MAY = 'The call may have taken effect. Look the record up in Weiban before you repeat it.';
const NOTHING = 'Nothing was changed, so you can run it again.';

/** The end of the first item, and all that is wrong. */
function judged(
	output: INodeExecutionData[],
	requests: RecordedRequest[],
	plan: Partial<FinishedRun['plan']> = { writes: '/close' },
) {
	const run: FinishedRun = {
		vendor: 'weiban',
		plan: { name: 'workOrder.close', parameters: {}, ...plan },
		items,
		requestOptions: {},
		output,
	};
	const judgements: Judgement[] = judge(run, new CallsByItem(requests));
	return {
		end: judgements[0]?.end,
		violations: judgements.flatMap(({ violations }) => violations.map(({ kind }) => kind)),
	};
}
const good = [result(1, { id: two })];
const goodCalls = [request(two)];

test('a result for each item, each done once, is right', () => {
	expect(judged([result(0, { id: one }), ...good], [request(one), ...goodCalls])).toEqual({
		end: 'written',
		violations: [],
	});
});

test('a created record is known by the id that the vendor gave to the item', () => {
	const calls = [request(one, { answer: '{"id":"77"}' }), ...goodCalls];
	expect(judged([result(0, { id: '77' }), ...good], calls).violations).toEqual([]);
	expect(judged([result(0, { id: '78' }), ...good], calls).violations).toEqual(['wrongItem']);
});

test.each<[string, INodeExecutionData[], RecordedRequest[], string[]]>([
	[
		'a write that was done twice',
		[result(0, { id: one })],
		[request(one), request(one)],
		['twice'],
	],
	[
		'a write that was done twice and failed',
		[failed(0, MAY)],
		[request(one), request(one)],
		['twice'],
	],
	['a result of another item', [result(0, { id: two })], [request(one)], ['wrongItem']],
	[
		'a result that shows another item as well',
		[result(0, { id: one, other: two })],
		[request(one)],
		['wrongItem'],
	],
	['an item without anything', [], [], ['nothing']],
	[
		'a result beside an error',
		[result(0, { id: one }), failed(0, MAY)],
		[request(one)],
		['nothing'],
	],
	['a write that was never done', [result(0, { id: one })], [], ['notDone']],
	[
		'a write that was refused',
		[result(0, { id: one })],
		[request(one, { accepted: false })],
		['notDone'],
	],
	['a denied write', [failed(0, NOTHING)], [request(one)], ['denied']],
	['an error that says nothing', [failed(0, 'Test the credential.')], [], ['unclear']],
])('the judge sees %s', (_what, output, requests, violations) => {
	expect(judged([...output, ...good], [...requests, ...goodCalls]).violations).toEqual(violations);
});

test.each<[string, RecordedRequest[], string]>([
	[MAY, [request(one)], 'ambiguousDone'],
	[MAY, [], 'ambiguousNotDone'],
	[NOTHING, [], 'certainlyNotDone'],
	['Wait a minute. It was tried 6 times in 290 seconds.', [], 'ranOut'],
])('a write that failed saying "%s" is no violation', (description, requests, end) => {
	const output = [failed(0, description), ...good];
	expect(judged(output, [...requests, ...goodCalls])).toEqual({ end, violations: [] });
});

test('a read may be asked for often, but must not fail', () => {
	const read = { writes: undefined };
	const calls = [request(one), request(one)];
	expect(judged([result(0, { id: one }), ...good], calls, read).violations).toEqual([]);
	expect(judged([failed(0, NOTHING), ...good], calls, read).violations).toEqual(['readFailed']);
});

test('an item is found by its number, in either form of a UUID, and in names of files', () => {
	const { own, uuid, key } = ownValues(123);
	expect([...ownersIn(`?id=${uuid}&key=${key} ${own}.png`)]).toEqual([own]);
	const parts = [{ name: 'file', fileName: `${one}.png`, contentType: null, content: Buffer.of() }];
	expect(new CallsByItem([request('', { parts })]).of(one)).toHaveLength(1);
});
