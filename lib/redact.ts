const SHORTEST_SECRET = 4;
const MASK = '***';

/** A secret as it stands in text, in addresses and in JSON, whose writers may escape slashes. */
function formsOf(secret: string): string[] {
	const encoded = encodeURIComponent(secret);
	const inJson = JSON.stringify(secret).slice(1, -1);
	return [
		secret,
		encoded,
		encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
		inJson,
		inJson.replaceAll('/', '\\/'),
	];
}

/** Replaces every secret, however it is written, so that an echo by a vendor tells nothing. */
export function redact(text: string, secrets: readonly string[]): string {
	const forms = secrets
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.flatMap(formsOf)
		// Longest first: a secret may be a part of another one.
		.sort((a, b) => b.length - a.length);
	return forms.reduce((masked, form) => masked.replaceAll(form, MASK), text);
}
