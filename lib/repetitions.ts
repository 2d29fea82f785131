/** Ids that a trigger remembers, newest last. */
export interface Remembered {
	ids?: string[];
}

/** What is known of an answer that is being sent. */
export interface Answer {
	readonly closed: boolean;
	once(event: 'close', listener: () => void): unknown;
}

const CAP = 1000;

/**
 * Tells repeated deliveries. n8n reads its memory anew for each request and keeps the later of two
 * writes, so deliveries that arrive together also need what this process knows.
 */
export class Repetitions {
	private readonly running = new Map<string, Promise<void>>();
	private readonly taken = new Map<string, Set<string>>();

	/**
	 * Whether the delivery `id` of `trigger` is to be run: false where an earlier one was taken. One that
	 * is still being answered is waited for, since it may fail.
	 */
	async claim(trigger: string, id: string, memory: Remembered, answer: Answer): Promise<boolean> {
		const name = `${trigger} ${id}`;
		for (let other = this.running.get(name); other; other = this.running.get(name)) await other;
		if (this.known(trigger, memory).has(id)) return false;
		this.running.set(name, this.end(name, answer));
		return true;
	}

	/** To be called once n8n has taken the delivery. */
	remember(trigger: string, id: string, memory: Remembered): void {
		const ids = [...this.known(trigger, memory).add(id)].slice(-CAP);
		this.taken.set(trigger, new Set(ids));
		memory.ids = ids;
	}

	private known(trigger: string, memory: Remembered): Set<string> {
		return new Set([...(memory.ids ?? []), ...(this.taken.get(trigger) ?? [])]);
	}

	private async end(name: string, answer: Answer): Promise<void> {
		// Waits in any case, so that the promise is entered before it is taken out.
		await (answer.closed ? undefined : new Promise<void>((done) => answer.once('close', done)));
		this.running.delete(name);
	}
}
