import type { RecordedRequest } from '../../sandbox/index.mts';
import type { Attack } from './attacks.mts';

/** Values that were turned into text without having one. */
const SENT_BY_MISTAKE =
	/\[object |\bundefined\b|\bNaN\b|\bInfinity\b|Invalid Date|GMT[+-]\d{4}|Symbol\(/;
/** What an error of the program says instead of a person. */
const CRASH =
	/Cannot (read|set|convert|destructure|mix|access)|is not (a function|iterable|defined|an object|a constructor)|circular|serialize|\[object |Maximum call stack|Invalid (URL|time value|string length|array length)|out of range/i;
/** By n8n itself: a trigger has no input item for an expression, and a busy machine has no time to check. */
const NO_VALUE = 'ExpressionError';
const SLOW_MACHINE = /^Regular expression execution timed out$/;
/** A test of a trigger by hand that found nothing to show. */
const NOTHING_TO_SHOW = 'The credential works';
/** By n8n, before the node runs: a required field that is empty. */
const REFUSED_BY_NODE = ['NodeOperationError', 'WorkflowHasIssuesError'];

function sentTexts({ rawUrl, query, body, parts }: RecordedRequest): string[] {
	return [
		rawUrl,
		JSON.stringify(query),
		body,
		...parts.flatMap(({ name, fileName, content }) => [name, fileName ?? '', content.toString()]),
	];
}

/** A field is named in the plural also by its singular. */
function isNamed(text: string, name: string): boolean {
	return text.toLowerCase().includes(name.toLowerCase().replace(/s$/, ''));
}

/**
 * What is wrong with how a node took the values; undefined where it worked, the vendor refused them, or the
 * node did by the name of a field.
 */
export function problemWith(
	{ changed }: Attack,
	error: (Error & { description?: string | null }) | undefined,
	requests: readonly RecordedRequest[],
	secrets: readonly string[],
): string | undefined {
	for (const request of requests) {
		const mistake = sentTexts(request).find((text) => SENT_BY_MISTAKE.test(text));
		if (mistake !== undefined) return `The vendor got: ${mistake.slice(0, 300)}`;
		if (request.status === 500) return `The sandbox failed on ${request.rawUrl}: ${request.answer}`;
	}
	if (error === undefined) return undefined;
	if (error.name === NO_VALUE || SLOW_MACHINE.test(error.message)) return undefined;
	if (error.description?.startsWith(NOTHING_TO_SHOW) === true) return undefined;
	const said = `${error.name}: ${error.message} (${error.description ?? ''})`;
	const told = `${said} ${JSON.stringify(error)}`;
	if (secrets.some((secret) => told.includes(secret))) return `A secret is told: ${said}`;
	if (CRASH.test(error.message)) return `It crashed: ${said}\n${error.stack ?? ''}`;
	if (error.name === 'NodeApiError') {
		const refused = requests.some(({ accepted }) => !accepted) || said.includes('ECONNREFUSED');
		return refused ? undefined : `No vendor refused anything: ${said}`;
	}
	if (!REFUSED_BY_NODE.includes(error.name)) {
		return `Neither the vendor nor the node refused it: ${said}\n${error.stack ?? ''}`;
	}
	const isOurs = error.name === 'NodeOperationError';
	if (isOurs && !error.description) return `It does not say what to do: ${said}`;
	return changed.some((name) => isNamed(said, name))
		? undefined
		: `No changed field is named (${changed.join(', ')}): ${said}`;
}
