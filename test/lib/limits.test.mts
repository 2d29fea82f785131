import {
	accountKey,
	MINUTE_MS,
	ownTurns,
	vendorTurns,
	type CallToGovern,
	type VendorLimit,
} from '../../lib/limits.ts';

const limits: readonly VendorLimit[] = [
	{ calls: 600, withinMs: MINUTE_MS, of: 'endpoint' },
	{ calls: 36_000, withinMs: 60 * MINUTE_MS, of: 'endpoint' },
	{ calls: 5, of: 'kind' },
];
const call: CallToGovern = { account: 'A', node: 'n', path: '/list', kind: 'read', limits };
const figures = (pace: object) =>
	vendorTurns(call, pace).map((turn) => turn.limits.map(({ calls }) => calls));

test('limits that count the same calls make one turn, those of calls under way the last', () => {
	expect(vendorTurns(call, {})).toEqual([
		{
			key: 'A endpoint /list',
			limits: [
				{ calls: 600, withinMs: MINUTE_MS },
				{ calls: 36_000, withinMs: 60 * MINUTE_MS },
			],
		},
		{ key: 'A kind read', limits: [{ calls: 5, withinMs: undefined }] },
	]);
	expect(ownTurns(call, {})).toEqual([]);
});

test('what counts together has one name, what does not has another', () => {
	const keys = (change: Partial<CallToGovern>) =>
		vendorTurns({ ...call, ...change }, {}).map(({ key }) => key);
	expect(keys({ node: 'other' })).toEqual(keys({}));
	expect(keys({ path: '/detail' })).toEqual(['A endpoint /detail', 'A kind read']);
	expect(keys({ kind: 'write' })).toEqual(['A endpoint /list', 'A kind write']);
	expect(keys({ account: 'B' })).toEqual(['B endpoint /list', 'B kind read']);
	expect(keys({ limits: [{ calls: 1, of: 'account' }] })).toEqual(['A account ']);
});

test('a share divides every limit, and leaves one call of each', () => {
	expect(figures({ share: 0.5 })).toEqual([[300, 18_000], [2]]);
	expect(figures({ share: 0.01 })).toEqual([[6, 360], [1]]);
});

test("a node's own limit holds beside the vendor's, and above it widens the vendor's", () => {
	const own = (requestsPerMinute: number) => ownTurns(call, { requestsPerMinute });
	expect(own(10)).toEqual([
		{ key: 'A node n /list', limits: [{ calls: 10, withinMs: MINUTE_MS }] },
	]);
	expect(figures({ requestsPerMinute: 10 })).toEqual([[600, 36_000], [5]]);
	expect(figures({ requestsPerMinute: 1200 })).toEqual([[1200, 72_000], [5]]);
	expect(figures({ maxConcurrent: 2 })).toEqual([[600, 36_000], [5]]);
	expect(figures({ maxConcurrent: 8 })).toEqual([[600, 36_000], [8]]);
});

test('the same account has the same name in all its credentials', () => {
	const fields = ['apiAddress', 'corpId'];
	const key = accountKey('weibanApi', { apiAddress: 'https://a.test', corpId: '1' }, fields);
	const same = { apiAddress: ' https://a.test/ ', corpId: 1, secret: 'x', session: 'y' };
	expect(accountKey('weibanApi', same, fields)).toBe(key);
	for (const other of [
		{ apiAddress: 'https://a.test', corpId: '2' },
		{ apiAddress: 'https://b.test', corpId: '1' },
		{ apiAddress: '', corpId: 'https://a.test' },
	]) {
		expect(accountKey('weibanApi', other, fields)).not.toBe(key);
	}
	expect(accountKey('otherApi', same, fields)).not.toBe(key);
});
