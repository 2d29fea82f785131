// A runner of tests for jest that stays: it is told turn by turn which test file to run and which mutant to
// switch on. Packages stay loaded; the project's own files are loaded anew for every turn.
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';

import type { JestEnvironment } from '@jest/environment';
import type { TestResult } from '@jest/test-result';
import type { Circus, Config } from '@jest/types';

import type { TestSeen, Turn, TurnSeen } from './turns.mts';

interface Coverage {
	static: Record<string, number>;
	perTest: Record<string, Record<string, number>>;
}

/** The names are Stryker's. */
interface Switch {
	activeMutant?: string;
	currentTestId?: string;
	mutantCoverage: Coverage;
	hitCount: number;
	/** A mutant that is passed more often throws: it is in a loop without end. */
	hitLimit: number;
}

/** What of jest's runtime is used; the registries are its own affair, hence the pinned jest. */
interface Runtime {
	enterTestCode(): void;
	restoreAllMocks(): void;
	mockState: { clear(): void };
	registries: {
		moduleRegistry: Map<string, unknown>;
		mockRegistry: Map<string, unknown>;
		internalModuleRegistry: Map<string, unknown>;
	};
}

type JestAdapter = (
	globalConfig: Config.GlobalConfig,
	config: Config.ProjectConfig,
	environment: JestEnvironment,
	runtime: Runtime,
	testPath: string,
) => Promise<TestResult>;

const require = createRequire(import.meta.url);
const { default: jestAdapter } = require('jest-circus/runner') as { default: JestAdapter };

const ENDLESS_HITS = 3_000_000;
const PATIENCE_MS = 8_000;
const PATIENCE_FACTOR = 6;

function testsBelow(block: Circus.DescribeBlock): Circus.TestEntry[] {
	return block.children.flatMap((child) => (child.type === 'test' ? [child] : testsBelow(child)));
}

function nameOf(test: Circus.TestEntry): string {
	const names = [test.name];
	for (let block = test.parent; block.parent !== undefined; block = block.parent) {
		names.unshift(block.name);
	}
	return names.join(' > ');
}

/** Selects the tests of a turn, notes what they reach and ends the turn with the first failure. */
class Watcher {
	readonly seen: TestSeen[] = [];
	failed: string | undefined;
	private tests: Circus.TestEntry[] = [];
	private readonly turn: Turn;
	private readonly mutants: Switch;

	constructor(turn: Turn, mutants: Switch) {
		this.turn = turn;
		this.mutants = mutants;
	}

	handle(event: Circus.Event, state: Circus.State): void {
		if (event.name === 'run_start') this.select(testsBelow(state.rootDescribeBlock));
		if (event.name === 'test_start') {
			this.mutants.currentTestId = String(this.tests.indexOf(event.test));
		}
		if (event.name === 'test_done') this.note(event.test);
	}

	private select(tests: Circus.TestEntry[]): void {
		this.tests = tests;
		const { tests: wanted, usualMs } = this.turn;
		// Where the mutant changes how many tests there are, their positions say nothing.
		if (usualMs.length !== tests.length) return;
		tests.forEach((test, at) => {
			test.timeout = PATIENCE_MS + PATIENCE_FACTOR * (usualMs[at] ?? 0);
			if (!wanted.includes(at)) test.mode = 'skip';
		});
	}

	private note(test: Circus.TestEntry): void {
		const at = this.tests.indexOf(test);
		this.mutants.currentTestId = undefined;
		const failed = test.errors.length > 0;
		this.seen.push({
			name: nameOf(test),
			ms: test.duration ?? 0,
			failed,
			reached: Object.keys(this.mutants.mutantCoverage.perTest[at] ?? {}),
		});
		if (!failed) return;
		this.failed ??= nameOf(test);
		for (const other of this.tests) other.mode = 'skip';
	}
}

function loadAnew({ mockState, registries }: Runtime): void {
	mockState.clear();
	for (const path of registries.moduleRegistry.keys()) {
		if (!path.includes(`${sep}node_modules${sep}`)) registries.moduleRegistry.delete(path);
	}
	registries.mockRegistry.clear();
	for (const path of registries.internalModuleRegistry.keys()) {
		if (path.includes('jest-circus')) registries.internalModuleRegistry.delete(path);
	}
}

export default async function run(
	globalConfig: Config.GlobalConfig,
	config: Config.ProjectConfig,
	environment: JestEnvironment,
	runtime: Runtime,
): Promise<TestResult | undefined> {
	const world = environment.global as unknown as Record<string | symbol, unknown>;
	const clock = environment.global.Date.now;
	const { performance } = world;
	let result: TestResult | undefined;

	async function take(turn: Turn): Promise<TurnSeen> {
		const started = Date.now();
		loadAnew(runtime);
		runtime.enterTestCode();
		runtime.restoreAllMocks();
		environment.fakeTimersModern?.useRealTimers();
		environment.global.Date.now = clock;
		world['performance'] = performance;
		world[Symbol.for('EVENT_HANDLERS')] = undefined;
		const mutants: Switch = {
			activeMutant: turn.mutant ?? 'none',
			mutantCoverage: { static: {}, perTest: {} },
			hitCount: 0,
			hitLimit: ENDLESS_HITS,
		};
		world['__stryker__'] = mutants;
		const watcher = new Watcher(turn, mutants);
		environment.handleTestEvent = (event, state) => watcher.handle(event, state);
		let broken: string | undefined;
		try {
			const path = join(config.rootDir, turn.file);
			result = await jestAdapter(globalConfig, config, environment, runtime, path);
			if (result.testExecError !== undefined) broken = 'the file does not run';
		} catch (error) {
			broken = `the file does not load: ${String(error)}`;
		}
		return {
			ms: Date.now() - started,
			reachedOutside: Object.keys(mutants.mutantCoverage.static),
			tests: watcher.seen,
			failed: watcher.failed ?? broken,
		};
	}

	await new Promise<void>((done) => {
		process.on('message', (turn: Turn) => {
			void take(turn).then((seen) => process.send?.(seen));
		});
		process.once('disconnect', done);
		process.send?.('ready');
	});
	return result;
}
