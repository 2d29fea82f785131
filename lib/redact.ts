const SHORTEST_SECRET = 4;
const MASK = '***';

/** Replaces every secret, also in its percent-encoded form, so that an echo by a vendor tells nothing. */
export function redact(text: string, secrets: readonly string[]): string {
	const forms = secrets
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.flatMap((secret) => [secret, encodeURIComponent(secret)])
		// Longest first: a secret may be a part of another one.
		.sort((a, b) => b.length - a.length);
	return forms.reduce((masked, form) => masked.replaceAll(form, MASK), text);
}
