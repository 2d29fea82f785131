import fc from 'fast-check';
import type { INode } from 'n8n-workflow';

import { vendorError, type VendorFailure } from '../../lib/errors.ts';
import type { CallSite, VendorProfile, VendorRequest } from '../../lib/exchange.ts';
import { pauseMs, repeatedly } from '../../lib/retry.ts';

const profile = { name: 'Acme' } as VendorProfile;
const node = { name: 'Node', type: 'acme', typeVersion: 1 } as INode;
const read = { kind: 'read' } as VendorRequest;
const write = { kind: 'write' } as VendorRequest;

const cancel = { signal: new AbortController().signal };
const execution = { getExecutionCancelSignal: () => cancel.signal, getNode: () => node };
const poll = {
	getActivationMode: () => 'activate',
	getPollBudgetMs: () => 20_000,
	getNode: () => node,
};
const editor = { getNode: () => node };

function siteOf(context: object, more: Partial<CallSite> = {}): CallSite {
	return { context: context as CallSite['context'], ...more };
}

const failures: Record<string, VendorFailure> = {
	passing: { message: 'm', advice: 'a.', cause: 'temporarily-unavailable', repeatable: 'reads' },
	notSent: {
		message: 'm',
		advice: 'a.',
		cause: 'temporarily-unavailable',
		repeatable: 'everything',
	},
	limited: {
		message: 'm',
		advice: 'a.',
		cause: 'rate-limited',
		retryAfterMs: 60_000,
		repeatable: 'everything',
	},
	lasting: { message: 'm', advice: 'a.', cause: 'credential-invalid' },
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

/**
 * Fails so often before it succeeds, each time after waiting for its turn; answers how often it was made, when,
 * and what came of it.
 */
async function made(
	site: CallSite,
	request: VendorRequest,
	kind: keyof typeof failures,
	failing = Infinity,
	turnMs = 0,
) {
	const times: number[] = [];
	const begin = performance.now();
	const outcome = repeatedly(site, profile, request, async ({ waited }) => {
		if (turnMs > 0) await new Promise((resolve) => setTimeout(resolve, turnMs));
		waited?.(turnMs);
		times.push(performance.now() - begin);
		if (times.length > failing) return 'done';
		throw vendorError({ node, itemIndex: 3 }, failures[kind] as VendorFailure);
	}).catch((error: unknown) => error as Error & { description: string });
	await jest.runAllTimersAsync();
	return { times, outcome: await outcome };
}

test.each([
	['read', 'passing', true],
	['read', 'notSent', true],
	['read', 'limited', true],
	['read', 'lasting', false],
	['write', 'passing', false],
	['write', 'notSent', true],
	['write', 'limited', true],
	['write', 'lasting', false],
] as const)('a %s that failed as %s is repeated: %s', async (kind, failure, repeated) => {
	const request = kind === 'read' ? read : write;
	const { times, outcome } = await made(siteOf(execution), request, failure, 1);
	expect(times).toHaveLength(repeated ? 2 : 1);
	if (repeated) expect(outcome).toBe('done');
	else expect(outcome).toMatchObject({ message: 'm', description: 'a.' });
});

test('pauses grow, are spread over their whole length, and none is shorter than the vendor asks', () => {
	const passing = failures.passing as VendorFailure;
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 40 }),
			fc.nat({ max: 600_000 }),
			(number, retryAfterMs) => {
				const most = Math.min(20_000, 1_000 * 2 ** (number - 1));
				const pause = pauseMs(passing, number);
				expect(pause).toBeGreaterThanOrEqual(0);
				expect(pause).toBeLessThan(most);
				const asked = pauseMs({ ...passing, retryAfterMs }, number);
				expect(asked).toBeGreaterThanOrEqual(retryAfterMs);
				expect(asked).toBeLessThan(retryAfterMs + most + 1_000);
			},
		),
	);
	const drawn = Array.from({ length: 1_000 }, () => pauseMs(passing, 3));
	expect(Math.min(...drawn)).toBeLessThan(400);
	expect(Math.max(...drawn)).toBeGreaterThan(3_600);
});

test('a call is repeated for the time that was granted, and the error says how often', async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0.999);
	const usual = await made(siteOf(execution), read, 'passing');
	expect(usual.times.at(-1)).toBeGreaterThan(60_000);
	expect(usual.times.at(-1)).toBeLessThanOrEqual(90_000);
	const chosen = siteOf(execution, { requestOptions: { maxRetryMs: 8_000 } });
	const { times, outcome } = await made(chosen, read, 'passing');
	expect(times.map((ms) => Math.round(ms / 1_000))).toEqual([0, 1, 3, 7]);
	expect(outcome).toMatchObject({ description: 'a. It was tried 4 times in 7 seconds.' });
	const never = siteOf(execution, { requestOptions: { maxRetryMs: 0 } });
	expect((await made(never, read, 'passing')).times).toHaveLength(1);
});

test('waiting for a turn takes nothing of that time, but it does of a poll', async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0.999);
	const inLine = await made(siteOf(execution), read, 'passing', Infinity, 60_000);
	const alone = await made(siteOf(execution), read, 'passing');
	expect(inLine.times).toHaveLength(alone.times.length);
	expect((await made(siteOf({ ...poll }), read, 'passing', Infinity, 60_000)).times).toHaveLength(
		1,
	);
});

test('a minute that the vendor asks for is waited for once', async () => {
	const { times } = await made(siteOf(execution), write, 'limited');
	expect(times).toHaveLength(2);
	expect(times[1]).toBeGreaterThanOrEqual(60_000);
});

test('a poll does not go on beyond its time, a list in the editor not beyond moments', async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0.999);
	const polled = await made(siteOf(poll), read, 'passing');
	expect(polled.times.at(-1)).toBeGreaterThan(5_000);
	expect(polled.times.at(-1)).toBeLessThanOrEqual(14_000);
	expect((await made(siteOf(poll), read, 'limited')).times).toHaveLength(1);
	const listed = await made(siteOf(editor), read, 'passing');
	expect(listed.times.at(-1)).toBeLessThanOrEqual(10_000);
	expect((await made(siteOf(editor), read, 'limited')).times).toHaveLength(1);
});

test('a cancelled execution ends the pause at once and says so', async () => {
	const ended = new AbortController();
	const begin = performance.now();
	const site = siteOf(execution, { signal: ended.signal });
	const outcome = repeatedly(site, profile, read, async () => {
		throw vendorError({ node }, failures.limited as VendorFailure);
	});
	const thrown = expect(outcome).rejects.toMatchObject({
		message: 'The wait for Acme was ended: the execution was canceled',
		description: 'Nothing was changed.',
	});
	await jest.advanceTimersByTimeAsync(2_000);
	ended.abort();
	await thrown;
	expect(performance.now() - begin).toBe(2_000);
});

test('a remark tells of repetitions where the call succeeded', async () => {
	const hint = jest.fn();
	await made(siteOf(execution, { hint }), read, 'passing', 2);
	await made(siteOf(execution, { hint }), read, 'limited', 1);
	await made(siteOf(execution, { hint }), read, 'passing', 0);
	await made(siteOf(execution, { hint }), read, 'lasting');
	expect(new Set(hint.mock.calls.flat())).toEqual(
		new Set([
			'Calls to Acme were repeated because it was not available for a moment.',
			'Calls to Acme were repeated because its limit was reached for a moment.',
		]),
	);
});

test('other errors pass through as they are', async () => {
	const error = new TypeError('a bug');
	const outcome = repeatedly(
		siteOf(execution),
		profile,
		read,
		async () => await Promise.reject(error),
	);
	await expect(outcome).rejects.toBe(error);
});
