const SHORTEST_SECRET = 4;
const MASK = '***';

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** One character as it stands in text, in addresses and in JSON; who writes them chooses what to escape. */
function formsOf(character: string): string {
	const bytes = [...Buffer.from(character, 'utf8')].map((byte) =>
		byte.toString(16).padStart(2, '0'),
	);
	const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
	const percent = bytes.map((byte) => `%${byte}`).join('');
	const unicode = units.map((unit) => `\\u${unit}`).join('');
	const forms = [
		character,
		percent,
		percent.toUpperCase(),
		unicode,
		unicode.toUpperCase().replaceAll('\\U', '\\u'),
		JSON.stringify(character).slice(1, -1),
		...(character === '/' ? ['\\/'] : []),
		...(character === ' ' ? ['+'] : []),
	];
	return `(?:${[...new Set(forms)].map(escaped).join('|')})`;
}

/** Replaces every secret, however it is written, so that an echo by a vendor tells nothing. */
export function redact(text: string, secrets: readonly string[]): string {
	const patterns = secrets
		// People paste spaces along, which are not sent.
		.map((secret) => secret.trim())
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		// Longest first: a secret may be a part of another one.
		.sort((a, b) => b.length - a.length)
		.map((secret) => Array.from(secret, formsOf).join(''));
	return patterns.length === 0 ? text : text.replace(new RegExp(patterns.join('|'), 'g'), MASK);
}
