import type { IHttpRequestHelper } from 'n8n-workflow';

import { SignInProblem } from '../../lib/signIn';
import type { AppAccount, KingdeeSession } from './account';
import { fetchAuthorisation, fetchTokens, fetchUserId } from './calls';

/** Life of the app-token in the session (sheet kingdee §2.4). */
const APP_TOKEN_LIFE_MS = 24 * 3_600_000;
const RENEWAL_MARGIN_MS = 5 * 60_000;

/** 4010 about a token that Kingdee gave a moment ago. */
const ownTokenChecks = {
	4010: 'Kingdee does not accept the token it gave for this app. Use the mode Access Token.',
	4011: 'Kingdee gave a token that has expired already. Try again.',
	11010001: 'Kingdee named a group that is no longer in use. Try again.',
};

/**
 * Logs in for an app: authorisation, tokens, user.
 *
 * @throws SignInProblem saying what to check
 */
export async function openSession(
	helpers: IHttpRequestHelper['helpers'],
	account: AppAccount,
): Promise<KingdeeSession> {
	const authorisation = await fetchAuthorisation(helpers, account);
	const { accessToken, appToken, expires } = await fetchTokens(helpers, account, authorisation);
	const { groupName, accountId, domain } = authorisation;
	const unnamed = { userId: '', groupName, accountId, domain };
	const userId = await fetchUserId(helpers, account, accessToken, unnamed, ownTokenChecks);
	if (userId === null) {
		throw new SignInProblem(
			'Kingdee does not say whose the access token is. Use the mode Access Token and enter User ID.',
		);
	}
	const now = Date.now();
	const life = Math.min((expires ?? Infinity) - now, APP_TOKEN_LIFE_MS);
	return {
		madeFor: account.madeFor,
		usableUntil: now + Math.max(life - RENEWAL_MARGIN_MS, life / 2),
		accessToken,
		appToken,
		tenant: { ...unnamed, userId },
	};
}
