import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { checkedAddress, withoutTrailingSlash } from '../../lib/apiAddress';
import type { Session } from '../../lib/session';
import { SignInProblem } from '../../lib/signIn';
import { fingerprint } from '../signing/fingerprint';

/** Where and as whom 为谷 calls are made; every part is text, ids have up to 19 digits. */
export interface Tenant {
	/** The user who acts (`Appuserid`); empty while it is being asked for. */
	readonly userId: string;
	readonly groupName: string;
	readonly accountId: string;
	/** IDC domain (`X-GW-Router-Addr`), without a trailing slash. */
	readonly domain: string;
}

interface Gateway {
	readonly apiAddress: string;
	readonly aesKey: string;
	readonly aesIv: string;
}

/** Everything was entered by hand. */
export interface TokenAccount extends Gateway {
	readonly mode: 'accessToken';
	readonly accessToken: string;
	readonly tenant: Tenant;
}

/** An app of open.jdy.com that an account set has authorised. */
interface App extends Gateway {
	readonly clientId: string;
	readonly clientSecret: string;
	readonly outerInstanceId: string;
	/** The account set to use; empty where the app is authorised for one only. */
	readonly accountId: string;
	readonly madeFor: string;
}

/** Token and tenant are fetched for the app. */
export interface AppAccount extends App {
	readonly mode: 'appAuthorisation';
	/** The cloud account user to act as; empty for the administrator of the account set (sheet kingdee §2.1c). */
	readonly uid: string;
}

/** A person logs in for the app in a browser and brings back a code (sheet kingdee §2.1a). */
export interface CodeAccount extends App {
	readonly mode: 'authorisationCode';
	readonly redirectAddress: string;
	/** Works once; empty until the person has logged in. */
	readonly code: string;
}

export type Account = TokenAccount | AppAccount | CodeAccount;

export interface KingdeeSession extends Session {
	readonly accessToken: string;
	/** For 星辰 v2 calls; empty where Kingdee gave none. */
	readonly appToken: string;
	// What may be seen is in objects: the exchange masks every text at the top of a session.
	readonly tenant: Tenant;
	/** Why Kingdee refused an app-token, where it did. */
	readonly appTokenRefused?: { readonly message: string };
}

const AES_BYTES = 16;
/** Sheet kingdee §2.1c. */
const LONGEST_UID = 10;

function readerOf(credentials: ICredentialDataDecryptedObject) {
	const optional = (field: string, label: string): string => {
		const value = credentials[field];
		if (typeof value === 'number' && !Number.isSafeInteger(value)) {
			throw new SignInProblem(`${label} is a number that has lost digits. Enter it as text.`);
		}
		return String(value ?? '').trim();
	};
	const needed = (field: string, label: string): string => {
		const text = optional(field, label);
		if (text === '') {
			throw new SignInProblem(`${label} is empty. Enter it in the Kingdee credential.`);
		}
		return text;
	};
	const cipherText = (field: string, label: string): string => {
		const text = needed(field, label);
		if (Buffer.byteLength(text) !== AES_BYTES) {
			throw new SignInProblem(`${label} must have ${AES_BYTES} characters.`);
		}
		return text;
	};
	return { optional, needed, cipherText };
}

/** The code itself, or the one in the address to which the log-in led. */
function codeIn(text: string): string {
	return URL.canParse(text) ? (new URL(text).searchParams.get('code') ?? text) : text;
}

/**
 * What a person entered, checked.
 *
 * @throws SignInProblem or AddressProblem naming the field
 */
export function accountOf(credentials: ICredentialDataDecryptedObject): Account {
	const { optional, needed, cipherText } = readerOf(credentials);
	const gateway: Gateway = {
		apiAddress: checkedAddress(credentials.apiAddress, 'API Address'),
		aesKey: cipherText('aesKey', 'AES Key'),
		aesIv: cipherText('aesIv', 'AES IV'),
	};
	const { mode } = credentials;
	if (mode !== 'appAuthorisation' && mode !== 'authorisationCode') {
		return {
			...gateway,
			mode: 'accessToken',
			accessToken: needed('accessToken', 'Access Token'),
			tenant: {
				userId: needed('userId', 'User ID'),
				groupName: needed('groupName', 'Group Name'),
				accountId: needed('accountId', 'Account ID'),
				domain: withoutTrailingSlash(needed('idcDomain', 'IDC Domain')),
			},
		};
	}
	const app = {
		clientId: needed('clientId', 'Client ID'),
		clientSecret: needed('clientSecret', 'Client Secret'),
		outerInstanceId: needed('outerInstanceId', 'Outer Instance ID'),
		accountId: optional('accountId', 'Account ID'),
	};
	const madeFor = fingerprint(gateway.apiAddress, ...Object.values(app));
	if (mode === 'appAuthorisation') {
		const uid = optional('uid', 'Acting User UID');
		if (uid.length > LONGEST_UID) {
			throw new SignInProblem(
				`Acting User UID has ${uid.length} characters, Kingdee takes ${LONGEST_UID}. Enter the uid of a cloud account user.`,
			);
		}
		return { ...gateway, ...app, mode, uid, madeFor: fingerprint(madeFor, uid) };
	}
	const code = codeIn(optional('authorisationCode', 'Authorisation Code'));
	return {
		...gateway,
		...app,
		mode,
		redirectAddress: needed('redirectAddress', 'Redirect Address'),
		code,
		madeFor: fingerprint(madeFor, code),
	};
}
