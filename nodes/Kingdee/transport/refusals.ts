import type { Refusal } from '../../../lib/answers';
import type { VendorRequest } from '../../../lib/exchange';

type Advice = Pick<Refusal, 'advice' | 'cause' | 'retryAfterMs'>;

type Kind = VendorRequest['kind'];

/** What to do where Kingdee may have worked on the call. */
const afterUncertain: Record<Kind, string> = {
	read: 'Nothing was changed, so you can run it again.',
	write: 'The call may have taken effect. Look the record up in Kingdee before you repeat it.',
};

interface Entry extends Advice {
	readonly mayHaveActed?: true;
}

const address =
	'Check the credential: IDC Domain in the mode Access Token; in the other modes it is fetched, so test the credential.';

const notConfigured =
	'Something is not set up in Kingdee for this call. Show the text to the administrator of the account set.';

const uncertain: Entry = { cause: 'temporarily-unavailable', mayHaveActed: true };
const later: Advice = {
	advice: 'Kingdee did not work on the call. Run it again later.',
	cause: 'temporarily-unavailable',
};
const limited: Advice = {
	advice: 'Kingdee allows 500 calls a minute for an account set. Wait a minute or more.',
	cause: 'rate-limited',
	retryAfterMs: 60_000,
};
const credential = (advice: string): Advice => ({ advice, cause: 'credential-invalid' });
const configuration = (advice: string): Advice => ({ advice, cause: 'configuration-invalid' });

/** What to do about a code (sheet kingdee §2.3d, §4.2, §4.3); the vendor's own text stands beside it. */
const advices: Record<string, Entry> = {
	noRoute: configuration(`The router knows no way to the account set. ${address}`),
	moved: {
		...uncertain,
		advice: `The account set may have moved to another IDC domain. ${address}`,
	},
	401: credential('Test the Kingdee credential.'),
	403: credential('Test the Kingdee credential and check the permissions of its user.'),
	429: limited,
	500: uncertain,
	503: later,
	504: uncertain,
	4001: credential('Test the Kingdee credential.'),
	4002: credential('Enter Client ID in the Kingdee credential.'),
	4003: credential('Check Client ID in the Kingdee credential.'),
	4004: credential('Enter Client Secret in the Kingdee credential.'),
	4005: credential('Check Client ID and Client Secret in the Kingdee credential.'),
	4006: credential('Check the clock of this machine; it may be 5 minutes off at most.'),
	4007: credential('Test the Kingdee credential.'),
	4008: credential('Check Client Secret in the Kingdee credential.'),
	4009: credential('Enter the access token in the Kingdee credential.'),
	4010: credential(
		'Kingdee does not know the access token. Test the Kingdee credential; in the mode Access Token enter a valid one, in Authorisation Code log in again and enter the new code.',
	),
	4011: credential(
		'The access token has expired. Test the Kingdee credential; in the mode Access Token enter a new one, in Authorisation Code log in again and enter the new code.',
	),
	4012: credential('Ask on open.jdy.com for the permission to use this API.'),
	5000: uncertain,
	5001: configuration(`The gateway does not know this call. ${address}`),
	5002: configuration(`The gateway does not know this call. ${address}`),
	5003: later,
	5004: uncertain,
	5005: uncertain,
	5006: later,
	5007: { ...later, retryAfterMs: 60_000 },
	11010001: credential(
		'The group has changed. In the mode Access Token enter the present groupName as Group Name; in the other modes test the credential.',
	),
	1000002001: uncertain,
	2000002000: uncertain,
	1020002008: credential(
		'Kingdee does not accept the authorisation. Check User ID and Account ID in the credential and test it.',
	),
	1040002000: configuration(notConfigured),
	1040003000: configuration(notConfigured),
	1030002000: { advice: 'Fill in the field that the text names.' },
	1030002001: { advice: 'Correct the field that the text names: it has the wrong type.' },
	1030002002: { advice: 'Kingdee has such a record already. Change what has to be unique.' },
	1030002003: { advice: 'Check the ids and the work order number: Kingdee has no such record.' },
	1030002004: { advice: 'Other records use this one. Change or delete them first.' },
	1030002005: { advice: 'Send fewer records at once.' },
	1030002006: {
		advice:
			'Correct the field that the text names. If it names none, the secret of the app has changed: test the Kingdee credential.',
	},
};

/** What to do about the vendor's code, or about `noRoute` and `moved`; nothing for unknown ones. */
export function adviceFor(code: string, kind: Kind): Advice {
	const { mayHaveActed, advice, ...entry } = advices[code] ?? {};
	const parts = [advice, mayHaveActed && afterUncertain[kind]].filter((part) => part !== undefined);
	return parts.length === 0 ? entry : { ...entry, advice: parts.join(' ') };
}
