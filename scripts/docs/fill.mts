import { readFileSync } from 'node:fs';

import { format, resolveConfig } from 'prettier';

/**
 * The text of a Markdown file, and what it becomes with the lines of the tables between its
 * <!-- generated:NAME --> marks.
 */
export async function fill(
	file: string,
	tables: Readonly<Record<string, () => string[]>>,
): Promise<{ before: string; after: string }> {
	const before = readFileSync(file, 'utf8');
	const filled = before.replace(
		/(<!-- generated:(\w+) -->\n)[\s\S]*?(<!-- \/generated -->)/g,
		(_all, open: string, name: string, close: string) => {
			const table = tables[name];
			if (table === undefined) throw new Error(`${file} asks for an unknown table: ${name}`);
			return `${open}\n${table().join('\n')}\n\n${close}`;
		},
	);
	const after = await format(filled, { ...(await resolveConfig(file)), filepath: file });
	return { before, after };
}
