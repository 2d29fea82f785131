import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { isJsonObject } from '../../lib/json';
import { openOnce, usableSession, type Session } from '../../lib/session';
import { SignInProblem } from '../../lib/signIn';
import { textOrNull } from '../../lib/workOrder';
import { fingerprint } from '../signing/fingerprint';
import type { CodeAccount } from './account';
import { ask } from './ask';
import { aim } from './sign';

/** What a code was exchanged for. It is kept for good, because a code works once. */
export interface Grant extends Session {
	readonly accessToken: string;
}

const path = '/auth/oauth2/access_token';

/** Where a person logs in; the vendor's sample with the own client and redirect (sheet kingdee §2.1a). */
function logInAddress({ clientId, redirectAddress }: CodeAccount): string {
	const own = `client_id=${encodeURIComponent(clientId)}&response_type=code&redirect_uri=${encodeURIComponent(redirectAddress)}`;
	return `https://passport.kingdee.com/passport/#/auth/oauth2/third_login?pck=ok&${own}`;
}

/** How a person gets a code that still works. */
export function howToLogIn(account: CodeAccount): string {
	return `Open ${logInAddress(account)} in a browser, log in, and enter what stands behind code= in the address that you are led to.`;
}

async function exchange(
	helpers: IHttpRequestHelper['helpers'],
	account: CodeAccount,
	madeFor: string,
): Promise<Grant> {
	const { clientId, clientSecret, code, redirectAddress } = account;
	const request: IHttpRequestOptions = {
		method: 'GET',
		url: path,
		qs: {
			client_id: clientId,
			client_secret: clientSecret,
			grant_type: 'authorization_code',
			code,
			redirect_uri: redirectAddress,
		},
	};
	aim(request, account.apiAddress);
	const { body } = await ask(helpers, request, {
		failure: 'Kingdee gave no access token for the authorisation code',
		usualCheck: `A code works once and for a short time; what it gave is kept in this credential only. ${howToLogIn(account)}`,
		secrets: [clientSecret, code],
	});
	// Where the answer holds the token is not published (sheet kingdee §2.1a).
	const accessToken =
		textOrNull(body.access_token) ??
		(isJsonObject(body.data) ? textOrNull(body.data.access_token) : null);
	if (accessToken === null) {
		throw new SignInProblem(
			`Kingdee answered the authorisation code without an access_token. ${howToLogIn(account)}`,
		);
	}
	return { madeFor, usableUntil: null, accessToken };
}

/**
 * Grants of this process. A person who saves a new credential twice without closing it overwrites the
 * hidden field with its empty default.
 */
const granted = new Map<string, string>();

/**
 * Exchanges the code of the account, once: calls at the same time share the exchange, later ones use what
 * was kept.
 *
 * @param kept the hidden field of the credential
 * @returns the text to keep there
 */
export async function grantFor(
	helpers: IHttpRequestHelper['helpers'],
	account: CodeAccount,
	kept: unknown,
): Promise<string> {
	const madeFor = fingerprint(account.apiAddress, account.clientId, account.code);
	for (const text of [kept, granted.get(madeFor)]) {
		const grant = usableSession<Grant>(text, madeFor, Date.now());
		if (grant !== undefined) return JSON.stringify(grant);
	}
	return await openOnce(`grant ${madeFor}`, async () => {
		const grant = await exchange(helpers, account, madeFor);
		granted.set(madeFor, JSON.stringify(grant));
		return grant;
	});
}
