import fc from 'fast-check';

import { inOrder } from '../../lib/inOrder.ts';

const pause = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

function begin() {
	const ended = new AbortController();
	return { stop: () => ended.abort(), signal: ended.signal };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('results stand in the order of the tasks, with no more under way than wanted', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.nat({ max: 50 })),
			fc.integer({ min: 1, max: 8 }),
			async (durations, width) => {
				const { stop, signal } = begin();
				let underWay = 0;
				let most = 0;
				const results = inOrder(durations.length, width, stop, signal, async (index) => {
					most = Math.max(most, ++underWay);
					await pause(durations[index] ?? 0);
					underWay--;
					return index;
				});
				await jest.runAllTimersAsync();
				expect(await results).toEqual(durations.map((_ms, index) => index));
				expect(most).toBe(Math.min(width, durations.length));
			},
		),
	);
});

test('after the first error none is begun, those under way end, and it is thrown', async () => {
	const { stop, signal } = begin();
	const begun: number[] = [];
	const ended: number[] = [];
	const durations = [300, 50, 100, 200, 10, 10];
	const results = inOrder(6, 3, stop, signal, async (index) => {
		begun.push(index);
		await pause(durations[index] ?? 0);
		ended.push(index);
		if (index === 2 || index === 3) throw new Error(`task ${index}`);
		return index;
	});
	const thrown = expect(results).rejects.toThrow('task 2');
	await jest.runAllTimersAsync();
	await thrown;
	expect(begun).toEqual([0, 1, 2, 3]);
	expect(ended.sort()).toEqual([0, 1, 2, 3]);
	expect(signal.aborted).toBe(true);
});

test('somebody else can keep the rest back', async () => {
	const { stop } = begin();
	const outside = new AbortController();
	const begun: number[] = [];
	const results = inOrder(5, 1, stop, outside.signal, async (index) => {
		begun.push(index);
		if (index === 1) outside.abort();
		return index;
	});
	expect(await results).toHaveLength(5);
	expect(begun).toEqual([0, 1]);
});
