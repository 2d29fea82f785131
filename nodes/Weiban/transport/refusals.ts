import type { Refusal } from '../../../lib/answers';

const UNKNOWN_ORDER = 'There is no work order with this number. Check the Work Order Number.';

/** What to do about a code (sheet weiban §4); the vendor's own text stands beside it. */
export const refusals: Readonly<Record<number, Omit<Refusal, 'text' | 'code'>>> = {
	10001: {
		advice: 'The access token was refused even after a new log-in. Test the Weiban credential.',
		cause: 'credential-invalid',
	},
	10049: { advice: 'Weiban does not accept the form of a value. Check what its text names.' },
	10052: {
		advice: 'More than 5 requests of this company were under way at once. Run fewer at a time.',
		cause: 'rate-limited',
	},
	10053: {
		advice: 'The limit of 600 calls a minute or 36,000 an hour was reached. Wait a minute or more.',
		cause: 'rate-limited',
		retryAfterMs: 60_000,
	},
	// Two pages of the vendor swap 20201 and 20202, so the advice names both.
	20201: { advice: 'The staff ID or the order of the list is wrong. Check what the text names.' },
	20202: { advice: 'The type, the order of the list or the staff ID is wrong. Check the text.' },
	20203: { advice: 'Weiban knows no such type of customer.' },
	20205: { advice: 'Weiban answers 20 customers at once at most.' },
	20206: { advice: 'There is no customer with this ID. Customer IDs begin with "wm".' },
	20207: { advice: 'There is no customer with this union ID.' },
	20208: { advice: 'Enter the ID or the union ID of a customer.' },
	20209: { advice: 'There is no group chat with this ID. Group chat IDs begin with "wr".' },
	22301: { advice: UNKNOWN_ORDER },
	22302: { advice: 'The new handler is no member of staff. Pick one from the list.' },
	22303: { advice: 'Somebody in Copy To is no member of staff. The text names the ID.' },
	22304: { advice: 'The acting staff is no member of staff. Pick one from the list.' },
	22305: { advice: 'This member of staff may not act on the work order. Choose another one.' },
	22306: { advice: 'The work order has no such stage.' },
	22307: { advice: 'The work order is closed, so nothing can be done with it any more.' },
	22309: { advice: 'There is no such customer or group chat. Check Related To and its ID.' },
	22310: {
		advice:
			'A field does not belong to the template. Choose the template again, or the other Component ID in the options.',
	},
	22311: { advice: 'A field to choose in has no value. Choose one, or take the field out.' },
	22312: { advice: 'A text field has no value. Enter one, or take the field out.' },
	22313: { advice: 'Two fields of the template have the same place. Correct it in Weiban.' },
	22315: { advice: 'A required field has no value. The text names its component ID.' },
	22316: { advice: 'A value is not among the options of its field.' },
	22317: { advice: 'A field has no value. Enter one, or take the field out.' },
	22318: { advice: 'A field does not belong to the work order. Choose its template again.' },
	223014: { advice: 'There is no template with this ID. Pick one from the list.' },
};
