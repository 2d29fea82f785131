// Lets a storm of faults rage over all four vendors, and compares what n8n gave with what they did.
import '../../scripts/n8nWorkflow.mts';

const { readOptions, usage } = await import('./options.mts');

const options = readOptions();
if (options === undefined) {
	process.stdout.write(usage);
} else {
	const { weatherStorm } = await import('./storm.mts');
	process.exitCode = await weatherStorm(options);
}
