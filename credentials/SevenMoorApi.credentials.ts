import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { checkedAddress, completeAddress, setAddress } from '../lib/apiAddress';
import { redact } from '../lib/redact';
import { needSessionInTest, testMark } from '../lib/session';
import { signInCall, SignInProblem } from '../lib/signIn';
import { authorization, signature, timestampAt, zoneOffsetMs } from './signing/sevenMoor';

interface Account {
	readonly apiAddress: string;
	readonly accountId: string;
	readonly apiSecret: string;
	readonly zoneOffsetMs: number;
}

const HARMLESS_READ = {
	method: 'POST',
	url: '/v20210827/business/queryDictionary/{ACCOUNTID}',
	body: { page: 1, pageSize: 1 },
} as const;

function readOffset(value: unknown): number {
	const text = String(value ?? '').trim() || '+08:00';
	const offset = zoneOffsetMs(text);
	if (offset === undefined) {
		throw new SignInProblem(
			`Zone Offset is not an offset from UTC: "${text}". Enter it like +08:00, which is China time.`,
		);
	}
	return offset;
}

function accountOf(credentials: ICredentialDataDecryptedObject): Account {
	const accountId = String(credentials.accountId ?? '').trim();
	const apiSecret = String(credentials.apiSecret ?? '').trim();
	if (accountId === '' || apiSecret === '') {
		throw new SignInProblem(
			'Account ID and API Secret are both needed. Enter them in the credential.',
		);
	}
	return {
		apiAddress: checkedAddress(credentials.apiAddress, 'Host'),
		accountId,
		apiSecret,
		zoneOffsetMs: readOffset(credentials.zoneOffset),
	};
}

/** Completes the address; the vendor's own notation `…/{ACCOUNTID}?sig=SIG` may be pasted as it is. */
function address(request: IHttpRequestOptions, account: Account): void {
	const url = completeAddress(request, account.apiAddress);
	const accountId = encodeURIComponent(account.accountId);
	url.pathname = url.pathname.replace(/%7BACCOUNTID%7D/gi, () => accountId);
	if (url.searchParams.has('sig')) url.searchParams.delete('sig');
	setAddress(request, url.href);
}

/** Signs the request in place: the exchange reads from it what has to be masked. */
function sign(request: IHttpRequestOptions, account: Account): IHttpRequestOptions {
	const { accountId, apiSecret, zoneOffsetMs: offset } = account;
	address(request, account);
	// Both places have to carry the same second (sheet 7moor §2.1).
	const timestamp = timestampAt(Date.now(), offset);
	const headers = request.headers ?? {};
	const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
	request.qs = { ...request.qs, sig: signature(accountId, apiSecret, timestamp) };
	request.headers = {
		...(typed ? {} : { 'Content-Type': 'application/json;charset=utf-8' }),
		...headers,
		Authorization: authorization(accountId, timestamp),
	};
	return request;
}

/** What to check, by code (sheet 7moor §4); the texts beside the codes are not published. */
const checks: Record<string, string> = {
	'403':
		"Check Account ID and API Secret against 7moor's data-query page, and the clock of this machine: a signature counts for 5 minutes, in the time of the Zone Offset.",
	'429': 'The limit of 20 calls a minute was reached. Test again in a minute.',
};

export class SevenMoorApi implements ICredentialType {
	name = 'sevenMoorApi';

	displayName = '7moor API';

	icon = {
		light: 'file:../nodes/SevenMoor/sevenMoor.svg',
		dark: 'file:../nodes/SevenMoor/sevenMoor.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-gongdan/n8n-nodes-gongdan/blob/main/docs/credentials.md#7moor';

	properties: INodeProperties[] = [
		{
			displayName: 'Host',
			name: 'apiAddress',
			type: 'string',
			default: 'https://openapis.7moor.com',
			required: true,
			description:
				"The request domain that 7moor's data-query page shows for your account. It is not the same for all accounts. https only, except on this machine.",
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. N00000000556',
			description:
				'The account number on the same page, which opens for the user-centre log-in only',
		},
		{
			displayName: 'API Secret',
			name: 'apiSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The APISecret on the same page',
		},
		{
			displayName: 'Zone Offset',
			name: 'zoneOffset',
			type: 'string',
			default: '+08:00',
			placeholder: 'e.g. +08:00',
			description:
				'Offset from UTC of the clock that 7moor signs by. 7moor does not name it; China time is assumed. Change it only when 7moor refuses a signature that is right otherwise.',
		},
		{
			displayName: 'Enabled State',
			name: 'enabledState',
			type: 'options',
			options: [
				{
					name: '1',
					value: '1',
					description: "What 7moor's own sample of a dictionary in use has",
				},
				{ name: '2', value: '2', description: "What 7moor's text says" },
			],
			default: '2',
			description:
				"Which state an enabled option of a dictionary has; the other one is the disabled one. 7moor's documents contradict each other: look at an option that your agents can choose, with Dictionary Option: Get Many, and choose its state.",
		},
		{
			// Makes n8n run preAuthentication in the test; not empty, so that no other run does.
			displayName: 'Session',
			name: 'session',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: 'none',
		},
	];

	/** The credential test: n8n shows the message of what is thrown here, but not an answer's own text. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const account = accountOf(credentials);
		const { body, ...call } = HARMLESS_READ;
		const request = sign({ ...call, body: JSON.stringify(body) }, account);
		const answer = await signInCall(this.helpers, '7moor', request);
		const code = String(answer.body.code);
		if (code !== '200') {
			const secrets = [account.apiSecret, request.qs?.sig, request.headers?.Authorization];
			const text = redact(String(answer.body.message ?? 'no reason given'), secrets.map(String));
			throw new SignInProblem(
				`7moor refused the call: ${text} (code ${code}). ${checks[code] ?? 'Check the Host and the Account ID.'}`,
				code,
			);
		}
		return {};
	}

	authenticate: IAuthenticate = async (credentials, request) => {
		needSessionInTest(request);
		return sign(request, accountOf(credentials));
	};

	/** preAuthentication is the test; this harmless read only makes n8n run it. */
	test: ICredentialTestRequest = {
		request: { ...HARMLESS_READ, headers: testMark },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'code',
					value: 403,
					message: '7moor refused the second of two calls with the same credential (code 403).',
				},
			},
		],
	};
}
