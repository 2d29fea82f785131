const LONGEST = 60;

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value !== 'object' || value === null) return String(value);
	try {
		return JSON.stringify(value) ?? 'an object';
	} catch {
		return Array.isArray(value) ? 'a list' : 'an object';
	}
}

/** Any value as a message shows it, on one line and shortened. */
export function shown(value: unknown): string {
	const text = textOf(value).replace(/\s+/g, ' ');
	return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}
