import { EventEmitter } from 'node:events';

import { Repetitions, type Remembered } from '../../lib/repetitions';

const answered = () => Object.assign(new EventEmitter(), { closed: true });

/** What a trigger does with a delivery that passes; n8n may fail to take it. */
async function taken(repetitions: Repetitions, id: string, memory: Remembered, fails = false) {
	const runs = await repetitions.claim('t', id, memory, answered());
	if (runs && !fails) repetitions.remember('t', id, memory);
	return runs;
}

describe('repeated deliveries', () => {
	it('are told after a success, also by what n8n has saved', async () => {
		const memory: Remembered = {};
		const first = new Repetitions();
		expect(await taken(first, 'a', memory)).toBe(true);
		expect(await taken(first, 'a', {})).toBe(false);
		expect(await taken(new Repetitions(), 'a', memory)).toBe(false);
		expect(await first.claim('other', 'a', {}, answered())).toBe(true);
	});

	it('run again after a failure', async () => {
		const repetitions = new Repetitions();
		expect(await taken(repetitions, 'a', {}, true)).toBe(true);
		expect(await taken(repetitions, 'a', {})).toBe(true);
		expect(await taken(repetitions, 'a', {})).toBe(false);
	});

	it.each([
		[false, 1],
		[true, 2],
	])('that arrive together wait for the first; it fails: %j', async (fails, runs) => {
		const repetitions = new Repetitions();
		const slow = Object.assign(new EventEmitter(), { closed: false });
		const first = repetitions.claim('t', 'a', {}, slow);
		const others = [1, 2, 3].map(() => taken(repetitions, 'a', {}));
		setImmediate(() => {
			if (!fails) repetitions.remember('t', 'a', {});
			slow.emit('close');
		});
		const all = await Promise.all([first, ...others]);
		expect(all.filter(Boolean)).toHaveLength(runs);
	});

	it('keeps what another request has overwritten in n8n', async () => {
		const repetitions = new Repetitions();
		const [one, two]: Remembered[] = [{}, {}];
		await taken(repetitions, 'a', one ?? {});
		await taken(repetitions, 'b', two ?? {});
		expect(two?.ids).toEqual(['a', 'b']);
	});

	it('are remembered up to a thousand', async () => {
		const repetitions = new Repetitions();
		const memory: Remembered = {};
		for (let i = 0; i < 1500; i++) {
			await taken(repetitions, String(i).padStart(24, '0'), memory);
		}
		expect(memory.ids).toHaveLength(1000);
		expect(JSON.stringify(memory).length).toBeLessThan(28_000);
		expect(await taken(repetitions, '1499'.padStart(24, '0'), memory)).toBe(false);
	});
});
