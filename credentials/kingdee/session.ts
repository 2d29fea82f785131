import type { IHttpRequestHelper } from 'n8n-workflow';

import { openOnce } from '../../lib/session';
import { SignInProblem } from '../../lib/signIn';
import type { AppAccount, CodeAccount, KingdeeSession, Tenant } from './account';
import {
	fetchAuthorisation,
	fetchTokens,
	fetchUserId,
	type Authorisation,
	type Tokens,
} from './calls';
import { grantFor, howToLogIn, type Grant } from './grant';

type Helpers = IHttpRequestHelper['helpers'];

/** Calls for a token that Kingdee allows (sheet kingdee §5). */
export const LOG_INS_PER_MINUTE = 2;
/** Life of the app-token in the session (sheet kingdee §2.4). */
const APP_TOKEN_LIFE_MS = 24 * 3_600_000;
const RENEWAL_MARGIN_MS = 5 * 60_000;

/** About a token that Kingdee gave a moment ago. */
const ownToken = {
	checks: {
		4010: 'Kingdee does not accept the token it gave for this app. Use the mode Access Token.',
		4011: 'Kingdee gave a token that has expired already. Try again.',
		11010001: 'Kingdee named a group that is no longer in use. Try again.',
	},
	passing: ['4011', '11010001'],
};

function ownLogIn(account: CodeAccount): typeof ownToken {
	const over = `The log-in has ended, and Kingdee publishes no way to renew it. ${howToLogIn(account)}`;
	return { checks: { ...ownToken.checks, 4010: over, 4011: over }, passing: ['11010001'] };
}

function usableUntil(expires: number | undefined): number {
	const now = Date.now();
	const life = Math.min((expires ?? Infinity) - now, APP_TOKEN_LIFE_MS);
	return now + Math.max(life - RENEWAL_MARGIN_MS, life / 2);
}

/** Where and as whom the token acts. */
async function tenantFor(
	helpers: Helpers,
	account: AppAccount | CodeAccount,
	{ groupName, accountId, domain }: Authorisation,
	accessToken: string,
): Promise<Tenant> {
	const unnamed = { userId: '', groupName, accountId, domain };
	const about = account.mode === 'authorisationCode' ? ownLogIn(account) : ownToken;
	const userId = await fetchUserId(helpers, account, accessToken, unnamed, about);
	if (userId === null) {
		throw new SignInProblem(
			'Kingdee does not say whose the access token is. Use the mode Access Token and enter User ID.',
		);
	}
	return { ...unnamed, userId };
}

/**
 * Logs in for an app: authorisation, tokens, user.
 *
 * @throws SignInProblem saying what to check
 */
export async function openSession(helpers: Helpers, account: AppAccount): Promise<KingdeeSession> {
	const authorisation = await fetchAuthorisation(helpers, account);
	const { accessToken, appToken, expires } = await fetchTokens(helpers, account, authorisation);
	if (accessToken === '') {
		throw new SignInProblem(
			'Kingdee gave no access_token for the app. Use another mode, or ask Kingdee to allow access tokens for this app.',
		);
	}
	return {
		madeFor: account.madeFor,
		usableUntil: usableUntil(expires),
		accessToken,
		appToken,
		tenant: await tenantFor(helpers, account, authorisation, accessToken),
	};
}

type AppToken = Pick<KingdeeSession, 'appToken' | 'appTokenRefused'> & Pick<Tokens, 'expires'>;

/** Work orders need no app-token: where there is none, the calls that do say why. */
async function appTokenFor(
	helpers: Helpers,
	account: CodeAccount,
	authorisation: Authorisation,
): Promise<AppToken> {
	const given = await fetchTokens(helpers, account, authorisation).catch((error: unknown) => {
		if (!(error instanceof SignInProblem)) throw error;
		return error;
	});
	return given instanceof SignInProblem
		? { appToken: '', appTokenRefused: { message: given.message }, expires: undefined }
		: { appToken: given.appToken, expires: given.expires };
}

/**
 * Opens a session for the person who brought the code. The code comes last of what can fail for other
 * reasons: it works once.
 *
 * @param kept what an earlier exchange left in the credential
 * @returns the session, and what the exchange gave, to be kept for good
 * @throws SignInProblem saying what to check, with the address of the log-in where a code is needed
 */
export async function openCodeSession(
	helpers: Helpers,
	account: CodeAccount,
	kept: unknown,
): Promise<{ session: string; grant: string }> {
	if (account.code === '') {
		throw new SignInProblem(`Authorisation Code is empty. ${howToLogIn(account)}`);
	}
	const open = async (): Promise<KingdeeSession> => {
		const authorisation = await fetchAuthorisation(helpers, account);
		const { appToken, appTokenRefused, expires } = await appTokenFor(
			helpers,
			account,
			authorisation,
		);
		const { accessToken } = JSON.parse(await grantFor(helpers, account, kept)) as Grant;
		return {
			madeFor: account.madeFor,
			usableUntil: usableUntil(expires),
			accessToken,
			appToken,
			appTokenRefused,
			tenant: await tenantFor(helpers, account, authorisation, accessToken),
		};
	};
	const session = await openOnce(account.madeFor, open, LOG_INS_PER_MINUTE);
	return { session, grant: await grantFor(helpers, account, kept) };
}
