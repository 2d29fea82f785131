// Writes nodes/<Vendor>/actions/operations.ts: every *.operation.ts below it, by resource and file name.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { format, resolveConfig } from 'prettier';

const HEADER =
	'// Written by `npm run build` from the files beside it; an operation is found by its place.';

const upperFirst = (name: string) => name.replace(/^./, (letter) => letter.toUpperCase());

function registryOf(actions: string): string {
	const files = globSync('*/*.operation.ts', { cwd: actions }).sort();
	const entries = files.map((file) => {
		const resource = dirname(file);
		const name = basename(file, '.operation.ts');
		return {
			resource,
			name,
			local: `${resource}${upperFirst(name)}`,
			path: `./${file.slice(0, -3)}`,
		};
	});
	const imports = entries.map(
		({ local, path }) => `import { operation as ${local} } from '${path}';`,
	);
	const resources = [...new Set(entries.map(({ resource }) => resource))].map((resource) => {
		const operations = entries
			.filter((entry) => entry.resource === resource)
			.map(({ name, local }) => `${name}: ${local}`);
		return `${resource}: { ${operations.join(', ')} },`;
	});
	return [
		HEADER,
		"import type { Resources } from '../../../lib/operation';",
		...imports,
		'',
		`export const resources = { ${resources.join('\n')} } satisfies Resources;`,
	].join('\n');
}

for (const actions of globSync('nodes/*/actions')) {
	const path = join(actions, 'operations.ts');
	const text = await format(registryOf(actions), {
		...(await resolveConfig(path)),
		filepath: path,
	});
	let before: string | undefined;
	try {
		before = readFileSync(path, 'utf8');
	} catch {
		before = undefined;
	}
	if (text !== before) writeFileSync(path, text);
}
