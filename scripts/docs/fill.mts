import { readFileSync, writeFileSync } from 'node:fs';

import { format, resolveConfig } from 'prettier';

export type Tables = Readonly<Record<string, () => string[]>>;

/**
 * A file of the docs with its tables, between <!-- generated:NAME --> marks, as they should be.
 *
 * @throws Error where it asks for a table that there is not
 */
async function filled(file: string, tables: Tables): Promise<string> {
	const text = readFileSync(file, 'utf8').replace(
		/(<!-- generated:(\w+) -->\n)[\s\S]*?(<!-- \/generated -->)/g,
		(_all, open: string, name: string, close: string) => {
			const table = tables[name];
			if (table === undefined) throw new Error(`${file} asks for an unknown table: ${name}`);
			return `${open}\n${table().join('\n')}\n\n${close}`;
		},
	);
	return await format(text, { ...(await resolveConfig(file)), filepath: file });
}

/**
 * Writes the tables into a file of the docs, unless that is only to be checked.
 *
 * @returns whether it was stale
 */
export async function fill(file: string, tables: Tables, check: boolean): Promise<boolean> {
	const text = await filled(file, tables);
	if (text === readFileSync(file, 'utf8')) return false;
	if (!check) writeFileSync(file, text);
	return true;
}
