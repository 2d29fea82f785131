import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { Engine } from './engine.mts';

export interface Started {
	readonly engine: Engine;
	readonly sandbox: Sandbox;
}

/** Starts n8n's engine and a sandbox for the tests of a file; each finds the vendors as they were seeded. */
export function onSandbox(take: (started: Started) => void): void {
	let sandbox: Sandbox | undefined;
	beforeAll(async () => {
		sandbox = await startSandbox();
		take({ engine: await Engine.load(), sandbox });
	}, 60_000);
	beforeEach(() => sandbox?.reset());
	afterAll(async () => await sandbox?.close());
}
