import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unflatten } from '../src/flatted.mts';
import type { KeptEvent } from './source.mts';

interface Row {
	id: number;
	workflowId: string;
	status: string;
	createdAt: string;
	data: string;
}

export interface KeptExecution {
	id: number;
	workflowId: string;
	status: string;
	createdAt: string;
	/** What the trigger gave. */
	events: KeptEvent[];
}

type Lists = Array<Array<{ json: Record<string, unknown> }> | null>;

interface StoredData {
	resultData?: { runData?: Record<string, Array<{ data?: { main?: Lists } }>> };
	executionData?: {
		nodeExecutionStack?: Array<{ node: { name: string }; data: { main?: Lists } }>;
	};
}

/** An execution that has not run yet has the trigger's data as the input of its first step. */
function triggerItems(data: StoredData, trigger: string): Array<Record<string, unknown>> {
	const runs = data.resultData?.runData?.[trigger] ?? [];
	const steps = data.executionData?.nodeExecutionStack ?? [];
	const places = [
		...runs.map((run) => run.data?.main),
		...steps.filter(({ node }) => node.name === trigger).map((step) => step.data.main),
	];
	for (const lists of places) {
		const items = (lists ?? []).flatMap((list) => list ?? []).map(({ json }) => json);
		// After a crash n8n may have put an item of its own in the place of lost data.
		const events = items.filter((json) => typeof json['id'] === 'string');
		if (events.length > 0) return events;
	}
	return [];
}

/** The database of an n8n, for reading only. */
export class Database {
	readonly #file: string;

	constructor(userFolder: string) {
		this.#file = join(userFolder, '.n8n', 'database.sqlite');
	}

	#read<T>(query: (database: DatabaseSync) => T): T {
		const database = new DatabaseSync(this.#file, { readOnly: true, timeout: 5000 });
		try {
			return query(database);
		} finally {
			database.close();
		}
	}

	lastExecutionId(): number {
		return this.#read((database) => {
			const row = database.prepare('SELECT MAX(id) AS last FROM execution_entity').get();
			return Number(row?.['last'] ?? 0);
		});
	}

	/** All executions, oldest first; `trigger` is the name of the first node. */
	executions(trigger: string): KeptExecution[] {
		const rows = this.#read((database) =>
			database
				.prepare(
					`SELECT e.id, e.workflowId, e.status, e.createdAt, d.data
					   FROM execution_entity e JOIN execution_data d ON d.executionId = e.id
					  ORDER BY e.id`,
				)
				.all(),
		) as unknown as Row[];
		return rows.map(({ id, workflowId, status, createdAt, data }) => ({
			id,
			workflowId,
			status,
			createdAt,
			events: triggerItems(unflatten(data) as StoredData, trigger).map((json) => ({
				id: String(json['id']),
				executionId: id,
				// SQLite's times are UTC and do not say so.
				keptAt: Date.parse(`${createdAt}Z`),
				json,
			})),
		}));
	}
}
