import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { withoutTrailingSlash } from '../../lib/apiAddress';
import { isJsonObject, objectsIn, type JsonObject } from '../../lib/json';
import { SignInProblem } from '../../lib/signIn';
import { firstText, textOrNull } from '../../lib/workOrder';
import { appSignature } from '../signing/kingdee';
import {
	type Account,
	type AppAccount,
	type CodeAccount,
	type Tenant,
	type TokenAccount,
} from './account';
import { ask } from './ask';
import type { Step } from './refusal';
import { aim, currentUserPath, signAsApp, signAsUser } from './sign';

type Helpers = IHttpRequestHelper['helpers'];

const paths = {
	rows: '/jdyconnector/app_management/push_app_authorize',
	logIn: '/jdyconnector/app_management/kingdee_auth_token',
} as const;

/** One account set for which the app is authorised (sheet kingdee §2.3a). */
export interface Authorisation {
	readonly accountId: string;
	readonly accountName: string;
	readonly groupName: string;
	readonly domain: string;
	readonly appKey: string;
	/** Rotates every 24 hours, so it is fetched for every log-in. */
	readonly appSecret: string;
}

function authorisationIn(row: JsonObject): Authorisation {
	const text = (name: string) => textOrNull(row[name]) ?? '';
	return {
		accountId: text('accountId'),
		accountName: text('accountName'),
		groupName: text('groupName'),
		domain: withoutTrailingSlash(text('domain')),
		appKey: text('appKey'),
		appSecret: text('appSecret'),
	};
}

function listed(rows: readonly Authorisation[]): string {
	return rows.map(({ accountId, accountName }) => `${accountName} (${accountId})`).join(', ');
}

/** The valid row of the account set to use. */
function chosen(rows: readonly JsonObject[], account: AppAccount | CodeAccount): Authorisation {
	const { outerInstanceId, accountId } = account;
	const ofInstance = rows.filter(
		(row) => (textOrNull(row.outerInstanceId) ?? outerInstanceId) === outerInstanceId,
	);
	if (ofInstance.length === 0) {
		throw new SignInProblem(
			`Kingdee knows no authorisation for Outer Instance ID ${outerInstanceId}. Check the id and whether an administrator of the account set has authorised the app.`,
		);
	}
	const valid = ofInstance.filter((row) => String(row.status) === '1').map(authorisationIn);
	if (valid.length === 0) {
		throw new SignInProblem(
			`The app is no longer authorised for ${listed(ofInstance.map(authorisationIn))}. Have an administrator of the account set authorise it again.`,
		);
	}
	const matching = accountId === '' ? valid : valid.filter((row) => row.accountId === accountId);
	const [row, ...others] = matching;
	if (row === undefined) {
		throw new SignInProblem(
			`The app is not authorised for Account ID ${accountId}, only for ${listed(valid)}. Enter one of these ids.`,
		);
	}
	if (others.length > 0) {
		throw new SignInProblem(
			`The app is authorised for several account sets: ${listed(matching)}. Enter the id of one in Account ID.`,
		);
	}
	return row;
}

/**
 * Asks for which account set the app is authorised.
 *
 * @throws SignInProblem where it is for none, or for several and none is chosen
 */
export async function fetchAuthorisation(
	helpers: Helpers,
	account: AppAccount | CodeAccount,
): Promise<Authorisation> {
	const request: IHttpRequestOptions = {
		method: 'POST',
		url: paths.rows,
		qs: { outerInstanceId: account.outerInstanceId },
		body: '{}',
	};
	signAsApp(request, aim(request, account.apiAddress), account);
	const { body } = await ask(helpers, request, {
		failure: 'Kingdee gave no authorisation for the app',
		secrets: [account.clientSecret],
	});
	return chosen(objectsIn(body.data), account);
}

export interface Tokens {
	/** Empty where Kingdee gave none. */
	readonly accessToken: string;
	/** Empty where Kingdee gave none. */
	readonly appToken: string;
	/** Epoch ms, as Kingdee gives it; undefined where it is no such time. */
	readonly expires: number | undefined;
}

const FIVE_YEARS_MS = 5 * 365 * 24 * 3_600_000;

/** Published samples are in ms; anything that is no near future in ms is not relied on. */
function plausibleTime(text: string | null): number | undefined {
	const time = Number(text);
	return time > Date.now() && time < Date.now() + FIVE_YEARS_MS ? time : undefined;
}

/** The access token and app-token of the chosen user, else of the administrator (sheet kingdee §2.1c, §2.4). */
export async function fetchTokens(
	helpers: Helpers,
	account: AppAccount | CodeAccount,
	{ appKey, appSecret }: Authorisation,
): Promise<Tokens> {
	const signature = appSignature(appKey, appSecret);
	const uid = account.mode === 'appAuthorisation' ? account.uid : '';
	const request: IHttpRequestOptions = {
		method: 'GET',
		url: paths.logIn,
		qs: { app_key: appKey, app_signature: signature, ...(uid === '' ? {} : { uid }) },
	};
	signAsApp(request, aim(request, account.apiAddress), account);
	const { body } = await ask(helpers, request, {
		failure: 'Kingdee gave no token',
		checks: {
			1030002006: 'The secret of the app was probably changed at this moment. Try again.',
		},
		usualCheck: uid === '' ? undefined : 'Check Acting User UID in the Kingdee credential.',
		passing: ['1030002006'],
		secrets: [account.clientSecret, appSecret, signature],
	});
	const data = isJsonObject(body.data) ? body.data : {};
	return {
		accessToken: textOrNull(data.access_token) ?? '',
		// The vendor's page writes a hyphen, a generated client an underscore (sheet kingdee §2.4).
		appToken: firstText(data, ['app-token', 'app_token']) ?? '',
		expires: plausibleTime(firstText(data, ['expires'])),
	};
}

/**
 * Asks whose the access token is. Only `id` of the answer is documented, not its place.
 *
 * @returns the user's id, null where the answer has none
 */
export async function fetchUserId(
	helpers: Helpers,
	account: Account,
	accessToken: string,
	tenant: Tenant,
	about: Pick<Step, 'checks' | 'passing'>,
): Promise<string | null> {
	const request: IHttpRequestOptions = { method: 'POST', url: currentUserPath, body: '{}' };
	signAsUser(request, aim(request, account.apiAddress), accessToken, tenant, account);
	const { body } = await ask(helpers, request, {
		failure: 'Kingdee did not accept the access token',
		...about,
		secrets: [accessToken],
	});
	return textOrNull(body.id) ?? (isJsonObject(body.data) ? textOrNull(body.data.id) : null);
}

/**
 * Tries out what was entered by hand.
 *
 * @throws SignInProblem where Kingdee refuses it or the token is another user's
 */
export async function checkToken(helpers: Helpers, account: TokenAccount): Promise<void> {
	const { accessToken, tenant } = account;
	const userId = await fetchUserId(helpers, account, accessToken, tenant, {});
	if (userId !== null && userId !== tenant.userId) {
		throw new SignInProblem(
			`Access Token belongs to user ${userId}, but User ID says ${tenant.userId}. Enter ${userId}, or the token of user ${tenant.userId}.`,
		);
	}
}
