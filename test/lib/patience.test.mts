import { getEventListeners } from 'node:events';

import { Cancelled, inTime, patienceOf, rest, unlessCancelled } from '../../lib/patience.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('work is awaited, also where nothing can cancel it', async () => {
	const { signal } = new AbortController();
	await expect(unlessCancelled(Promise.resolve(5), signal)).resolves.toBe(5);
	await expect(unlessCancelled(Promise.resolve(6))).resolves.toBe(6);
	await expect(unlessCancelled(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
	expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a signal ends it at once, before and in between, and nothing keeps listening', async () => {
	const cancel = new AbortController();
	const waiting = expect(rest(60_000, cancel.signal)).rejects.toBeInstanceOf(Cancelled);
	expect(getEventListeners(cancel.signal, 'abort')).toHaveLength(1);
	cancel.abort();
	await waiting;
	expect(getEventListeners(cancel.signal, 'abort')).toEqual([]);
	await expect(rest(60_000, cancel.signal)).rejects.toBeInstanceOf(Cancelled);
});

test('an execution waits as long as it takes, a poll as n8n grants, others for moments', () => {
	const { signal } = new AbortController();
	const execution = { getExecutionCancelSignal: () => signal };
	expect(patienceOf(execution)).toEqual({ signal, until: Infinity });
	const other = new AbortController().signal;
	expect(patienceOf(execution, other)).toEqual({ signal: other, until: Infinity });
	const begin = performance.now();
	const poll = { getActivationMode: () => 'activate', getPollBudgetMs: () => 100_000 };
	const { until } = patienceOf(poll);
	expect(until).toBeGreaterThan(begin + 50_000);
	expect(until).toBeLessThan(begin + 100_000);
	jest.advanceTimersByTime(5_000);
	expect(patienceOf(poll).until).toBe(until);
	expect(patienceOf({}).until).toBe(performance.now() + 10_000);
	// Older n8n versions grant no budget: five minutes are theirs.
	expect(patienceOf({ getActivationMode: () => 'activate' }).until).toBeLessThan(
		performance.now() + 300_000,
	);
});

test('work that takes longer than its time is not waited for', async () => {
	jest.useRealTimers();
	await expect(inTime(Promise.resolve(5), 1_000)).resolves.toBe(5);
	await expect(inTime(Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no');
	await expect(inTime(new Promise(() => {}), 10)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
});
