import { presets } from '../../../credentials/signing/kingsoftCloud';
import { objectIn } from '../../../lib/answers';
import type { CallSite } from '../../../lib/exchange';
import { sendToKingsoft, SUCCESS } from './index';

/** A rule in the words of the credential's own fields. */
export interface SignatureRuleChoice {
	readonly signatureRule: string;
	/** Only rule F has a choice. */
	readonly signatureEncoding: 'hex' | 'base64' | null;
	readonly timestampUnit: 'milliseconds' | 'seconds';
}

/** What the vendor said to one rule. */
export interface SignatureRuleAnswer extends SignatureRuleChoice {
	readonly accepted: boolean;
	readonly httpStatus: number;
	readonly errno: string | null;
	/** The vendor's text; null where the answer was no JSON of its own. */
	readonly text: string | null;
}

/** Every preset of the credential in one unit of time. */
export function presetRules(
	timestampUnit: SignatureRuleChoice['timestampUnit'],
): SignatureRuleChoice[] {
	return Object.entries(presets).flatMap(([signatureRule, { algorithm }]) =>
		(algorithm === 'md5' ? [null] : (['hex', 'base64'] as const)).map((signatureEncoding) => ({
			signatureRule,
			signatureEncoding,
			timestampUnit,
		})),
	);
}

/**
 * Reads one row of list_tickets, signed by a rule that stands in for the credential's own.
 *
 * @throws NodeApiError where no answer came
 */
export async function askWith(
	site: CallSite,
	choice: SignatureRuleChoice,
): Promise<SignatureRuleAnswer> {
	const { signatureRule, signatureEncoding, timestampUnit } = choice;
	const answer = await sendToKingsoft(
		site,
		'listTickets',
		{ body: { page: 1, page_size: 1 } },
		{ signatureRule, timestampUnit, ...(signatureEncoding === null ? {} : { signatureEncoding }) },
	);
	const { errno, errmsg } = objectIn(answer) ?? {};
	return {
		...choice,
		accepted: errno === SUCCESS,
		httpStatus: answer.status,
		errno: errno === undefined ? null : String(errno),
		text: errmsg === undefined || errmsg === null ? null : answer.mask(String(errmsg)),
	};
}
