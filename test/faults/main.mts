// Lets a storm of faults rage over all four vendors, and compares what n8n gave with what they did.
import '../../scripts/n8nWorkflow.mts';
import { readOptions, usage, type StormTestOptions } from './options.mts';

let options: StormTestOptions | undefined;
try {
	options = readOptions();
} catch (error) {
	console.error((error as Error).message);
	process.exit(2);
}
if (options === undefined) {
	process.stdout.write(usage);
} else {
	const { weatherStorm } = await import('./storm.mts');
	process.exitCode = await weatherStorm(options);
}
