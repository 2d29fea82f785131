import { sleep } from 'n8n-workflow';

import { Cancelled, type Patience } from './patience';

/** So many calls within any such time; without a time, so many under way at once. */
export interface Limit {
	readonly calls: number;
	readonly withinMs?: number;
}

/** Which calls count together, and how many of them there may be. */
export interface Turn {
	/** Holds no secret. */
	readonly key: string;
	readonly limits: readonly Limit[];
}

/** Thrown where a turn would come later than its caller can wait. */
export class NoTurn extends Error {
	/** Ms until calls are free again; undefined where others have to end first. */
	readonly waitMs: number | undefined;

	constructor(waitMs: number | undefined) {
		super('No call is free in time');
		this.waitMs = waitMs;
	}
}

interface Waiter {
	readonly limits: readonly Limit[];
	readonly until: number;
	readonly admit: () => void;
	readonly refuse: (waitMs: number | undefined) => void;
}

/** The vendor's clock and this one do not run at quite the same speed. */
const MARGIN_MS = 200;

/**
 * Lets calls through, first come, first served. A call counts from when it is let through until its window
 * has passed since its *end*: when it arrived at the vendor in between is not known.
 */
class Gate {
	private readonly queue: Waiter[] = [];
	/** When past calls ended, oldest first. */
	private readonly ended: number[] = [];
	private underWay = 0;
	private closedUntil = -Infinity;
	private passedSinceClosing = 0;
	/** Time of the next look at the queue that is arranged. */
	private nextLook = Infinity;
	private mostRemembered = 0;
	private longestWindowMs = 0;

	async enter(limits: readonly Limit[], { signal, until }: Patience): Promise<void> {
		if (signal?.aborted === true) throw new Cancelled();
		this.learn(limits);
		await new Promise<void>((resolve, reject) => {
			const leaveQueue = () => {
				signal?.removeEventListener('abort', cancel);
				const index = this.queue.indexOf(waiter);
				if (index >= 0) this.queue.splice(index, 1);
			};
			const cancel = () => {
				leaveQueue();
				reject(new Cancelled());
				this.look();
			};
			const waiter: Waiter = {
				limits,
				until,
				admit: () => {
					leaveQueue();
					resolve();
				},
				refuse: (waitMs) => {
					leaveQueue();
					reject(new NoTurn(waitMs));
				},
			};
			signal?.addEventListener('abort', cancel);
			this.queue.push(waiter);
			this.look();
			if (until !== Infinity && this.queue.includes(waiter)) this.endWaitOf(waiter);
		});
	}

	/** @param sent whether the call may have reached the vendor */
	leave(sent: boolean): void {
		this.underWay--;
		if (sent) this.remember();
		this.look();
	}

	/** Counts a call that was made without a turn. */
	count(limits: readonly Limit[]): void {
		this.learn(limits);
		this.remember();
	}

	/**
	 * The vendor refused a call that was let through. Closes the gate for so long, unless that was done just
	 * now and to no avail: then it is another limit than the one that passes in this time.
	 *
	 * @param asked whether the vendor itself asked for this time, which then counts in any case
	 * @returns whether waiting makes sense
	 */
	close(ms: number, asked: boolean): boolean {
		const now = performance.now();
		if (now < this.closedUntil) return true;
		this.passedSinceClosing--;
		const isOther = now < this.closedUntil + ms && this.passedSinceClosing <= 0;
		if (isOther && !asked) return false;
		this.closedUntil = now + ms;
		this.passedSinceClosing = 0;
		return true;
	}

	isIdle(): boolean {
		const now = performance.now();
		const last = Math.max(this.ended.at(-1) ?? -Infinity, this.closedUntil);
		return (
			this.queue.length === 0 &&
			this.underWay === 0 &&
			last + this.longestWindowMs + MARGIN_MS < now
		);
	}

	private learn(limits: readonly Limit[]): void {
		for (const { calls, withinMs } of limits) {
			if (withinMs === undefined) continue;
			this.mostRemembered = Math.max(this.mostRemembered, calls);
			this.longestWindowMs = Math.max(this.longestWindowMs, withinMs);
		}
	}

	private remember(): void {
		const now = performance.now();
		if (now >= this.closedUntil) this.passedSinceClosing++;
		if (this.mostRemembered === 0) return;
		this.ended.push(now);
		if (this.ended.length >= 2 * this.mostRemembered) this.ended.splice(0, this.mostRemembered);
	}

	/** When a call may go; Infinity where another one has to end first. */
	private opensAt(limits: readonly Limit[]): number {
		const times = limits.map(({ calls, withinMs }) => {
			const free = calls - this.underWay;
			if (free <= 0) return Infinity;
			const end = withinMs === undefined ? undefined : this.ended.at(-free);
			return end === undefined ? -Infinity : end + (withinMs ?? 0) + MARGIN_MS;
		});
		return Math.max(this.closedUntil, ...times);
	}

	private look(): void {
		for (let first = this.queue[0]; first !== undefined; first = this.queue[0]) {
			const now = performance.now();
			const at = this.opensAt(first.limits);
			if (at <= now) {
				this.underWay++;
				first.admit();
			} else if (at !== Infinity && at > first.until) {
				first.refuse(at - now);
			} else {
				this.lookAt(at, now);
				return;
			}
		}
	}

	private lookAt(time: number, now: number): void {
		if (time >= this.nextLook) return;
		this.nextLook = time;
		void sleep(time - now).then(() => {
			if (this.nextLook === time) this.nextLook = Infinity;
			this.look();
		});
	}

	private endWaitOf(waiter: Waiter): void {
		void sleep(waiter.until - performance.now()).then(() => {
			if (!this.queue.includes(waiter)) return;
			waiter.refuse(undefined);
			this.look();
		});
	}
}

const gates = new Map<string, Gate>();

function gateOf(key: string): Gate {
	const known = gates.get(key);
	if (known !== undefined) return known;
	for (const [name, gate] of gates) {
		if (gate.isIdle()) gates.delete(name);
	}
	const gate = new Gate();
	gates.set(key, gate);
	return gate;
}

/**
 * Makes a call when all its turns have come.
 *
 * @throws Cancelled, or NoTurn where the caller cannot wait so long; the call is not made then
 */
export async function inTurn<T>(
	turns: readonly Turn[],
	patience: Patience,
	call: () => Promise<T>,
): Promise<T> {
	const entered: Gate[] = [];
	let sent = false;
	try {
		for (const { key, limits } of turns) {
			const gate = gateOf(key);
			await gate.enter(limits, patience);
			entered.push(gate);
		}
		sent = true;
		return await call();
	} finally {
		for (const gate of entered) gate.leave(sent);
	}
}

/** Counts a call that is made whatever the limits say. */
export function countCall({ key, limits }: Turn): void {
	gateOf(key).count(limits);
}

/** See `Gate.close`. */
export function holdOff({ key }: Turn, ms: number, asked: boolean): boolean {
	return gateOf(key).close(ms, asked);
}

/** How many accounts and kinds of calls are remembered. */
export function rememberedGates(): number {
	return gates.size;
}

/** Forgets every call: for tests, whose vendors begin anew. */
export function forgetCalls(): void {
	gates.clear();
}
