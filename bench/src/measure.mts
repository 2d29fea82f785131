/** One line of the table. */
export interface Row {
	/** What was compared: "read, 1,000 items, against HTTP Request". */
	subject: string;
	/** Ours, in the unit of the row. */
	ours: number;
	/** The other side; absent where there is none. */
	theirs?: number;
	unit: 'ms' | 'µs' | 'KB' | 'MB' | 'B' | 'files' | 'requests' | 'events/s' | 'refusals' | 'power';
	/** What is budgeted: ours / theirs, or ours alone where there is no other side. */
	figure: number;
	/** Names the row's budget in bench/budgets.json; absent: shown only. */
	budget?: string;
	/** What the reader should know: the method of this row, or the floor that explains it. */
	remark?: string;
	/** Whether a slow machine could break the budget; when absent, whether the measure says so. */
	timed?: boolean;
}

/** One measure of the benchmark. */
export interface Measure {
	/** "json" */
	name: string;
	title: string;
	/** What both sides are, in a sentence or two. */
	method: string;
	/** Whether it has rows that do not depend on the machine's speed: those are checked, others reported. */
	exact: boolean;
	/** With `exactOnly`, timed rows may be left out. */
	run(log: (text: string) => void, options: { exactOnly: boolean }): Promise<Row[]>;
}

export interface Budget {
	/** The figure may be at most this. */
	most?: number;
	/** The figure must be at least this. */
	least?: number;
	/** In words, with the unit. */
	says: string;
	/** Why it can't be met, and what the floor is. */
	why?: string;
	/** Where it can't be met: the most that the check lets pass in its place. */
	kept?: number;
}
