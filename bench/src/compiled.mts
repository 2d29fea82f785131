import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import { buildSync } from 'esbuild';

const load = createRequire(import.meta.url);

/** A file of the source as the build makes it, for what the pack itself does not export: "lib/json.ts". */
export function compiled<T>(file: string): T {
	const outfile = resolve('.reports/compiled', file.replace(/\.ts$/, '.cjs'));
	buildSync({
		entryPoints: [join(process.cwd(), file)],
		outfile,
		bundle: true,
		external: ['n8n-workflow'],
		platform: 'node',
		format: 'cjs',
	});
	return load(outfile) as T;
}
