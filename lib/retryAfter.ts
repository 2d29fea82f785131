/** A date of HTTP ends so; JavaScript takes "-1" for one, too. */
const HTTP_DATE = / GMT$/;

/** What a Retry-After header asks for, in seconds or as a date; undefined where it says nothing. */
export function retryAfterIn(headers: Readonly<Record<string, unknown>> = {}): number | undefined {
	const value = headers['retry-after'];
	if (typeof value !== 'string') return undefined;
	const date = HTTP_DATE.test(value) ? Date.parse(value) - Date.now() : NaN;
	const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : date;
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
