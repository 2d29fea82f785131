import type { IDataObject } from 'n8n-workflow';

import { ValueProblem } from '../../lib/ids';
import { plainText, type OptionPath } from './optionTree';

export interface Table {
	readonly paths: OptionPath[];
	/** Rows in which no level is filled in. */
	readonly emptyRows: number;
}

/** The value of a field that is named as it is, or by the way to it: "address.city". */
function valueAt(row: IDataObject, column: string): unknown {
	if (Object.hasOwn(row, column)) return row[column];
	const way = column.match(/[^.[\]"']+/g) ?? [];
	return way.reduce<unknown>(
		(value, name) =>
			typeof value === 'object' && value !== null && Object.hasOwn(value, name)
				? (value as IDataObject)[name]
				: undefined,
		row,
	);
}

function cellsOf(row: IDataObject, index: number, columns: readonly string[]) {
	const cells: string[] = [];
	for (const column of columns) {
		const text = plainText(valueAt(row, column) ?? '')?.trim();
		if (text === undefined) {
			return new ValueProblem(
				`has a value that is not text in item ${index}: "${column}"`,
				'Use text; numbers above 2^53 have lost digits, so pass them as text from the start.',
			);
		}
		cells.push(text);
	}
	return cells;
}

/** Reads paths of options from rows, one column per level; a row may end above the last level. */
export function readTable(
	rows: readonly IDataObject[],
	columns: readonly string[],
): Table | ValueProblem {
	const absent = columns.find((column) => rows.every((row) => valueAt(row, column) === undefined));
	if (absent !== undefined) {
		return new ValueProblem(
			`has a field that no input item has: "${absent}"`,
			'Drag the field from the input, or enter its name as the input shows it.',
		);
	}
	const paths: OptionPath[] = [];
	let emptyRows = 0;
	for (const [index, row] of rows.entries()) {
		const cells = cellsOf(row, index, columns);
		if (cells instanceof ValueProblem) return cells;
		const end = cells.findLastIndex((text) => text !== '') + 1;
		const gap = cells.slice(0, end).indexOf('');
		if (gap !== -1) {
			return new ValueProblem(
				`has a gap in item ${index}: "${columns[gap]}" is empty, but a level below it is not`,
				'Fill in every level above the last one of a row.',
			);
		}
		if (end === 0) emptyRows += 1;
		else paths.push(cells.slice(0, end));
	}
	return { paths, emptyRows };
}
