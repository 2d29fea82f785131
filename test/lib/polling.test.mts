import type { INode, IPollFunctions } from 'n8n-workflow';

import { Fields } from '../../lib/fields';
import {
	pollEnd,
	pollingOptions,
	pollSettings,
	recall,
	remember,
	unlessUnderWay,
} from '../../lib/polling';

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

describe('the settings of a poll', () => {
	const poll = (more: object = {}) => ({ ...more }) as unknown as IPollFunctions;
	const options = (values: Record<string, unknown>) =>
		new Fields({ node: { name: 'Node' } as INode }, pollingOptions, 'UTC', (name) => values[name]);

	it('are what the person chose, or the usual ones', () => {
		expect(pollSettings(poll(), options({}))).toMatchObject({ emitExisting: false, cap: 100 });
		expect(pollSettings(poll(), options({ emitExisting: true, maxEvents: '7' }))).toMatchObject({
			emitExisting: true,
			cap: 7,
		});
	});

	it.each([{ emitExisting: 'no' }, { maxEvents: 0 }, { maxEvents: 1.5 }])('refuse %j', (values) => {
		expect(() => pollSettings(poll(), options(values))).toThrow(
			/^(Also Emit Existing is neither|Max Events per Poll is not a whole number)/,
		);
	});

	it.each([
		[{ getPollBudgetMs: () => 100_000 }, 70_000],
		[{ getPollBudgetMs: 'unknown' }, 210_000],
		[{}, 210_000],
	])('grant the usable part of what n8n grants: %j', (more, usable) => {
		const context = poll(more);
		const begin = performance.now();
		const { hasTime } = pollSettings(context, options({}));
		expect(pollEnd(context)).toBe(begin + usable);
		jest.advanceTimersByTime(usable - 1);
		expect(hasTime()).toBe(true);
		jest.advanceTimersByTime(1);
		expect(hasTime()).toBe(false);
		expect(pollSettings(context, options({})).hasTime()).toBe(false);
		expect(pollEnd(poll(more))).toBe(begin + 2 * usable);
	});
});

describe('a memory', () => {
	it('is nothing before the first poll, then what was remembered, with a count of its changes', async () => {
		const node = new Node();
		const first = node.prepare();
		await first.run(async (context) => {
			expect(recall(context)).toBeUndefined();
			remember(context, undefined, { told: [] });
			return '';
		});
		expect(first.memory).toEqual({ watch: { told: [] }, turn: 1 });
		first.save();
		await node.poll('a');
		expect(node.saved).toEqual({ watch: { told: ['a'] }, turn: 2 });
	});

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
