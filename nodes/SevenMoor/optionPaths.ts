import { ValueProblem } from '../../lib/ids';
import { parseJson } from '../../lib/json';
import { shown } from '../../lib/shown';
import { plainText, type OptionPath } from './optionTree';

const ADVICE =
	'Give one option per row with the names of all its levels, such as Hardware / Printer / Paper jam.';

/** A list as it is; text as its JSON list, or else as its lines. */
export function toList(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value !== 'string') return undefined;
	try {
		const parsed = parseJson(value);
		if (Array.isArray(parsed)) return parsed;
	} catch {
		// Ordinary text.
	}
	return value.split(/\r?\n/).filter((line) => line.trim() !== '');
}

function namesIn(row: unknown, separator: string): (string | undefined)[] | undefined {
	const text = plainText(row)?.trim();
	if (text !== undefined && !text.includes('\t')) {
		return text.split(separator).map((name) => name.trim());
	}
	const cells = text === undefined ? row : text.split('\t');
	if (!Array.isArray(cells)) return undefined;
	const names = cells.map((cell: unknown) => plainText(cell ?? '')?.trim());
	// Rows of a sheet are as wide as its widest row.
	while (names.at(-1) === '') names.pop();
	return names;
}

/**
 * Reads paths of options: text with one row per line, or a list of rows. A row is text whose names stand
 * between separators or tabs (as copied from a sheet), or a list of names.
 */
export function readPaths(value: unknown, separator: string): OptionPath[] | ValueProblem {
	const rows = toList(value);
	if (rows === undefined) return new ValueProblem('is neither text nor a list', ADVICE);
	const paths: OptionPath[] = [];
	for (const [index, row] of rows.entries()) {
		const names = namesIn(row, separator);
		const place = `row ${index + 1}: ${typeof row === 'string' ? `"${shown(row)}"` : shown(row)}`;
		if (names === undefined) {
			return new ValueProblem(
				`has a row that is neither text nor a list of names: ${place}`,
				ADVICE,
			);
		}
		const known = names.filter((name) => name !== undefined);
		if (known.length < names.length) {
			return new ValueProblem(
				`has a name that is not text in ${place}`,
				'Use text; numbers above 2^53 have lost digits, so pass them as text from the start.',
			);
		}
		if (known.length === 0 || known.includes('')) {
			return new ValueProblem(`has an empty level in ${place}`, ADVICE);
		}
		paths.push(known);
	}
	return paths;
}
