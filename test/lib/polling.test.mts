import type { IPollFunctions } from 'n8n-workflow';

import { recall, remember, unlessUnderWay } from '../../lib/polling';

interface Memory {
	told: string[];
}

/** One node in n8n, whose polls each get a copy of what is saved, as in n8n's durable scheduler. */
class Node {
	static #count = 0;
	readonly #id = String(Node.#count++);
	saved: object = {};

	/** A poll that is about to start: its memory has been read. */
	prepare() {
		const copy = structuredClone(this.saved);
		const context = {
			getWorkflow: () => ({ id: 'workflow' }),
			getNode: () => ({ id: this.#id }),
			getWorkflowStaticData: () => copy,
		} as unknown as IPollFunctions;
		return {
			run: async (poll: (context: IPollFunctions) => Promise<string>) =>
				await unlessUnderWay(context, async () => await poll(context)),
			save: () => (this.saved = copy),
			memory: copy,
		};
	}

	/** A whole poll, saved as it should be. */
	async poll(news: string) {
		const poll = this.prepare();
		const outcome = await poll.run(tells(news));
		poll.save();
		return outcome;
	}
}

/** A poll that remembers what it tells. */
function tells(news: string) {
	return async (context: IPollFunctions) => {
		const before = recall<Memory>(context);
		remember(context, before, { told: [...(before?.told ?? []), news] });
		return news;
	};
}

/** A poll that leaves this memory behind, whatever it was. */
function leaves(told: string[]) {
	return async (context: IPollFunctions) => {
		remember(context, recall<Memory>(context), { told });
		return told.join();
	};
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a memory', () => {
	it('is not touched where it stays the same', async () => {
		const node = new Node();
		await node.poll('a');
		const next = node.prepare();
		const before = JSON.stringify(next.memory);
		expect(await next.run(leaves(['a']))).toBe('a');
		expect(JSON.stringify(next.memory)).toBe(before);
	});
});

describe('a poll is left out', () => {
	it('while another of the same node runs, and only then', async () => {
		const node = new Node();
		let finish = (): void => undefined;
		const first = node.prepare().run(
			async () =>
				await new Promise<string>((resolve) => {
					finish = () => resolve('first');
				}),
		);
		const second = jest.fn(async () => 'second');
		expect(await node.prepare().run(second)).toBeNull();
		expect(second).not.toHaveBeenCalled();
		expect(await new Node().poll('other node')).toBe('other node');
		finish();
		expect(await first).toBe('first');
		expect(await node.prepare().run(second)).toBe('second');
	});

	it.each([0, 1])(
		'where its memory was read before %i polls and the last were saved',
		async (n) => {
			const node = new Node();
			await node.poll('a');
			const early = node.prepare();
			for (let count = 0; count < n; count++) await node.poll(`between ${count}`);
			const last = node.prepare();
			expect(await last.run(tells('b'))).toBe('b');
			const unsaved = node.prepare();
			last.save();
			const poll = jest.fn(tells('b'));
			expect(await early.run(poll)).toBeNull();
			expect(await unsaved.run(poll)).toBeNull();
			expect(poll).not.toHaveBeenCalled();
			expect(await node.poll('c')).toBe('c');
		},
	);

	it('where two were the first', async () => {
		const node = new Node();
		const [first, second] = [node.prepare(), node.prepare()];
		expect(await first.run(tells('everything there is'))).not.toBeNull();
		expect(await second.run(tells('everything there is'))).toBeNull();
	});
});

describe('a poll is not left out', () => {
	it('where what is remembered has become again what it was', async () => {
		const node = new Node();
		for (const told of [['a'], ['b'], ['a']]) {
			const poll = node.prepare();
			expect(await poll.run(leaves(told))).toBe(told.join());
			poll.save();
		}
		expect(await node.poll('c')).toBe('c');
	});

	it('after one that failed, or that changed nothing', async () => {
		const node = new Node();
		await node.poll('a');
		const failing = node.prepare().run(async () => await Promise.reject(new Error('No answer')));
		await expect(failing).rejects.toThrow('No answer');
		const [one, other] = [node.prepare(), node.prepare()];
		expect(await one.run(leaves(['a']))).toBe('a');
		expect(await other.run(tells('b'))).toBe('b');
	});

	it('for more than half a minute after n8n failed to save', async () => {
		const node = new Node();
		await node.poll('a');
		for (let round = 0; round < 3; round++) {
			expect(await node.prepare().run(tells('b'))).toBe('b');
			jest.advanceTimersByTime(29_000);
			expect(await node.prepare().run(tells('b'))).toBeNull();
			jest.advanceTimersByTime(1_000);
		}
		expect(await node.poll('b')).toBe('b');
	});
});
