import fc from 'fast-check';

import {
	countCall,
	forgetCalls,
	holdOff,
	inTurn,
	NoTurn,
	rememberedGates,
	type Limit,
	type Turn,
} from '../../lib/governor.ts';
import { Cancelled, type Patience } from '../../lib/patience.ts';
import { runs } from '../properties.mts';

const MINUTE_MS = 60_000;
const patient: Patience = { until: Infinity };

beforeEach(() => {
	jest.useFakeTimers();
	forgetCalls();
});
afterEach(() => jest.useRealTimers());

const now = () => performance.now();
const made = async () => now();
const pause = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

interface Call {
	index: number;
	start: number;
	end: number;
}

/** Makes calls that come at the given times and last so long; answers them in the order of their start. */
async function run(turns: readonly Turn[], calls: readonly { at: number; lasts: number }[]) {
	const started: Call[] = [];
	const begin = now();
	const all = calls.map(async ({ at, lasts }, index) => {
		await pause(at);
		await inTurn(turns, patient, async () => {
			const call = { index, start: now() - begin, end: Infinity };
			started.push(call);
			await pause(lasts);
			call.end = now() - begin;
		});
	});
	await jest.runAllTimersAsync();
	await Promise.all(all);
	return started;
}

/** Calls that may have reached the vendor in the window that ends when `call` starts. */
function inWindow(started: readonly Call[], call: Call, withinMs: number): number {
	return started.filter((other) => other.start <= call.start && other.end > call.start - withinMs)
		.length;
}

/** When the last call could start at the earliest, if the vendor counted a call from its end. */
function leastStart(calls: readonly { at: number; lasts: number }[], limits: readonly Limit[]) {
	const starts: number[] = [];
	const ends: number[] = [];
	for (const { at, lasts } of calls) {
		const free = limits.map(({ calls: most, withinMs = 0 }) => {
			const earlier = [...ends].sort((a, b) => a - b).at(-most);
			return earlier === undefined ? 0 : earlier + withinMs;
		});
		const start = Math.max(at, starts.at(-1) ?? 0, ...free);
		starts.push(start);
		ends.push(start + lasts);
	}
	return starts.at(-1) ?? 0;
}

const patterns = fc
	.array(fc.record({ gap: fc.nat({ max: 40_000 }), lasts: fc.nat({ max: 3_000 }) }), {
		minLength: 1,
		maxLength: 60,
	})
	// Bursts are what limits are for.
	.chain((calls) =>
		fc.constantFrom(0, 1, 1, 30).map((spread) => {
			let at = 0;
			return calls.map(({ gap, lasts }) => ({
				at: (at += spread === 0 ? 0 : Math.floor(gap / spread)),
				lasts,
			}));
		}),
	);

test('whatever comes when, no window is ever exceeded, nobody overtakes, and no time is lost', async () => {
	const limits = [
		{ calls: 5, withinMs: MINUTE_MS },
		{ calls: 20, withinMs: 10 * MINUTE_MS },
	];
	await fc.assert(
		fc.asyncProperty(patterns, async (calls) => {
			forgetCalls();
			const started = await run([{ key: 'a', limits }], calls);
			expect(started.map(({ index }) => index)).toEqual(calls.map((_call, index) => index));
			for (const call of started) {
				for (const { calls: most, withinMs } of limits) {
					expect(inWindow(started, call, withinMs)).toBeLessThanOrEqual(most);
				}
			}
			const least = leastStart(calls, limits);
			expect(started.at(-1)?.start).toBeLessThanOrEqual(least * 1.05 + 1);
		}),
		runs(150),
	);
});

test('whatever comes when, no more are under way than allowed, and nobody overtakes', async () => {
	await fc.assert(
		fc.asyncProperty(patterns, fc.integer({ min: 1, max: 6 }), async (calls, most) => {
			forgetCalls();
			const started = await run([{ key: 'a', limits: [{ calls: most }] }], calls);
			expect(started.map(({ index }) => index)).toEqual(calls.map((_call, index) => index));
			for (const { start } of started) {
				const underWay = started.filter((other) => other.start <= start && other.end > start);
				expect(underWay.length).toBeLessThanOrEqual(most);
			}
		}),
		runs(100),
	);
});

test('a place among the calls under way is not held while waiting for a window', async () => {
	const five: Turn = { key: 'reads', limits: [{ calls: 5 }] };
	const full: Turn = { key: 'list', limits: [{ calls: 1, withinMs: MINUTE_MS }] };
	const waiting = Array.from({ length: 10 }, async () => await inTurn([full, five], patient, made));
	const begin = now();
	const detail = inTurn([{ key: 'detail', limits: full.limits }, five], patient, made);
	await jest.advanceTimersByTimeAsync(100);
	expect(await detail).toBe(begin);
	await jest.runAllTimersAsync();
	await Promise.all(waiting);
});

test('a cancelled wait ends at once, counts for nothing, and the next one moves up', async () => {
	const turn: Turn = { key: 'a', limits: [{ calls: 1, withinMs: MINUTE_MS }] };
	await inTurn([turn], patient, async () => undefined);
	const begin = now();
	const cancel = new AbortController();
	const called = jest.fn();
	const cancelled = inTurn([turn], { signal: cancel.signal, until: Infinity }, called);
	const next = inTurn([turn], patient, async () => now() - begin);
	const refused = expect(cancelled).rejects.toBeInstanceOf(Cancelled);
	await jest.advanceTimersByTimeAsync(1_000);
	cancel.abort();
	await refused;
	expect(now() - begin).toBe(1_000);
	await jest.runAllTimersAsync();
	expect(called).not.toHaveBeenCalled();
	expect(await next).toBeLessThan(MINUTE_MS * 1.05);
	const late = inTurn([turn], { signal: cancel.signal, until: Infinity }, called);
	await expect(late).rejects.toBeInstanceOf(Cancelled);
});

test('a call that was never made counts for none of its turns', async () => {
	const window: Turn = { key: 'list', limits: [{ calls: 1, withinMs: MINUTE_MS }] };
	const one: Turn = { key: 'reads', limits: [{ calls: 1 }] };
	const long = inTurn([one], patient, async () => await pause(5_000));
	const cancel = new AbortController();
	const waiting = inTurn([window, one], { signal: cancel.signal, until: Infinity }, jest.fn());
	const refused = expect(waiting).rejects.toBeInstanceOf(Cancelled);
	await jest.advanceTimersByTimeAsync(1_000);
	cancel.abort();
	await refused;
	const begin = now();
	expect(await inTurn([window], patient, made)).toBe(begin);
	await jest.runAllTimersAsync();
	await long;
});

test.each(['cancelled', 'refused'])(
	'where the first one is %s, those behind it need not wait for what it waited for',
	async (how) => {
		const strict: Turn = { key: 'a', limits: [{ calls: 1, withinMs: 10 * MINUTE_MS }] };
		const lax: Turn = { key: 'a', limits: [{ calls: 100 }] };
		const held = inTurn([lax], patient, async () => await pause(60_000));
		const cancel = new AbortController();
		const begin = now();
		const until = how === 'refused' ? begin + 2_000 : Infinity;
		const first = inTurn([strict], { signal: cancel.signal, until }, jest.fn());
		const ended = expect(first).rejects.toBeDefined();
		const second = inTurn([lax], patient, made);
		await jest.advanceTimersByTimeAsync(2_000);
		cancel.abort();
		await ended;
		expect(await second).toBe(begin + 2_000);
		await jest.runAllTimersAsync();
		await held;
	},
);

test('who has no time for the wait hears so at once, and how long it would be', async () => {
	const turn: Turn = { key: 'a', limits: [{ calls: 1, withinMs: MINUTE_MS }] };
	await inTurn([turn], patient, async () => undefined);
	await jest.advanceTimersByTimeAsync(20_000);
	const begin = now();
	const refused = inTurn([turn], { until: now() + 30_000 }, jest.fn());
	await expect(refused).rejects.toMatchObject({ waitMs: expect.closeTo(40_200, -2) });
	expect(now()).toBe(begin);
	const inTime = inTurn([turn], { until: now() + 50_000 }, async () => 'done');
	await jest.runAllTimersAsync();
	await expect(inTime).resolves.toBe('done');
});

test('who waits behind others until the time is up is refused then', async () => {
	const turn: Turn = { key: 'a', limits: [{ calls: 1 }] };
	const long = inTurn([turn], patient, async () => await pause(60_000));
	const begin = now();
	const waiting = inTurn([turn], { until: now() + 10_000 }, jest.fn());
	const refused = expect(waiting).rejects.toBeInstanceOf(NoTurn);
	await jest.advanceTimersByTimeAsync(10_000);
	await refused;
	expect(now() - begin).toBe(10_000);
	await jest.runAllTimersAsync();
	await long;
});

test('a call that failed counts, one that was counted without a turn as well', async () => {
	const turn: Turn = { key: 'a', limits: [{ calls: 2, withinMs: MINUTE_MS }] };
	await expect(
		inTurn([turn], patient, async () => await Promise.reject(new Error('reset'))),
	).rejects.toThrow('reset');
	countCall(turn);
	const third = inTurn([turn], { until: now() + 1_000 }, jest.fn());
	await expect(third).rejects.toBeInstanceOf(NoTurn);
});

test('after a refusal nobody goes for the time that the vendor asks for', async () => {
	const turn: Turn = { key: 'a', limits: [{ calls: 100, withinMs: MINUTE_MS }] };
	await inTurn([turn], patient, async () => undefined);
	expect(holdOff(turn, 30_000, false)).toBe(true);
	// Others were under way; their refusals tell nothing new.
	expect(holdOff(turn, 30_000, false)).toBe(true);
	const begin = now();
	const next = inTurn([turn], patient, async () => now() - begin);
	await jest.runAllTimersAsync();
	expect(await next).toBe(30_000);
});

test('waiting is in vain where the vendor refuses again at once, until a call passes', async () => {
	const turn: Turn = { key: 'a', limits: [{ calls: 100, withinMs: MINUTE_MS }] };
	const call = async () => {
		const made = inTurn([turn], patient, async () => undefined);
		await jest.runAllTimersAsync();
		await made;
	};
	for (let calls = 0; calls < 5; calls++) await call();
	// It ends, though not refused, while nobody else may go.
	const underWay = inTurn([turn], patient, async () => await pause(1_000));
	await jest.advanceTimersByTimeAsync(0);
	expect(holdOff(turn, MINUTE_MS, false)).toBe(true);
	await jest.advanceTimersByTimeAsync(1_000);
	await underWay;
	await call();
	expect(holdOff(turn, MINUTE_MS, false)).toBe(false);
	await call();
	expect(holdOff(turn, MINUTE_MS, false)).toBe(false);
	await call();
	await call();
	expect(holdOff(turn, MINUTE_MS, false)).toBe(true);
});

test('waiting is never in vain for a time that the vendor names itself', async () => {
	const turn: Turn = { key: 'a', limits: [{ calls: 100, withinMs: MINUTE_MS }] };
	const begin = now();
	for (let refusals = 1; refusals <= 3; refusals++) {
		const made = inTurn([turn], patient, async () => undefined);
		await jest.runAllTimersAsync();
		await made;
		expect(holdOff(turn, 7_000, true)).toBe(true);
	}
	const next = inTurn([turn], patient, async () => now() - begin);
	await jest.runAllTimersAsync();
	expect(await next).toBe(21_000);
});

test('accounts that were idle for their longest window are forgotten', async () => {
	const call = async (key: string) =>
		await inTurn([{ key, limits: [{ calls: 5, withinMs: MINUTE_MS }] }], patient, made);
	for (let account = 0; account < 100; account++) await call(`account ${account}`);
	expect(rememberedGates()).toBe(100);
	await jest.advanceTimersByTimeAsync(MINUTE_MS / 2);
	await call('account 7');
	await jest.advanceTimersByTimeAsync(MINUTE_MS / 2 + 1_000);
	await call('another');
	expect(rememberedGates()).toBe(2);
});
