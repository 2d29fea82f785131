/** Chinese, Japanese and Korean characters and full-width forms take two columns. */
const wide =
	/[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

function width(text: string): number {
	let columns = 0;
	for (const character of text) columns += wide.test(character) ? 2 : 1;
	return columns;
}

function fill(text: string, columns: number): string {
	return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** A table for the terminal. */
export function table(headings: string[], rows: string[][]): string {
	const columns = headings.map((heading, index) =>
		Math.max(width(heading), ...rows.map((row) => width(row[index] ?? ''))),
	);
	const line = (cells: string[]): string =>
		`│ ${columns.map((size, index) => fill(cells[index] ?? '', size)).join(' │ ')} │`;
	const rule = (left: string, middle: string, right: string): string =>
		left + columns.map((size) => '─'.repeat(size + 2)).join(middle) + right;
	return [
		rule('┌', '┬', '┐'),
		line(headings),
		rule('├', '┼', '┤'),
		...rows.map(line),
		rule('└', '┴', '┘'),
	].join('\n');
}
