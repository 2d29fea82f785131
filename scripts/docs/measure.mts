// What each operation asks of its vendor: every example, run in n8n's engine against the sandbox.
import { startSandbox, type RecordedRequest, type Vendor } from '../../sandbox/index.mts';
import { Engine, forgetCalls } from '../../test/engine/engine.mts';
import { examples, runExample } from '../../test/engine/examples/index.mts';

export interface MeasuredOperation {
	vendor: Vendor;
	/** "ticket.getAll" */
	name: string;
	requests: RecordedRequest[];
}

/** Measures every operation that has an example; progress goes to `log`. */
export async function measureOperations(log: (text: string) => void): Promise<MeasuredOperation[]> {
	const engine = await Engine.load();
	const sandbox = await startSandbox();
	try {
		const measured: MeasuredOperation[] = [];
		for (const vendor of Object.keys(examples) as Vendor[]) {
			for (const name of Object.keys(examples[vendor])) {
				forgetCalls();
				const { requests } = await runExample(engine, sandbox, vendor, name);
				measured.push({ vendor, name, requests });
			}
			log(`${vendor}: ${Object.keys(examples[vendor]).length} operations measured`);
		}
		return measured;
	} finally {
		await sandbox.close();
	}
}
